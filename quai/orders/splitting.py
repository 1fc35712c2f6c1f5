"""How the copies of a line part between fates: arithmetic on one line, without a database.

Two pure functions. Their invariant: copies in = copies out.
"""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date
from typing import NamedTuple

from quai.orders.types import Fate, LinePart, Reason

Current = tuple[tuple[Fate, int], ...]  # the copies to decide again, by the fate they have now
WHOLE = frozenset({Fate.REFUSED, Fate.WAITING, Fate.HELD})  # fates of a line whatever copies are there


class Verdict(NamedTuple):
    """What becomes of a line's copies: of those that are there, and of those missing."""

    fate: Fate
    reason: Reason
    until_on: date | None
    missing_fate: Fate
    missing_reason: Reason
    missing_until: date | None


class Change(NamedTuple):
    """Copies going from one fate to another."""

    from_fate: Fate
    to_fate: Fate
    quantity: int
    reason: Reason
    until_on: date | None


def parts(quantity: int, ready: int, verdict: Verdict) -> tuple[LinePart, ...]:
    """Split `quantity` copies, `ready` of which are promised by stock, as the verdict says."""
    if verdict.fate in WHOLE:
        return (LinePart(verdict.fate, quantity, verdict.reason, verdict.until_on),)
    missing = LinePart(verdict.missing_fate, quantity - ready, verdict.missing_reason, verdict.missing_until)
    if ready <= 0:
        return (missing,)
    there = LinePart(verdict.fate, ready, verdict.reason, verdict.until_on)
    return (there, missing) if ready < quantity else (there,)


def changes(current: Current, wanted: Sequence[LinePart]) -> list[Change]:
    """The fewest moves from the fates that copies have now to those wanted; none for copies that stay as they are."""
    now = dict(current)
    stay = {part.fate: min(part.quantity, now.get(part.fate, 0)) for part in wanted}
    leaving = {fate: quantity - stay.get(fate, 0) for fate, quantity in current}
    found: list[Change] = []
    for part in wanted:
        coming = part.quantity - stay[part.fate]
        for fate, left in leaving.items():
            moved = min(coming, left)
            if moved > 0:
                found.append(Change(fate, part.fate, moved, part.reason, part.until_on))
                leaving[fate] -= moved
                coming -= moved
    return found
