"""What tests of the ledger of copies stand on: a small depot, titles, and a look at what must always be true."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import UTC, datetime

from quai.access.actions import system
from quai.access.types import Actor
from quai.core import caches, journal
from quai.core.findings import Finding
from quai.stock import actions, checks
from quai.stock.types import Move, Reason
from tests import cast

AT = datetime(2026, 3, 2, 9, tzinfo=UTC)


@dataclass
class Depot:
    """The cast, the actor and the titles of a test."""

    cast: cast.Cast
    by: Actor
    titles: list[int]

    def place(self, code: str) -> int:
        """The id of a place."""
        return self.cast.places[code]

    def stock(self, quantity: int, place: str = "A-01", *, owner: int = 0, only: int | None = None) -> None:
        """Put copies of every title (or one) at a place."""
        titles = self.titles if only is None else [only]
        owner = owner or self.cast.publisher
        moves = [
            Move(
                title,
                owner,
                self.place("supplier"),
                self.place(place),
                quantity,
                Reason.OPENING,
                f"open:{place}:{title}:{owner}",
            )
            for title in titles
        ]
        actions.move(moves=moves, at=AT, by=self.by)


def depot(titles: int) -> Depot:
    """A depot with this many titles and no copies."""
    by = system()
    act = journal.record("test", at=AT, by=by)
    made = cast.make(act)
    ids = [cast.title(made, act, f"T{number}", f"97820001{number:05d}") for number in range(titles)]
    return Depot(made, by, ids)


def findings() -> list[Finding]:
    """Everything that verify would say of the ledger of copies."""
    found = [finding for cache in checks.CACHES for finding in caches.drift(cache)]
    return found + [finding for check in checks.CHECKS for finding in check()]
