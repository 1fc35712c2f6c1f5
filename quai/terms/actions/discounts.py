"""Verbs on discounts."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from datetime import date, datetime
from decimal import Decimal
from typing import NamedTuple

from django.db import transaction

from quai.access.types import Actor
from quai.core import journal, sql
from quai.core.refusals import Refusal
from quai.terms.types import DiscountMethod, NewDiscount

HUNDRED = Decimal(100)
_COLUMNS = (
    "id", "customer_id", "network", "publisher_id", "imprint", "collection", "product_id", "sale_mode",
    "order_kind", "operation_code", "from_on", "ended", "base", "extra", "method", "free_per", "price_day",
    "act_id",
)  # fmt: skip


class DiscountTies(Refusal):
    """Two discounts would decide the same lines from %(from_on)s: %(one)s and %(other)s."""

    code = "terms.discount_ties"


class ImpossibleDiscount(Refusal):
    """This discount cannot be entered: %(what)s"""

    code = "terms.impossible_discount"


class _Place(NamedTuple):
    """Where rows meet: of two rows in one place, the mode and the kind they name must tell them apart."""

    customer_axis: str
    product_axis: str
    operation_code: str
    from_on: date


class _Gift(NamedTuple):
    base: Decimal
    extra: Decimal
    method: str
    free_per: int
    price_day: str


_CROSSED = {(True, False, False, True), (False, True, True, False)}
_Row = tuple[int, _Gift]  # id, what it gives
_Narrowed = tuple[str, str]  # sale mode, order kind


@transaction.atomic
def enter_discounts(*, rows: Sequence[NewDiscount], at: datetime, by: Actor) -> list[int]:
    """Enter discounts; the id of each, in the order given.

    What is already entered word for word is found again, and not written twice.

    :raises ImpossibleDiscount: over 100 %, finer than a hundredth of one, or axes that contradict each other.
    :raises DiscountTies: two rows would decide the same lines from the same day; end the first one before.
    """
    for row in rows:
        _expect_possible(row)
    sql.rows("terms/one_at_a_time.sql")
    known = _known([_place(row) for row in rows])
    ids: list[int] = []
    new: list[tuple[int, NewDiscount]] = []
    for row, identity in zip(rows, sql.new_ids("terms_discount", len(rows)), strict=True):
        ids.append(_seat(row, identity, known))
        if ids[-1] == identity:
            new.append((identity, row))
    if new:
        act = journal.record("terms.enter_discounts", at=at, by=by)
        sql.copy_in("terms_discount", _COLUMNS, (_record(identity, row, act) for identity, row in new))
    return ids


@transaction.atomic
def objections(*, rows: Sequence[NewDiscount]) -> dict[int, Refusal]:
    """Say which of these rows (by their place, from 0) `enter_discounts` would refuse, the others being entered.

    The answer holds until the transaction ends: nobody else enters discounts before.
    """
    sql.rows("terms/one_at_a_time.sql")
    known = _known([_place(row) for row in rows])
    refused: dict[int, Refusal] = {}
    for place, row in enumerate(rows):
        try:
            _expect_possible(row)
            _seat(row, -1 - place, known)
        except (ImpossibleDiscount, DiscountTies) as why:
            refused[place] = why
    return refused


@transaction.atomic
def end_discounts_like(
    *, rows: Sequence[NewDiscount], at: datetime, by: Actor, reason: str = ""
) -> list[bool]:
    """End the discounts that these rows name by all but what they give, each from its day; whether there was one.

    What begins later under the same name is ended too. Ending twice is harmless.
    """
    sql.rows("terms/one_at_a_time.sql")
    places = [_place(row) for row in rows]
    asked = {
        "customer_axes": [place.customer_axis for place in places],
        "product_axes": [place.product_axis for place in places],
        "operations": [place.operation_code for place in places],
        "days": [place.from_on for place in places],
        "modes": [str(row.sale_mode) for row in rows],
        "kinds": [str(row.order_kind) for row in rows],
    }
    found = sql.rows("terms/discounts_like.sql", asked)
    for from_on in sorted({place.from_on for place in places}):
        named = [row.id for row in found if places[row.rank - 1].from_on == from_on]
        end_discounts(discounts=named, from_on=from_on, at=at, by=by, reason=reason)
    there = {row.rank for row in found}
    return [rank in there for rank in range(1, len(rows) + 1)]


@transaction.atomic
def end_discounts(
    *, discounts: Iterable[int], from_on: date, at: datetime, by: Actor, reason: str = ""
) -> int:
    """Say that these discounts no longer hold from a day; how many still did. Ending twice is harmless.

    What they decided for earlier days stays decided.
    """
    sql.rows("terms/one_at_a_time.sql")
    asked = {"discounts": list(set(discounts)), "from_on": from_on}
    standing = [row.id for row in sql.rows("terms/discounts_to_end.sql", asked)]
    if standing:
        act = journal.record("terms.end_discounts", at=at, by=by, reason=reason)
        sql.run("terms/end_discounts.sql", {"discounts": standing, "from_on": from_on, "act": act})
    return len(standing)


def _expect_possible(row: NewDiscount) -> None:
    percents = (row.base, row.extra)
    over = row.base + row.extra > HUNDRED if row.method is DiscountMethod.POINTS else max(percents) > HUNDRED
    if over or min(percents) < 0 or any(percent != round(percent, 2) for percent in percents):
        raise ImpossibleDiscount(what=f"{row.base} + {row.extra} %")
    if row.customer_id is not None and row.network:
        raise ImpossibleDiscount(what=f"customer {row.customer_id}, network {row.network}")
    narrower = [row.imprint, row.collection, row.product_id]
    if sum(map(bool, narrower)) > 1 or (row.product_id and row.publisher_id):
        raise ImpossibleDiscount(what=f"{row.publisher_id} {row.imprint} {row.collection} {row.product_id}")
    if (row.imprint or row.collection) and row.publisher_id is None:
        raise ImpossibleDiscount(what=f"{row.imprint}{row.collection} ?")


def _seat(row: NewDiscount, identity: int, known: dict[_Place, dict[_Narrowed, _Row]]) -> int:
    """Put a row in its place under this id, or name the one that is there word for word."""
    here = known.setdefault(_place(row), {})
    gift = _Gift(row.base, row.extra, str(row.method), row.free_per, str(row.price_day))
    same = here.get((row.sale_mode, row.order_kind))
    if same and same[1] == gift:
        return same[0]
    _expect_no_tie(row, gift, here)
    here[row.sale_mode, row.order_kind] = (identity, gift)
    return identity


def _expect_no_tie(row: NewDiscount, gift: _Gift, here: dict[_Narrowed, _Row]) -> None:
    """A row ties with its like; and one that names only a mode with one that names only a kind."""
    mine = (row.sale_mode, row.order_kind)
    for theirs, (_, other) in here.items():
        named = tuple(bool(name) for name in (*mine, *theirs))
        if theirs == mine or named in _CROSSED:
            raise DiscountTies(from_on=row.from_on, one=_shown(theirs, other), other=_shown(mine, gift))


def _shown(narrowed: _Narrowed, gift: _Gift) -> str:
    return " ".join([*filter(None, narrowed), f"{gift.base:f} + {gift.extra:f} %"])


def _known(places: Sequence[_Place]) -> dict[_Place, dict[_Narrowed, _Row]]:
    """What is entered in these places and not ended there, by mode and kind."""
    found: dict[_Place, dict[_Narrowed, _Row]] = {}
    columns = [list(column) for column in zip(*places, strict=True)] or [[], [], [], []]
    names = ("customer_axes", "product_axes", "operations", "days")
    for row in sql.rows("terms/rivals.sql", dict(zip(names, columns, strict=True))):
        if row.ended:
            continue
        place = _Place(row.customer_axis, row.product_axis, row.operation_code, row.from_on)
        gift = _Gift(row.base, row.extra, row.method, row.free_per, row.price_day)
        found.setdefault(place, {})[row.sale_mode, row.order_kind] = (row.id, gift)
    return found


def _place(row: NewDiscount) -> _Place:
    """The axes as the table's generated columns write them."""
    customer = f"n{row.network}" if row.network else "*"
    if row.customer_id is not None:
        customer = f"c{row.customer_id}"
    product = "*" if row.publisher_id is None else f"u{row.publisher_id}"
    if row.imprint:
        product = f"i{row.publisher_id}:{row.imprint}"
    if row.collection:
        product = f"k{row.publisher_id}:{row.collection}"
    if row.product_id is not None:
        product = f"p{row.product_id}"
    return _Place(customer, product, row.operation_code, row.from_on)


def _record(identity: int, row: NewDiscount, act: int) -> tuple[object, ...]:
    return (
        identity, row.customer_id, row.network, row.publisher_id, row.imprint, row.collection, row.product_id,
        str(row.sale_mode), str(row.order_kind), row.operation_code, row.from_on, False, row.base, row.extra,
        str(row.method), row.free_per, str(row.price_day), act,
    )  # fmt: skip
