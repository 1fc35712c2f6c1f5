"""Verbs on prices and availability that the house or a publisher gives by hand."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from datetime import date, datetime

from django.db import transaction

from quai.access.types import Actor
from quai.catalogue import queries
from quai.catalogue.actions import rows
from quai.catalogue.rights import NOTHING_SAID, Rights, plain
from quai.catalogue.sheets import Available, CannotEnter, Step, parts_of
from quai.catalogue.types import NewAvailability, NewPrice, NewRights, TaxedPart
from quai.core import journal, sql
from quai.core.refusals import Refusal


class ImpossiblePrice(Refusal):
    """The price %(price)s of product %(product_id)s cannot be entered: it is negative, or its parts do not make it."""

    code = "catalogue.impossible_price"


class UnsaidParts(Refusal):
    """The price of product %(product_id)s bears several VAT rates: say the parts of the new one."""

    code = "catalogue.unsaid_parts"


@transaction.atomic
def announce_price(*, prices: Sequence[NewPrice], at: datetime, by: Actor, reason: str = "") -> int:
    """Say what titles cost from a day, past or to come; how many rows it took. What is already so is not written.

    A price without parts bears the rate of the one in force then, or that of books.

    :raises ImpossiblePrice: below zero, or other than the sum of its parts.
    :raises UnsaidParts: the price in force bears several rates and the new one does not say its parts.
    """
    sql.rows("catalogue/one_at_a_time.sql")
    asked = {"products": [one.product_id for one in prices], "days": [one.from_on for one in prices]}
    before = {
        row.rank: Step(row.from_on, row.retail_price, tuple(map(TaxedPart, row.rates, row.amounts)))
        for row in sql.rows("catalogue/prices_at.sql", asked)
    }
    changed: dict[tuple[int, object], tuple[int, Step]] = {}
    for rank, one in enumerate(prices, start=1):
        step = _step(one, before.get(rank))
        known = before.get(rank)
        if known is None or known[1:] != step[1:]:
            changed[one.product_id, one.from_on] = (one.product_id, step)
    if changed:
        act = journal.record("catalogue.announce_price", at=at, by=by, reason=reason)
        rows.price(list(changed.values()), act=act)
    return len(changed)


@transaction.atomic
def set_availability(*, changes: Sequence[NewAvailability], at: datetime, by: Actor, reason: str = "") -> int:
    """Say whether titles can be had from a day; how many rows it took. What is already so is not written."""
    sql.rows("catalogue/one_at_a_time.sql")
    asked = {"products": [one.product_id for one in changes], "days": [one.from_on for one in changes]}
    before = {row.rank: Available(*row[1:]) for row in sql.rows("catalogue/availabilities_at.sql", asked)}
    changed = {
        (one.product_id, one.from_on): Available(*one[2:])
        for rank, one in enumerate(changes, start=1)
        if before.get(rank) != Available(*one[2:])
    }
    if changed:
        act = journal.record("catalogue.set_availability", at=at, by=by, reason=reason)
        rows.make_available(((product, on, now) for (product, on), now in changed.items()), act=act)
    return len(changed)


@transaction.atomic
def set_sales_rights(*, changes: Sequence[NewRights], at: datetime, by: Actor, reason: str = "") -> int:
    """Say where titles may be sold from a day; how many rows it took. What is already so is not written."""
    sql.rows("catalogue/one_at_a_time.sql")
    asked = {"products": [one.product_id for one in changes], "days": [one.from_on for one in changes]}
    before = {row.rank: Rights(*row[2:]) for row in sql.rows("catalogue/rights_at.sql", asked)}
    changed = {
        (one.product_id, one.from_on): plain(one.rights)
        for rank, one in enumerate(changes, start=1)
        if before.get(rank, NOTHING_SAID) != plain(one.rights)
    }
    if changed:
        act = journal.record("catalogue.set_sales_rights", at=at, by=by, reason=reason)
        rows.say_rights(((product, on, now) for (product, on), now in changed.items()), act=act)
    return len(changed)


@transaction.atomic
def call_schoolbooks(
    *, products: Iterable[int], schoolbook: bool, from_on: date, at: datetime, by: Actor, reason: str = ""
) -> int:
    """Say that titles are schoolbooks from a day, or no longer are; how many rows it took."""
    sql.rows("catalogue/one_at_a_time.sql")
    asked = set(products)
    known = queries.schoolbooks(asked, on=from_on)
    changed = sorted(asked - known if schoolbook else known)
    if changed:
        act = journal.record("catalogue.call_schoolbooks", at=at, by=by, reason=reason)
        columns = ("product_id", "from_on", "schoolbook", "act_id")
        sql.copy_in(
            "catalogue_schoolbook", columns, ((product, from_on, schoolbook, act) for product in changed)
        )
    return len(changed)


def _step(one: NewPrice, known: Step | None) -> Step:
    try:
        parts = tuple(one.parts) or parts_of(one.retail_price, known, [])
    except CannotEnter as reason:
        raise UnsaidParts(product_id=one.product_id) from reason
    if one.retail_price < 0 or sum(part.amount for part in parts) != one.retail_price:
        raise ImpossiblePrice(price=one.retail_price, product_id=one.product_id)
    return Step(one.from_on, one.retail_price, parts)
