"""The years before the day that is played: business as usual, by the real verbs, a day at a time.

Each day is one transaction: what is killed in the middle leaves no trace, and playing again goes on at the next day.
Skewed like the trade: most lines on few titles, one or two copies, dates bunched in the rentrée. Nothing is rendered:
invoices are issued, then filed away with a line of text for a page.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Iterator, Sequence
from datetime import date
from functools import cached_property
from itertools import islice

from django.db import transaction

from quai.access.types import Actor
from quai.billing import actions as billing
from quai.billing import queries as billed
from quai.billing.types import NewRendition
from quai.catalogue import actions as catalogue
from quai.catalogue import queries as titles
from quai.core import house, sql
from quai.core.refusals import invariant
from quai.demo import files, scene
from quai.demo.seasons import Day, busy, orders
from quai.demo.world import HOUSE_GLN, World
from quai.orders import actions as order_verbs
from quai.orders.types import OrderMessage
from quai.parties import queries as parties
from quai.stock import actions as stock
from quai.stock import queries as copies
from quai.stock.types import Arrival
from quai.warehouse import actions as warehouse

CHANNEL = "history"
TOGETHER = 250  # orders received in one go
NOTICES = 1_000
BUSY_LOT, SLOW_LOT = 100, 5  # copies that come in when a title runs out
NEVER_RENDERED = "Document de l’histoire inventée : jamais rendu.".encode()


def begin(world: World, *, on: date, by: Actor) -> None:
    """Found the house and announce its catalogue, as it stood on the first day. Running it again is harmless."""
    scene.set_scene(world, at=house.instant(on, 6), by=by)
    notices = files.notices(world)
    key = 0
    while batch := list(islice(notices, NOTICES)):
        catalogue.take_notices(
            notices=batch, source_key=f"{CHANNEL}:{key}", at=house.instant(on, 6, 30), by=by
        )
        key += 1


def play(world: World, days: Sequence[Day], *, by: Actor, day_done: Callable[[Day], None]) -> None:
    """Play these days, but for those played before. `begin` comes first."""
    shelf = Shelf(world)
    last = last_played()
    for day in days:
        if last is None or day.on > last:
            play_day(shelf, day, by=by)
        day_done(day)


@transaction.atomic
def play_day(shelf: Shelf, day: Day, *, by: Actor) -> None:
    """Play one day whole: copies come in, orders are received, prepared, shipped, invoiced, filed away."""
    messages = orders(shelf.world, day)
    restock(shelf, messages, day=day, by=by)
    received = 0
    for batch in _batches(messages, TOGETHER):
        outcomes = order_verbs.receive(
            messages=batch,
            channel=CHANNEL,
            source_key=f"{CHANNEL}:{day.on}",
            at=house.instant(day.on, 9),
            by=by,
        )
        received += sum(line.free_with is None for outcome in outcomes for line in outcome.lines)
    invariant(received == day.lines, "every line of the day was received")
    warehouse.prepare(at=house.instant(day.on, 11, 30), by=by)
    warehouse.ship(shorts={}, at=house.instant(day.on, 16), by=by)
    billing.invoice_delivered(until=day.on, at=house.instant(day.on, 18), by=by)
    file_away(day, by=by)


def restock(shelf: Shelf, messages: Sequence[OrderMessage], *, day: Day, by: Actor) -> None:
    """Let copies come in of every title that these orders would exhaust."""
    wanted = Counter[str]()
    for message in messages:
        wanted.update({line.gtin: line.quantity for line in message.lines})
    ids = {shelf.products[gtin]: gtin for gtin in wanted}
    available = Counter[str]()
    for pool in copies.pools(ids):
        available[ids[pool.product_id]] += pool.available
    arrivals = [
        Arrival(
            shelf.products[gtin],
            shelf.owners[gtin],
            shelf.titles[gtin].location,
            max(quantity - available[gtin], BUSY_LOT if gtin in shelf.busy else SLOW_LOT),
            f"{CHANNEL}:{day.on}:{day.number}:{gtin}",
        )
        for gtin, quantity in wanted.items()
        if available[gtin] < quantity
    ]
    if arrivals:
        stock.receive(arrivals=arrivals, at=house.instant(day.on, 7), by=by)


def file_away(day: Day, *, by: Actor) -> None:
    """Take what was issued through its stages without rendering it, so that nothing of it waits on the last day."""
    at = house.instant(day.on, 19)
    billing.release(at=at, by=by)
    while batch := billed.to_render(limit=10_000):
        filed = [NewRendition(invoice, CHANNEL, NEVER_RENDERED, NEVER_RENDERED) for invoice in batch]
        billing.record_renditions(renditions=filed, at=at, by=by)
        billing.record_sent(invoices=batch, channel=CHANNEL, at=at, by=by)


def last_played() -> date | None:
    """The last day of history that is in the books."""
    [found] = sql.rows("demo/last_played.sql", {"channel": CHANNEL})
    day: date | None = found.day
    return day


class Shelf:
    """What the verbs need to know of each title, looked up once."""

    def __init__(self, world: World) -> None:
        self.world = world
        self.titles = {title.gtin: title for title in world.titles}
        self.busy = {title.gtin for title in world.titles[: busy(world)]}

    @cached_property
    def products(self) -> dict[str, int]:
        """The product of each GTIN."""
        return titles.by_gtin(self.titles, distributor_glns=[HOUSE_GLN])

    @cached_property
    def owners(self) -> dict[str, int]:
        """The publisher of each GTIN, who owns its copies."""
        found = parties.by_gln(publisher.gln for publisher in self.world.publishers)
        glns = [publisher.gln for publisher in self.world.publishers]
        return {gtin: found[glns[title.publisher]].party_id for gtin, title in self.titles.items()}


def _batches(messages: Sequence[OrderMessage], size: int) -> Iterator[Sequence[OrderMessage]]:
    return (messages[first : first + size] for first in range(0, len(messages), size))
