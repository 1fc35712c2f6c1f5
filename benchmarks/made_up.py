"""The data of the bench: the demo's made-up house, always the same."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date
from functools import cache
from itertools import count

from quai.catalogue.types import ProductNotice
from quai.demo import files, seasons
from quai.demo.world import World
from quai.orders.types import OrderMessage

DAY = date(2026, 10, 14)  # in the busy weeks of the year
SEED = 1


@cache
def world(size: str) -> World:
    """The house of this size."""
    return World(size=size, seed=SEED, day=DAY)


def orders(size: str, lines: int) -> list[OrderMessage]:
    """Orders of one day with so many lines, skewed like the trade."""
    return seasons.orders(world(size), seasons.Day(DAY, 0, lines))


def notices(size: str, products: int) -> Iterator[ProductNotice]:
    """So many product notices: the catalogue, again and again if need be."""
    made = 0
    for _ in count():
        for notice in files.notices(world(size)):
            if made == products:
                return
            made += 1
            yield notice
