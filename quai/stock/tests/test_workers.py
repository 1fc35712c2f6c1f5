"""Many at once: real processes on a house of their own."""

from __future__ import annotations

import random
from typing import Any

from django.db import OperationalError

from quai.access.actions import system
from quai.stock import actions, queries
from quai.stock.models import Movement, PoolBalance
from quai.stock.tests import stand
from quai.stock.types import Count, Demand, Missing, Move, PickedCopies, Reason
from tests import crew

HERE = "quai.stock.tests.test_workers"


def reserve_one(number: int, title: int) -> int:
    """Ask for one copy, twice."""
    by = system()
    promised = 0
    for turn in range(2):
        demand = Demand(number * 10 + turn, title, 1)
        promised += sum(one.quantity for one in actions.reserve(demands=[demand], at=stand.AT, by=by))
    return promised


def test_twenty_workers_get_exactly_ten_copies(fresh_house: str) -> None:
    depot = stand.depot(1)
    depot.stock(10)
    promised = crew.run(f"{HERE}:reserve_one", depot.titles[0], workers=20)
    assert sum(promised) == 10
    [balance] = PoolBalance.objects.all()
    assert (balance.on_hand, balance.reserved) == (10, 10)
    assert stand.findings() == []


def live(number: int, given: tuple[list[int], dict[str, int], int]) -> dict[str, int]:
    """A day of a worker among others: promises, picks, refills, counts, on overlapping titles in any order."""
    titles, places, owner = given
    by, chance = system(), random.Random(number)
    tally: dict[str, int] = {}
    for turn in range(30):
        some = chance.sample(titles, 12)
        key = f"w{number}:{turn}"
        try:
            what = _turn(chance, some, places, owner, key, by)
        except (actions.NotThere, actions.Promised, actions.AlreadyEnded) as refusal:
            what = refusal.code
        except OperationalError as error:
            what = f"operational: {error}"
        tally[what] = tally.get(what, 0) + 1
    return tally


def _turn(
    chance: random.Random, some: list[int], places: dict[str, int], owner: int, key: str, by: Any
) -> str:
    what = chance.choice(["reserve", "reserve", "take", "refill", "count", "missing", "release"])
    shelf, bulk = places["A-01"], places["R-01"]
    if what in ("reserve", "take", "release"):
        demands = [Demand(abs(hash((key, title))) % 10**12, title, 2) for title in some]
        promises = actions.reserve(demands=demands, at=stand.AT, by=by)
        if what == "take":
            chance.shuffle(promises)
            picks = [
                PickedCopies(p.reservation_id, shelf, p.quantity, f"{key}:{p.reservation_id}")
                for p in promises
            ]
            actions.take(picks=picks, at=stand.AT, by=by)
        if what == "release":
            chance.shuffle(promises)
            ids = [promise.reservation_id for promise in promises]
            actions.release(reservations=ids, reason="cancelled", at=stand.AT, by=by)
    elif what == "refill":
        moves = [Move(t, owner, bulk, shelf, 1, Reason.REPLENISHMENT, f"{key}:{t}") for t in some]
        actions.move(moves=moves, at=stand.AT, by=by)
    elif what == "count":
        counts = [Count("A-01", t, owner, chance.randrange(60), f"{key}:{t}") for t in some]
        actions.adjust(counts=counts, reason="inventaire", at=stand.AT, by=by)
    else:
        lost = [Missing(shelf, t, owner, 1, f"{key}:{t}") for t in some]
        actions.report_missing(missing=lost, at=stand.AT, by=by)
    return what


def test_workers_on_overlapping_titles_never_block_each_other_for_good(fresh_house: str) -> None:
    depot = stand.depot(20)
    depot.stock(40)
    depot.stock(200, "R-01")
    places = {code: depot.place(code) for code in ("A-01", "R-01")}
    tallies = crew.run(f"{HERE}:live", (depot.titles, places, depot.cast.publisher), workers=8)
    said = {what for tally in tallies for what in tally}
    assert not [what for what in said if "operational" in what], tallies
    assert stand.findings() == []


def move_the_same(number: int, moves: list[Move]) -> int:
    """Write the same moves as everybody else."""
    return actions.move(moves=moves, at=stand.AT, by=system())


def test_the_same_file_read_by_four_at_once_moves_once(fresh_house: str) -> None:
    depot = stand.depot(5)
    depot.stock(100)
    moves = [
        Move(
            t,
            depot.cast.publisher,
            depot.place("A-01"),
            depot.place("A-02"),
            1,
            Reason.REPLENISHMENT,
            f"file:{t}:{n}",
        )
        for t in depot.titles
        for n in range(20)
    ]
    assert sum(crew.run(f"{HERE}:move_the_same", moves, workers=4)) == len(moves)
    assert Movement.objects.filter(source_key__startswith="file:").count() == len(moves)
    assert {one.on_hand for one in queries.bins(depot.titles, site_id=depot.cast.site)} == {80, 20}
    assert stand.findings() == []
