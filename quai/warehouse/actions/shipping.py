"""A wave out of the door in one gesture."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import datetime

from django.db import transaction

from quai.access.types import Actor
from quai.core import sql
from quai.warehouse.actions.closing import close_notes
from quai.warehouse.actions.departing import depart
from quai.warehouse.actions.picking import record_picks, refuse_impossible
from quai.warehouse.types import ShipReport

TOGETHER = 1_000  # shipments of one transaction


def ship(
    *, shorts: Mapping[int, int], at: datetime, by: Actor, waves: Sequence[int] | None = None
) -> ShipReport:
    """Record the picks of these waves, close their notes and let the truck leave.

    Each part of a wave (at most `TOGETHER` shipments) is one transaction, so that a crash loses at most the part it
    falls in; running it again does only what is missing, wherever the day was left: not fetched, fetched, closed.

    :param shorts: pick -> copies not found there.
    :param waves: all that have something left to ship, unless named.
    :raises ImpossibleShortage: nothing is shipped then.
    """
    refuse_impossible(shorts)
    named = None if waves is None else list(waves)
    report = ShipReport()
    for row in sql.rows("warehouse/unshipped_waves.sql", {"waves": named}):
        more = True
        while more:
            part, more = _ship_part(row.wave_id, shorts=shorts, at=at, by=by)
            report += part
    return report


@transaction.atomic
def _ship_part(wave: int, *, shorts: Mapping[int, int], at: datetime, by: Actor) -> tuple[ShipReport, bool]:
    """Ship the next shipments of a wave; True while others may follow."""
    sql.rows("warehouse/lock_wave.sql", {"wave": wave})
    due = sql.rows("warehouse/shipments_to_close.sql", {"wave": wave, "limit": TOGETHER})
    shipments = [row.id for row in due]
    picked = record_picks(shipments=shipments, shorts=shorts, at=at, by=by)
    closed = close_notes(shipments=shipments, at=at, by=by)
    waiting = [row.note_id for row in sql.rows("warehouse/notes_waiting.sql", {"wave": wave})]
    departed = depart(notes=waiting, at=at, by=by)
    report = ShipReport(picked.copies, picked.missing, picked.void, tuple(closed), tuple(departed))
    return report, len(shipments) == TOGETHER
