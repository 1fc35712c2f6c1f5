"""What a notice makes of a title: the sheet before, the notice, the sheet after. No database here.

A sheet is all that is known of a title: what it is, whether it can be had, what it costs and will cost. A notice
that cannot enter is answered by a sentence in French, for the person who reads the report.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field, replace
from datetime import date
from decimal import Decimal
from typing import NamedTuple

from quai.catalogue.rights import NOTHING_SAID as NO_RIGHTS_SAID
from quai.catalogue.rights import Rights, plain
from quai.catalogue.types import AVAILABILITIES, Block, Notification, PriceNotice, ProductNotice, TaxedPart
from quai.catalogue.types import TradeAvailability as Trade

BOOK_VAT = Decimal("5.50")  # CGI, article 278-0 bis: the rate of books, when a file does not say any
REMOVED = "43"  # ONIX list 65, no longer supplied by us: what becomes of a title whose notice is withdrawn
DEAREST = Decimal(10_000_000)
HEAVIEST = 2**31
_EVERYTHING = frozenset(Block)


class Described(NamedTuple):
    """What a title is; the columns of its description."""

    publisher_id: int
    imprint: str = ""
    collection: str = ""
    title: str = ""
    subtitle: str = ""
    contributors: str = ""
    form: str = ""
    publication_on: date | None = None
    weight_g: int | None = None
    thickness_mm: int | None = None
    pack_quantity: int | None = None
    order_minimum: int | None = None
    order_multiple: int | None = None
    returns_code: str = ""
    last_return_on: date | None = None
    successor_gtin: str = ""


class Available(NamedTuple):
    """Whether a title can be had; the columns of its availability."""

    code: str = ""
    on_sale_on: date | None = None
    expected_on: date | None = None
    new_distributor_gln: str = ""


NOTHING_SAID = Available()


class Step(NamedTuple):
    """A price from a day, with its parts."""

    from_on: date
    retail_price: Decimal
    parts: tuple[TaxedPart, ...]


@dataclass(frozen=True, slots=True)
class Sheet:
    """All that is known of a title; `prices` holds the one in force, then those to come."""

    described: Described | None = None
    available: Available = NOTHING_SAID
    prices: tuple[Step, ...] = ()
    rights: Rights = NO_RIGHTS_SAID
    warnings: tuple[str, ...] = field(default=(), compare=False)


class CannotEnter(Exception):  # noqa: N818 - an outcome of one notice, told to whoever sent it
    """Why a notice is refused, in French."""


def told(notice: ProductNotice, sheet: Sheet, *, publisher_id: int | None, today: date) -> Sheet:
    """Give the sheet as it is once this notice is read.

    A whole notice replaces all it may say, except the supply block when it holds none and the measures it leaves
    out, which the house may have taken itself. A block update replaces the blocks it holds.

    :raises CannotEnter: nothing of this notice can be used.
    """
    if notice.notification is Notification.DELETE:
        return _withdrawn(sheet)
    if notice.notification is Notification.BLOCK_UPDATE:
        sent = notice.blocks
    else:
        sent = (
            _EVERYTHING
            if not notice.blocks or Block.SUPPLY in notice.blocks
            else _EVERYTHING - {Block.SUPPLY}
        )
    described = _described(notice, sheet.described, sent, publisher_id)
    available = _available(notice, sheet.available, sent)
    warnings: list[str] = []
    prices = sheet.prices
    if Block.SUPPLY in sent:
        prices = _priced(notice.prices, sheet.prices, today, warnings)
    rights = plain(notice.sales_rights) if Block.PUBLISHING in sent else sheet.rights
    return Sheet(described, available, prices, rights, tuple(warnings))


def new_steps(before: Sequence[Step], after: Sequence[Step]) -> list[Step]:
    """List the rows that turn the prices before into the prices after."""
    known = set(before)
    return [step for step in after if step not in known]


def _withdrawn(sheet: Sheet) -> Sheet:
    known = AVAILABILITIES.get(sheet.available.code)
    if known and known.trade is Trade.NOT_OURS:
        return sheet
    warning = "La notice est retirée par son émetteur : le titre n'est plus le nôtre."
    return replace(sheet, available=sheet.available._replace(code=REMOVED), warnings=(warning,))


def _described(
    notice: ProductNotice, before: Described | None, sent: frozenset[Block], publisher_id: int | None
) -> Described:
    title, publisher = (
        notice.title[:300] or (before and before.title),
        publisher_id or (before and before.publisher_id),
    )
    if not title:
        raise CannotEnter("Aucun titre n'est donné.")
    if not publisher:
        raise CannotEnter("Aucun éditeur n'est nommé.")
    now = before or Described(publisher, title=title)
    if Block.DESCRIPTIVE in sent:
        now = now._replace(
            title=title,
            subtitle=notice.subtitle[:300],
            contributors=notice.contributors[:300],
            collection=notice.collection[:120],
            form=notice.product_form[:4],
            weight_g=_measure(notice.weight_g, "poids") or now.weight_g,
            thickness_mm=_measure(notice.thickness_mm, "épaisseur") or now.thickness_mm,
        )
    if Block.PUBLISHING in sent:
        now = now._replace(
            publisher_id=publisher, imprint=notice.imprint_name[:80], publication_on=notice.publication_on
        )
    if Block.RELATED in sent:
        now = now._replace(successor_gtin=notice.successor_gtin)
    if Block.SUPPLY in sent:
        now = now._replace(
            pack_quantity=_measure(notice.pack_quantity, "carton") or now.pack_quantity,
            order_minimum=_measure(notice.order_minimum, "minimum"),
            order_multiple=_measure(notice.order_multiple, "multiple"),
            returns_code=notice.returns_code[:2],
            last_return_on=notice.last_return_on,
        )
    return now


def _available(notice: ProductNotice, before: Available, sent: frozenset[Block]) -> Available:
    """The on-sale day may be said in two blocks: without both, silence changes nothing."""
    now = before
    if Block.SUPPLY in sent:
        now = Available(
            notice.availability or before.code,
            before.on_sale_on,
            notice.expected_on,
            notice.new_distributor_gln,
        )
    if notice.on_sale_on or {Block.SUPPLY, Block.PUBLISHING} <= sent:
        now = now._replace(on_sale_on=notice.on_sale_on)
    return now


def _measure(value: int, what: str) -> int | None:
    if not 0 <= value < HEAVIEST:
        raise CannotEnter(f"La mesure « {what} » est impossible : {value}.")
    return value or None


def _priced(
    notices: Iterable[PriceNotice], before: tuple[Step, ...], today: date, warnings: list[str]
) -> tuple[Step, ...]:
    """The prices in force and to come once these are announced: at every day, what the notice says of it."""
    said: dict[date, PriceNotice] = {}
    for price in notices:
        if price.currency in ("", "EUR") and (price.until_on is None or price.until_on > today):
            said.setdefault(price.from_on or date.min, price)
    if not said:
        return before
    have = _at(before, today)
    current = max((on for on in said if on <= today), default=None)
    if current is None and have is None:
        current = min(
            said
        )  # a first price has none before it: it holds at once, so that copies can leave early
    now = have
    if current is not None:
        now = _step(said[current], current, have, warnings)
        if have and now[1:] == have[1:]:
            now = have
        elif current == date.min or current > today or (have and current < have.from_on):
            now = now._replace(from_on=today)
    to_come = {
        on: _step(price, on, now, warnings) for on, price in said.items() if on > today and on != current
    }
    known = {step.from_on for step in before if step.from_on > today}
    after = [now] if now else []
    wanted = now
    for day in sorted(to_come.keys() | known):
        wanted = to_come.get(day, wanted)
        if wanted and (day in known or not after or after[-1][1:] != wanted[1:]):
            after.append(wanted._replace(from_on=day))
    return tuple(after)


def _at(steps: Sequence[Step], day: date) -> Step | None:
    return next((step for step in reversed(steps) if step.from_on <= day), None)


def _step(price: PriceNotice, from_on: date, known: Step | None, warnings: list[str]) -> Step:
    """A price with its parts: those said, else in the rate known, else in that of books."""
    if not 0 <= price.retail_price < DEAREST:
        raise CannotEnter(f"Le prix {price.retail_price} est impossible.")
    if price.parts:
        if sum(part.amount for part in price.parts) != price.retail_price:
            raise CannotEnter(f"Les parts par taux de TVA ne font pas le prix de {price.retail_price}.")
        if any(not 0 <= part.vat_rate < 100 for part in price.parts):
            raise CannotEnter("Un taux de TVA est impossible.")
        return Step(from_on, price.retail_price, tuple(price.parts))
    return Step(from_on, price.retail_price, parts_of(price.retail_price, known, warnings))


def parts_of(retail_price: Decimal, known: Step | None, warnings: list[str]) -> tuple[TaxedPart, ...]:
    """Split a price whose rates are not said as the price known was.

    :raises CannotEnter: the price known bears several rates, and another amount cannot be split without being told.
    """
    if known is None:
        warnings.append("Le taux de TVA n'est pas dit : 5,5 % est retenu.")
        return (TaxedPart(BOOK_VAT, retail_price),)
    if retail_price == known.retail_price:
        return known.parts
    if len(known.parts) > 1:
        raise CannotEnter(
            f"Le prix devient {retail_price} sans dire ses parts, alors qu'il porte plusieurs taux de TVA."
        )
    return (TaxedPart(known.parts[0].vat_rate, retail_price),)
