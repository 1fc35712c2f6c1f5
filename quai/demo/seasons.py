"""What booksellers order day after day, as the seed decides: skewed like the trade, bunched in the rentrée."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date, timedelta
from random import Random
from typing import NamedTuple

from quai.core.refusals import invariant
from quai.demo.world import BUSY_SHARE, HOUSE_GLN, Customer, World
from quai.orders.types import OrderedLine, OrderMessage

LINES_PER_ORDER = 20
MONTHS = (
    1.0,
    0.9,
    1.0,
    0.9,
    0.9,
    0.9,
    0.7,
    1.7,
    2.1,
    1.6,
    1.3,
    1.2,
)  # January first: the rentrée, then Christmas
TRIES = 20  # drawings for each title wanted, before a short list is accepted


class Day(NamedTuple):
    """A day of business: its date, its number (which its orders' references begin with), its order lines."""

    on: date
    number: int
    lines: int


def calendar(end: date, *, years: int, lines: int) -> list[Day]:
    """The days of business of the years before a day, and the lines of each; they add up to `lines`.

    In a small house a working day with less than one order's lines leaves them to the next.
    """
    first = end - timedelta(days=365 * years)
    days = [day for n in range((end - first).days) if (day := first + timedelta(days=n)).weekday() < 5]
    whole = sum(MONTHS[day.month - 1] for day in days)
    found, so_far, told = list[Day](), 0.0, 0
    for day in days:
        so_far += MONTHS[day.month - 1]
        upto = round(lines * so_far / whole)
        if upto - told >= LINES_PER_ORDER or (day == days[-1] and upto > told):
            found.append(Day(day, len(found), upto - told))
            told = upto
    return found


def orders(world: World, day: Day, *, customers: Sequence[Customer] = ()) -> list[OrderMessage]:
    """The orders of a day, as the seed decides.

    :param customers: who may order; all, unless given.
    """
    chance = world.draw(f"history/{day.on}/{day.number}")
    found: list[OrderMessage] = []
    left = day.lines
    while left:
        wanted = _titles(world, chance, min(left, chance.randint(1, 2 * LINES_PER_ORDER - 1)), day.on)
        left -= len(wanted)
        found.append(
            OrderMessage(
                supplier=HOUSE_GLN,
                buyer=chance.choice(customers or world.customers).gln,
                reference=f"{day.number:03d}{len(found):05d}",
                ordered_on=day.on,
                lines=tuple(
                    OrderedLine(gtin, chance.choice((1, 1, 2)), f"{n:04d}", n)
                    for n, gtin in enumerate(wanted, 1)
                ),
                shipping_mode="09",
                position=len(found) + 1,
            )
        )
    return found


def plain(world: World) -> list[Customer]:
    """Customers whose lines nothing holds, and who are invoiced note by note."""
    return [one for one in world.customers if not one.blocked and one.rhythm == "per_note"]


def busy(world: World) -> int:
    """How many titles, the first of the catalogue, make most of the lines."""
    return max(1, len(world.titles) // 10)


def _titles(world: World, chance: Random, count: int, on: date) -> list[str]:
    """Titles on sale on a day, all different, most of them busy."""
    first, every = busy(world), len(world.titles)
    found: dict[str, None] = {}
    for _ in range(TRIES * count):
        popular = chance.random() < BUSY_SHARE
        title = world.titles[chance.randrange(first) if popular else chance.randrange(first, every)]
        if title.availability == "20" and title.on_sale_on <= on:
            found[title.gtin] = None
        if len(found) == count:
            break
    invariant(bool(found), "some title is on sale")
    return list(found)
