"""A wave out of the door in one gesture."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import replace
from datetime import datetime

from quai.access.types import Actor
from quai.core import sql
from quai.core.atomic import atomic
from quai.warehouse.actions.closing import close_notes
from quai.warehouse.actions.departing import depart
from quai.warehouse.actions.picking import record_picks, refuse_impossible
from quai.warehouse.types import ShipReport

TOGETHER = 1_000  # shipments of one transaction
Part = Callable[[int, Mapping[int, int], datetime, Actor], tuple[ShipReport, bool]]


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
    return _by_parts("warehouse/unshipped_waves.sql", _ship_part, waves, shorts=shorts, at=at, by=by)


def close(
    *, shorts: Mapping[int, int], at: datetime, by: Actor, waves: Sequence[int] | None = None
) -> ShipReport:
    """Record the picks of these waves and close their notes, which wait on the dock; the rest is as for `ship`."""
    return _by_parts("warehouse/waves_to_close.sql", _close_part, waves, shorts=shorts, at=at, by=by)


def _by_parts(
    wanted: str,
    part_of: Part,
    waves: Sequence[int] | None,
    *,
    shorts: Mapping[int, int],
    at: datetime,
    by: Actor,
) -> ShipReport:
    refuse_impossible(shorts)
    report = ShipReport()
    for row in sql.rows(wanted, {"waves": None if waves is None else list(waves)}):
        more = True
        while more:
            part, more = part_of(row.wave_id, shorts, at, by)
            report += part
    return report


@atomic
def _ship_part(wave: int, shorts: Mapping[int, int], at: datetime, by: Actor) -> tuple[ShipReport, bool]:
    """Ship the next shipments of a wave; True while others may follow."""
    report, more = _close_part(wave, shorts, at, by)
    waiting = [row.note_id for row in sql.rows("warehouse/notes_waiting.sql", {"wave": wave})]
    return replace(report, departed=tuple(depart(notes=waiting, at=at, by=by))), more


@atomic
def _close_part(wave: int, shorts: Mapping[int, int], at: datetime, by: Actor) -> tuple[ShipReport, bool]:
    """Close the notes of the next shipments of a wave; True while others may follow."""
    sql.rows("warehouse/lock_wave.sql", {"wave": wave})
    due = sql.rows("warehouse/shipments_to_close.sql", {"wave": wave, "limit": TOGETHER})
    shipments = [row.id for row in due]
    picked = record_picks(shipments=shipments, shorts=shorts, at=at, by=by)
    closed = close_notes(shipments=shipments, at=at, by=by)
    report = ShipReport(picked.copies, picked.missing, picked.void, tuple(closed))
    return report, len(shipments) == TOGETHER
