"""Waves: which promised copies are fetched together, from which bins, for whom."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime

from quai.access.types import Actor
from quai.core import house, journal, sql
from quai.core.atomic import atomic
from quai.orders import actions as orders
from quai.orders.types import ShortLine
from quai.stock import actions as stock
from quai.warehouse.types import WaveMade


@atomic
def prepare(*, at: datetime, by: Actor, cut_off_at: datetime | None = None) -> list[WaveMade]:
    """Put every order that is ready into waves: one per site, carrier and kind of order.

    What one customer gets at one address by one cut-off is one shipment, whatever the number of orders. Preparing
    again for the same cut-off adds to the wave as long as nobody began to pick it. Bins are those of the walk, pick
    places first, and no copy is counted on twice. Promises that the bins
    do not hold whole (a check looks for that) are decided again, and wait for the next time.

    :param cut_off_at: the cut-off these orders made; by default now, which makes waves of their own.
    :returns: the waves made or made longer, with what was added to each.
    """
    sql.rows("warehouse/one_preparer.sql")
    ready = orders.take_ready()
    if not ready:
        return []
    cut_off = cut_off_at or at
    open_waves = sql.rows("warehouse/lock_waves_of_cut_off.sql", {"cut_off": cut_off})
    act = journal.record("warehouse.prepare", at=at, by=by)
    sql.run("warehouse/gather_promises.sql", {"orders": ready, "on": house.day(at)})
    sql.run("warehouse/measure_promises.sql")
    sql.run("warehouse/gather_shelves.sql")
    sql.run("warehouse/measure_shelves.sql")
    made = sql.rows(
        "warehouse/prepare.sql",
        {"act": act, "cut_off": cut_off, "waves": [row.wave_id for row in open_waves]},
    )
    unplaced = sql.rows("warehouse/unplaced.sql")
    sql.run("warehouse/drop_gathered.sql")
    if unplaced:
        _decide_again(unplaced, act=act, at=at, by=by)
    return [
        WaveMade(
            row.wave_id, row.site_id, row.carrier_id, row.kind, cut_off, row.shipments, row.picks, row.copies
        )
        for row in made
    ]


def _decide_again(unplaced: Sequence[sql.Row], *, act: int, at: datetime, by: Actor) -> None:
    """Let promises go that the bins cannot hold, and decide their lines again: they are ready for the next time."""
    orders.lock_lines(lines=[row.line_id for row in unplaced])
    stock.release(reservations=[row.reservation_id for row in unplaced], reason="unplaced", at=at, by=by)
    orders.record_short(
        short=[
            ShortLine(row.line_id, row.quantity, f"unplaced:{act}:{row.reservation_id}") for row in unplaced
        ],
        at=at,
        by=by,
    )
