"""The truck leaves, and billing takes what it left with."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date, datetime

from quai.access.types import Actor
from quai.core import journal, sql
from quai.core.atomic import atomic
from quai.warehouse.types import DepartedNote

ALL = 10_000_000


@atomic
def depart(*, notes: Sequence[int], at: datetime, by: Actor) -> list[int]:
    """Record that the truck left with these notes: from here on none can be reopened, and billing sees its sales.

    Notes that left before, or were reopened, are left alone.

    :returns: the notes that left now.
    """
    waiting = [row.note_id for row in sql.rows("warehouse/lock_waiting_notes.sql", {"notes": list(notes)})]
    if waiting:
        act = journal.record("warehouse.depart", at=at, by=by)
        sql.run("warehouse/depart.sql", {"act": act, "notes": waiting, "at": at})
    return waiting


@atomic
def take_departed(
    *, until: date, limit: int = ALL, note_ids: Sequence[int] | None = None
) -> list[DepartedNote]:
    """Take notes of sales that left, to invoice them in the caller's transaction; what is taken is taken once.

    :param until: notes closed on this day at the latest.
    :param note_ids: only these; a note that billing refuses is left out of them, and so stays on the list.
    """
    found = sql.rows(
        "warehouse/take_departed.sql",
        {"until": until, "limit": limit, "notes": None if note_ids is None else list(note_ids)},
    )
    return [DepartedNote(*row) for row in found]
