"""The verb on product notices: a file of them, bad ones reported, the others entered."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import date, datetime
from itertools import islice

from django.db import transaction

from quai.access.types import Actor
from quai.catalogue import queries
from quai.catalogue.actions import rows
from quai.catalogue.sheets import Available, CannotEnter, Described, Sheet, Step, new_steps, told
from quai.catalogue.types import (
    NoticeOutcome,
    Notification,
    ProductNotice,
    Standing,
    TaxedPart,
    TitleView,
)
from quai.core import house, journal, sql, store
from quai.parties import queries as parties
from quai.parties.actions import register_publishers
from quai.parties.names import folded
from quai.parties.types import NamedPublisher, is_gln

KEPT_AT_ONCE = 2_000  # notices whose bytes go to the store in one statement: some ten megabytes
AGAIN = "~"  # ends the key of a notice that entered only when it was read again
Key = tuple[str, str]  # GTIN, GLN of the distributor
_NOTICE = (
    "product_id", "gtin", "record_reference", "notification", "content_id", "source_key", "act_id",
)  # fmt: skip


@dataclass(slots=True)
class _Case:
    """A notice on its way: whose it is, what was kept of it, what became of it."""

    notice: ProductNotice
    key: Key
    source_key: str
    content_id: int
    publisher: NamedPublisher
    standing: Standing | None = None  # None: to be read
    reason: str = ""
    known: bool = False  # nothing of it is to be written


@dataclass(slots=True)
class _Shelf:
    """The sheets of the titles named by these notices: as they were, and as they become."""

    ids: dict[Key, int]
    before: dict[Key, Sheet]
    after: dict[Key, Sheet] = field(default_factory=dict)

    def sheet(self, key: Key) -> Sheet | None:
        return self.after.get(key) or self.before.get(key)


@transaction.atomic
def take_notices(
    *, notices: Sequence[ProductNotice], source_key: str, at: datetime, by: Actor
) -> list[NoticeOutcome]:
    """Enter product notices; what became of each, in the order given. One that is bad does not stop the others.

    Every notice is kept raw. A dated row is added only for what differs from what is in force. Of one title's
    several notices, each builds on the one before. The same notice again, in this file or another, adds nothing;
    one that was refused is tried again, for its cause may be mended.

    :param source_key: names the file (70 characters at most); a notice's own key adds its position.
    """
    if not notices:
        return []
    today = house.day(at)
    sql.rows("catalogue/one_at_a_time.sql")
    cases = _cases(notices, source_key)
    shelf = _shelf(cases, today)
    _set_aside(cases, shelf)
    publishers = register_publishers(
        named=(case.publisher for case in _to_read(cases) if any(case.publisher)), at=at, by=by, on=today
    )
    for case in _to_read(cases):
        _read(case, shelf, publishers.get(case.publisher), today)
    if not all(case.known for case in cases):
        act = journal.record("catalogue.take_notices", at=at, by=by, reason=source_key)
        _write(cases, shelf, today=today, act=act)
    return [
        NoticeOutcome(
            case.notice.position,
            case.notice.line,
            case.notice.record_reference or case.notice.gtin,
            case.notice.gtin,
            case.standing or Standing.UNCHANGED,
            shelf.ids.get(case.key),
            case.reason,
        )
        for case in cases
    ]


def _cases(notices: Sequence[ProductNotice], source_key: str) -> list[_Case]:
    """Keep the bytes of every notice, understood or not, and name its product and publisher."""
    contents = iter([notice.raw or repr(replace(notice, position=0, line=0)).encode() for notice in notices])
    kept: list[int] = []
    while chunk := list(islice(contents, KEPT_AT_ONCE)):
        kept += store.keep(chunk)
    ours = _our_gln() if any(not notice.distributor_gln for notice in notices) else ""
    return [
        _Case(
            notice,
            (notice.gtin, notice.distributor_gln or ours),
            f"{source_key}:{notice.position or rank}",
            content_id,
            NamedPublisher(
                notice.publisher_gln or notice.imprint_gln, notice.publisher_name or notice.imprint_name
            ),
        )
        for rank, (notice, content_id) in enumerate(zip(notices, kept, strict=True), start=1)
    ]


def _our_gln() -> str:
    try:
        return next(iter(parties.house().glns), "")
    except parties.NoHouse:
        return ""


def _shelf(cases: Sequence[_Case], today: date) -> _Shelf:
    keys = list({case.key for case in cases})
    asked = {"gtins": [gtin for gtin, _ in keys], "distributors": [gln for _, gln in keys]}
    ids = {(row.gtin, row.distributor_gln): row.id for row in sql.rows("catalogue/products.sql", asked)}
    titles = queries.titles(ids.values(), on=today)
    prices: dict[int, list[Step]] = {}
    for row in sql.rows("catalogue/prices_from.sql", {"products": list(ids.values()), "on": today}):
        parts = tuple(map(TaxedPart, row.rates or (), row.amounts or ()))
        prices.setdefault(row.product_id, []).append(Step(row.from_on, row.retail_price, parts))
    rights = queries.sales_rights(ids.values(), on=today)
    before = {
        key: Sheet(_described(titles[i]), _available(titles[i]), tuple(prices.get(i, ())), rights[i])
        for key, i in ids.items()
    }
    return _Shelf(ids, before)


def _described(title: TitleView) -> Described | None:
    if title.publisher_id is None:
        return None
    return Described(*(getattr(title, name) for name in Described._fields))


def _available(title: TitleView) -> Available:
    return Available(title.availability, title.on_sale_on, title.expected_on, title.new_distributor_gln)


def _set_aside(cases: Sequence[_Case], shelf: _Shelf) -> None:
    """Answer the notices that need no reading: received before, the same as the last one, or not to be placed."""
    entered, received = _received(cases)
    last_of = {
        row.product_id: row.content_id
        for row in sql.rows("catalogue/last_notices.sql", {"products": list(shelf.ids.values())})
    }
    last = {key: last_of.get(product_id) for key, product_id in shelf.ids.items()}
    for case in cases:
        gtin, distributor = case.key
        again = case.source_key in received
        if again and received[case.source_key] != case.content_id:
            _answer(case, Standing.REFUSED, "Une autre notice a déjà été reçue sous cette clé.", known=True)
            continue
        received[case.source_key] = case.content_id
        if case.source_key in entered:  # what came since stays on top of it
            _answer(case, Standing.UNCHANGED, known=True)
            continue
        case.source_key += AGAIN * again
        if not (len(gtin) == 13 and gtin.isascii() and gtin.isdigit()):
            _answer(case, Standing.REFUSED, f"Le code « {gtin[:20]} » n'a pas 13 chiffres.")
        elif not is_gln(distributor):
            _answer(case, Standing.REFUSED, "Le distributeur n'est pas dit.")
        elif last.get(case.key) == case.content_id:
            _answer(case, Standing.UNCHANGED, known=True)
        last[case.key] = case.content_id


def _received(cases: Sequence[_Case]) -> tuple[set[str], dict[str, int]]:
    """The keys under which a notice entered before, and the content of all those received before."""
    keys = [case.source_key for case in cases]
    rows = sql.rows("catalogue/notices_known.sql", {"keys": [*keys, *(key + AGAIN for key in keys)]})
    entered = {row.source_key.removesuffix(AGAIN) for row in rows if row.product_id is not None}
    return entered, {row.source_key.removesuffix(AGAIN): row.content_id for row in rows}


def _answer(case: _Case, standing: Standing, reason: str = "", *, known: bool = False) -> None:
    case.standing, case.reason = standing, reason
    case.known = known or (standing is Standing.REFUSED and case.source_key.endswith(AGAIN))


def _to_read(cases: Iterable[_Case]) -> list[_Case]:
    return [case for case in cases if case.standing is None]


def _read(case: _Case, shelf: _Shelf, publisher_id: int | None, today: date) -> None:
    """Read one notice on top of what is known of its title."""
    before = shelf.sheet(case.key)
    if before is None and case.notice.notification in (Notification.BLOCK_UPDATE, Notification.DELETE):
        _answer(case, Standing.REFUSED, "Le titre n'est pas connu : il n'y a rien à mettre à jour.")
        return
    try:
        after = told(case.notice, before or Sheet(), publisher_id=publisher_id, today=today)
    except CannotEnter as reason:
        _answer(case, Standing.REFUSED, str(reason))
        return
    standing = Standing.UNCHANGED if after == before else Standing.ENTERED
    _answer(case, standing, " ".join((*case.notice.warnings, *after.warnings)))
    shelf.after[case.key] = after


def _write(cases: Sequence[_Case], shelf: _Shelf, *, today: date, act: int) -> None:
    """Write products, what differs of their sheets, and the notices themselves."""
    new = [key for key in shelf.after if key not in shelf.ids]
    asked = {"gtins": [gtin for gtin, _ in new], "distributors": [gln for _, gln in new], "act": act}
    made = sql.rows("catalogue/make_products.sql", asked) if new else []
    shelf.ids.update({(row.gtin, row.distributor_gln): row.id for row in made})
    changed = [(shelf.ids[key], shelf.before.get(key, Sheet()), after) for key, after in shelf.after.items()]
    described = [(i, after.described) for i, before, after in changed if after.described != before.described]
    names = parties.names((one.publisher_id for _, one in described if one), on=today)
    rows.describe(((i, one, _search(one, names)) for i, one in described if one), from_on=today, act=act)
    rows.make_available(
        ((i, today, after.available) for i, before, after in changed if after.available != before.available),
        act=act,
    )
    rows.say_rights(
        ((i, today, after.rights) for i, before, after in changed if after.rights != before.rights), act=act
    )
    rows.price(
        [(i, step) for i, before, after in changed for step in new_steps(before.prices, after.prices)],
        act=act,
    )
    sql.copy_in("catalogue_notice", _NOTICE, (_record(case, shelf, act) for case in cases if not case.known))


def _search(described: Described, names: Mapping[int, str]) -> str:
    """The text a title is searched by: lower case, no accents."""
    said = (
        described.title,
        described.subtitle,
        described.contributors,
        names.get(described.publisher_id, ""),
    )
    return folded(" ".join(filter(None, said)))


def _record(case: _Case, shelf: _Shelf, act: int) -> tuple[object, ...]:
    product_id = None if case.standing is Standing.REFUSED else shelf.ids[case.key]
    notice = case.notice
    return (
        product_id, notice.gtin[:13], notice.record_reference[:100], str(notice.notification), case.content_id,
        case.source_key, act,
    )  # fmt: skip
