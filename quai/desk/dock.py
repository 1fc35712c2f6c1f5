"""Notes on the dock: those that leave with a truck, those taken back before it does."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path

from quai.access.types import Actor
from quai.core.refusals import Refusal
from quai.desk import paper, sheets
from quai.parties import queries as parties
from quai.warehouse import actions as warehouse
from quai.warehouse import queries


class NoteTakenBack(Refusal):
    """Delivery note %(note)s was taken back: it cannot leave."""

    code = "desk.note_taken_back"


class UnknownGln(Refusal):
    """Nobody that the house knows has the GLN %(gln)s."""

    code = "desk.unknown_gln"


@dataclass(frozen=True, slots=True)
class Departed:
    """The notes that left now, and those asked for that had left before."""

    departed: list[str]
    already: list[str]


def depart(*, numbers: Sequence[str], carrier: str, at: datetime, by: Actor) -> Departed:
    """Let notes leave: those named, or else all that wait; of one carrier (a GLN) if said.

    :raises UnknownNote, NoteTakenBack, UnknownGln: none leaves.
    """
    carrier_id = party(carrier) if carrier else None
    waiting = {note.number: note.note_id for note in queries.notes_on_the_dock(carrier=carrier_id)}
    for number in numbers:
        if number not in waiting and sheets.note(number)["reopened"]:
            raise NoteTakenBack(note=number)
    leaving = [note for number, note in waiting.items() if not numbers or number in numbers]
    left = warehouse.depart(notes=leaving, at=at, by=by)
    departed = sheets.note_numbers(left)
    return Departed(departed, [number for number in numbers if number not in departed])


def reopen(*, number: str, reason: str, papers: Path, at: datetime, by: Actor) -> bool:
    """Take a note back: its copies to their bins, its lines to be prepared, its paper marked as cancelled.

    :returns: False when it had been taken back before.
    :raises UnknownNote: :raises NoteDeparted: its truck has left.
    """
    known = queries.notes_numbered([number])
    if number not in known:
        raise warehouse.UnknownNote(note=number)
    done = warehouse.reopen(notes=[known[number]], at=at, by=by, reason=reason)
    paper.write_notes_again(papers, notes=known)
    return bool(done)


def party(gln: str) -> int:
    """The party of a GLN.

    :raises UnknownGln: nobody has it.
    """
    owners = parties.by_gln([gln])
    if gln not in owners:
        raise UnknownGln(gln=gln)
    return owners[gln].party_id
