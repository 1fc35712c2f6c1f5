"""Cases of the ledger of copies written as text: the docstring of the test is its fixture.

Each line is a day and what happened on it, or what is expected. Titles are capitals (`A`, or `A:rival` for copies of
the rival publisher), places have their codes (virtual ones too: supplier, customer, loss, found), orders are numbers.

    2026-03-02 receive 500 A supplier -> R-01
    2026-03-03 move 40 A R-01 -> A-01          (also: ship, return)
    2026-03-04 reserve 12 A for 101
    2026-03-05 take 10 A from A-01 for 101
    2026-03-05 release 101
    2026-03-06 count 7 A at A-01
    2026-03-06 missing 2 A at A-01
    2026-03-07 ship 10 A QUAI -> customer refused stock.not_there
    expect R-01 460, A free 12, A promised 0, 101 promised 0, 101 taken back 12, due A-01

A place in `expect` is followed by the copies there, of all titles together. When the case ends, every check of the
ledger runs and must find nothing.
"""

from __future__ import annotations

import re
from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import UTC, date, datetime, time

import pytest
from django.db import transaction

from quai.access.types import Actor
from quai.core import caches
from quai.core.refusals import Refusal
from quai.stock import actions, checks, queries
from quai.stock.models import BinBalance, Movement
from quai.stock.types import REAL_PLACES, Count, Demand, Missing, Move, PickedCopies, Promise, Reason
from tests import cast

_REASONS = {
    "receive": Reason.RECEIPT,
    "move": Reason.REPLENISHMENT,
    "ship": Reason.SHIPMENT,
    "return": Reason.REOPENED,
}
_LINES = [
    (
        r"(?P<verb>receive|move|ship|return) (?P<n>\d+) (?P<title>\S+) (?P<origin>\S+) -> (?P<place>\S+)",
        "_move",
    ),
    (r"reserve (?P<n>\d+) (?P<title>\S+) for (?P<order>\d+)", "_reserve"),
    (r"take (?P<n>\d+) (?P<title>\S+) from (?P<place>\S+) for (?P<order>\d+)", "_take"),
    (r"release (?P<order>\d+)", "_release"),
    (r"count (?P<n>\d+) (?P<title>\S+) at (?P<place>\S+)", "_count"),
    (r"missing (?P<n>\d+) (?P<title>\S+) at (?P<place>\S+)", "_missing"),
]
_GTINS = {letter: f"978200000{number:04d}" for number, letter in enumerate("ABCDEFGHIJ")}


def ledger_case(told: Callable[[], None]) -> Callable[[Actor, int], None]:
    """Make a test of the docstring of this function."""

    @pytest.mark.django_db
    def test(actor: Actor, act: int) -> None:
        _Case(actor, act, cast.make(act)).play(told.__doc__ or "")

    test.__name__, test.__doc__ = told.__name__, told.__doc__
    return test


@dataclass
class _Case:
    by: Actor
    act: int
    cast: cast.Cast
    at: datetime = datetime(2026, 1, 1, 8, tzinfo=UTC)
    lines: int = 0
    taken_back: dict[int, int] = field(default_factory=dict)

    def play(self, text: str) -> None:
        for line in filter(None, (" ".join(line.split()) for line in text.splitlines())):
            self.lines += 1
            if line.startswith("expect "):
                self._expect(line.removeprefix("expect "))
            else:
                self._happen(line)
        found = [finding for cache in checks.CACHES for finding in caches.drift(cache)]
        found += [finding for check in checks.CHECKS for finding in check()]
        assert found == []

    def _happen(self, line: str) -> None:
        day, _, what = line.partition(" ")
        self.at = datetime.combine(date.fromisoformat(day), time(9), UTC)
        what, _, code = what.partition(" refused ")
        if not code:
            self._do(what)
            return
        with pytest.raises(Refusal) as refusal, transaction.atomic():
            self._do(what)
        assert refusal.value.code == code
        assert str(refusal.value)

    def _do(self, what: str) -> None:
        for pattern, verb in _LINES:
            if match := re.fullmatch(pattern, what):
                getattr(self, verb)(**match.groupdict())
                return
        pytest.fail(f"not a line of a case: {what}")

    def _move(self, verb: str, n: str, title: str, origin: str, place: str) -> None:
        product, owner = self._title(title)
        one = Move(
            product, owner, self._place(origin), self._place(place), int(n), _REASONS[verb], self._key()
        )
        actions.move(moves=[one], at=self.at, by=self.by)

    def _reserve(self, n: str, title: str, order: str) -> None:
        product, _ = self._title(title)
        actions.reserve(demands=[Demand(int(order), product, int(n))], at=self.at, by=self.by)

    def _take(self, n: str, title: str, place: str, order: str) -> None:
        product, _ = self._title(title)
        [promise] = [one for one in queries.pending([int(order)]) if one.product_id == product]
        pick = PickedCopies(promise.reservation_id, self._place(place), int(n), self._key())
        actions.take(picks=[pick], at=self.at, by=self.by)

    def _release(self, order: str) -> None:
        ids = [promise.reservation_id for promise in queries.pending([int(order)])]
        actions.release(reservations=ids, reason="cancelled", at=self.at, by=self.by)

    def _count(self, n: str, title: str, place: str) -> None:
        product, owner = self._title(title)
        count = Count(place, product, owner, int(n), self._key())
        done = actions.adjust(counts=[count], reason="stocktake", at=self.at, by=self.by)
        self._take_back(done.released)

    def _missing(self, n: str, title: str, place: str) -> None:
        product, owner = self._title(title)
        one = Missing(self._place(place), product, owner, int(n), self._key())
        self._take_back(actions.report_missing(missing=[one], at=self.at, by=self.by))

    def _take_back(self, promises: list[Promise]) -> None:
        for promise in promises:
            self.taken_back[promise.key] = self.taken_back.get(promise.key, 0) + promise.quantity

    def _expect(self, items: str) -> None:
        for item in items.split(","):
            subject, *of_what, number = item.split()
            expected = f"{item.strip()}"
            if subject == "due":
                assert number in {due.code for due in queries.due_counts()}, expected
            else:
                assert self._found(subject, " ".join(of_what)) == int(number), expected

    def _found(self, subject: str, of_what: str) -> int:
        if of_what == "taken back":
            return self.taken_back.get(int(subject), 0)
        if subject.isdigit():
            return sum(promise.quantity for promise in queries.pending([int(subject)]))
        if not of_what:
            return self._standing(self._place(subject))
        product, owner = self._title(subject)
        pools = [pool for pool in queries.pools([product]) if pool.owner_id == owner]
        return sum(pool.reserved if of_what == "promised" else pool.available for pool in pools)

    def _standing(self, place: int) -> int:
        """Copies at a place, by the ledger itself."""
        into = sum(Movement.objects.filter(to_location=place).values_list("quantity", flat=True))
        out = sum(Movement.objects.filter(from_location=place).values_list("quantity", flat=True))
        bins = sum(BinBalance.objects.filter(location=place).values_list("on_hand", flat=True))
        real = BinBalance.objects.filter(location=place, location__kind__in=REAL_PLACES).exists()
        assert not real or bins == into - out
        return into - out

    def _title(self, text: str) -> tuple[int, int]:
        letter, _, owner = text.partition(":")
        if letter not in self.cast.titles:
            cast.title(self.cast, self.act, letter, _GTINS[letter])
        return self.cast.titles[letter], self.cast.rival if owner == "rival" else self.cast.publisher

    def _place(self, code: str) -> int:
        return self.cast.places[code]

    def _key(self) -> str:
        return f"case:{self.lines}"
