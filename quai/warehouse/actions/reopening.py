"""A mistyped note taken back in one gesture, until its truck leaves."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime

from quai.access.types import Actor
from quai.core import house, journal, sql
from quai.core.atomic import atomic
from quai.core.refusals import Refusal
from quai.orders import actions as orders
from quai.orders.types import ShippedLine
from quai.parties import queries as parties
from quai.stock import actions as stock
from quai.stock import queries as stock_queries
from quai.stock.types import Move, Reason
from quai.warehouse.actions.closing import destination
from quai.warehouse.queries import UnknownNote
from quai.warehouse.types import NoteNature


class NoteDeparted(Refusal):
    """Delivery note %(note)s left with %(carrier)s at %(at)s and can no longer be reopened."""

    code = "warehouse.note_departed"


@atomic
def reopen(*, notes: Sequence[int], at: datetime, by: Actor, reason: str) -> list[int]:
    """Take these notes back: copies to the bins they came from, lines to their promise.

    Their orders are ready to prepare again; a fresh note gets a fresh number, and the old one stays, marked. A note
    taken back before is left alone.

    :returns: the notes taken back now.
    :raises NoteDeparted: the truck has left with one of them: none is reopened.
    :raises UnknownNote: there is no such note.
    """
    waiting = [row.note_id for row in sql.rows("warehouse/lock_waiting_notes.sql", {"notes": list(notes)})]
    _refuse_departed(notes, at=at)
    if not waiting:
        return []
    act = journal.record("warehouse.reopen", at=at, by=by, reason=reason)
    _put_back(waiting, at=at, by=by)
    sql.run("warehouse/reopen.sql", {"act": act, "notes": waiting})
    return waiting


def _refuse_departed(notes: Sequence[int], *, at: datetime) -> None:
    for row in sql.rows("warehouse/note_standing.sql", {"notes": list(notes)}):
        if row.id is None:
            raise UnknownNote(note=row.asked_id)
        if row.departed_at is not None:
            carriers = parties.names([row.carrier_id] if row.carrier_id else [], on=house.day(at))
            raise NoteDeparted(
                note=row.number,
                carrier=carriers.get(row.carrier_id, "le camion"),
                at=row.departed_at.astimezone(house.PARIS).strftime("%d/%m/%Y à %H:%M"),
            )


def _put_back(notes: Sequence[int], *, at: datetime, by: Actor) -> None:
    copies = sql.rows("warehouse/copies_to_put_back.sql", {"notes": list(notes)})
    orders.lock_lines(lines=[row.line_id for row in copies])
    places = {
        nature: stock_queries.place(destination(NoteNature(nature)))
        for nature in {row.nature for row in copies}
    }
    stock.move(
        moves=[
            Move(
                row.product_id,
                row.owner_id,
                places[row.nature],
                row.location_id,
                row.quantity,
                Reason.REOPENED,
                f"reopened:{row.pick_id}",
                row.state,
            )
            for row in copies
        ],
        at=at,
        by=by,
    )
    orders.record_unshipped(
        unshipped=[ShippedLine(row.line_id, row.quantity, f"reopened:{row.pick_id}") for row in copies],
        at=at,
        by=by,
    )
