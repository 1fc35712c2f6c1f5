"""Copies counted on the shelves and carried from bin to bin, while orders are promised and picked."""

from __future__ import annotations

import itertools
import time
from datetime import timedelta
from typing import Any

import pytest
from django.db import connection, transaction
from django.test.utils import CaptureQueriesContext
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from quai.access.actions import system
from quai.core.findings import Finding
from quai.orders.checks import CHECKS as ORDER_CHECKS
from quai.stock import actions as stock
from quai.stock import queries as stock_queries
from quai.stock.models import Count as CountRow
from quai.stock.models import Movement
from quai.stock.types import Arrival, Count, Move, Reason
from quai.warehouse import actions, queries
from quai.warehouse.models import Shortage
from quai.warehouse.tests.depot import Depot
from quai.warehouse.types import Counted
from tests import crew

_keys = itertools.count(1)


def counted(depot: Depot, title: str, place: str, copies: int, key: str = "") -> Counted:
    one = Count(place, depot.cast.titles[title], depot.cast.publisher, copies, key or f"count:{next(_keys)}")
    return actions.count(counts=[one], reason="inventaire", at=depot.at, by=depot.actor)


def carried(depot: Depot, title: str, origin: str, to: str, copies: int, key: str = "") -> int:
    ends = stock_queries.place(origin), stock_queries.place(to)
    product, owner = depot.cast.titles[title], depot.cast.publisher
    one = Move(product, owner, *ends, copies, Reason.REPLENISHMENT, key or f"move:{next(_keys)}")
    return actions.carry(moves=[one], at=depot.at, by=depot.actor)


def findings(depot: Depot) -> list[Finding]:
    return depot.findings() + [finding for check in ORDER_CHECKS for finding in check()]


def test_a_shelf_counted_short_decides_again_the_lines_it_had_promised(depot: Depot) -> None:
    depot.put(5, "Le Phare", "A-01")
    [first] = depot.order("R1", (2, "Le Phare"))
    [last] = depot.order("R2", (3, "Le Phare"))
    done = counted(depot, "Le Phare", "A-01", 4, key="c1")
    assert [(d.quantity) for d in done.adjustment.differences] == [-1]
    assert done.short == {last: 3}  # the youngest promise is taken back whole, and given what is left
    assert depot.fate(first) == {"reserved": 2}
    assert depot.fate(last) == {"reserved": 2, "backordered": 1}
    assert depot.on_hand("Le Phare", "A-01") == 4
    assert not findings(depot)
    again = counted(depot, "Le Phare", "A-01", 4, key="c1")
    assert (again.adjustment.differences, again.short) == ([], {})
    assert CountRow.objects.count() == 1
    assert not findings(depot)


def test_copies_found_serve_nobody_until_lines_are_decided_again(depot: Depot) -> None:
    depot.put(1, "Le Phare", "A-01")
    [line] = depot.order("R1", (2, "Le Phare"))
    counted(depot, "Le Phare", "A-01", 7)
    depot.decide()
    assert depot.fate(line) == {"reserved": 2}
    assert not findings(depot)


def test_a_bin_being_picked_is_counted_once_its_wave_has_left(depot: Depot) -> None:
    """The picker has copies on his trolley: what is on the shelf says nothing."""
    depot.put(5, "Le Phare", "A-01")
    depot.order("R1", (2, "Le Phare"))
    actions.prepare(at=depot.at, by=depot.actor)
    done = counted(depot, "Le Phare", "A-01", 3, key="c1")
    assert ([one.location_code for one in done.busy], done.written) == (["A-01"], 0)
    assert depot.on_hand("Le Phare", "A-01") == 5
    actions.ship(shorts={}, at=depot.at, by=depot.actor)
    assert counted(depot, "Le Phare", "A-01", 3, key="c1").adjustment.differences == []
    assert depot.on_hand("Le Phare", "A-01") == 3
    assert not findings(depot)


def test_copies_that_a_wave_holds_elsewhere_are_taken_back_last(depot: Depot) -> None:
    depot.put(2, "Le Phare", "A-01")
    depot.put(2, "Le Phare", "R-01")
    [going] = depot.order("R1", (2, "Le Phare"))
    actions.prepare(at=depot.at, by=depot.actor)
    [waiting] = depot.order("R2", (2, "Le Phare"))
    assert counted(depot, "Le Phare", "R-01", 0).short == {waiting: 2}
    assert (depot.fate(going), depot.fate(waiting)) == ({"reserved": 2}, {"backordered": 2})
    assert not findings(depot)


def test_replenishment_leaves_what_pickers_are_about_to_fetch(depot: Depot) -> None:
    depot.put(5, "Le Phare", "R-01")
    depot.order("R1", (2, "Le Phare"))
    actions.prepare(at=depot.at, by=depot.actor)
    with pytest.raises(actions.BeingPicked, match="R-01"):
        carried(depot, "Le Phare", "R-01", "A-01", 4)
    assert carried(depot, "Le Phare", "R-01", "A-01", 3, key="m1") == 1
    assert carried(depot, "Le Phare", "R-01", "A-01", 3, key="m1") == 0
    with pytest.raises(stock.NotThere):
        carried(depot, "La Marée", "R-01", "A-01", 1)
    assert [depot.on_hand("Le Phare", place) for place in ("A-01", "R-01")] == [3, 2]
    assert actions.ship(shorts={}, at=depot.at, by=depot.actor).copies == 2
    assert not findings(depot)


def test_statements_do_not_grow_with_the_bins(depot: Depot) -> None:
    def statements(titles: list[str]) -> int:
        for title in titles:
            depot.put(5, title, "A-01")
            depot.order(f"{title}{len(titles)}", (5, title))
        counts = [
            Count("A-01", depot.cast.titles[title], depot.cast.publisher, 1, f"count:{next(_keys)}")
            for title in titles
        ]
        with CaptureQueriesContext(connection) as asked:
            actions.count(counts=counts, reason="", at=depot.at, by=depot.actor)
        return len(asked)

    assert statements(["Le Phare"]) == statements(["La Marée", "L’Estran", "Les Dunes"])


@given(
    there=st.lists(st.integers(0, 4), min_size=2, max_size=2),
    orders=st.lists(st.integers(1, 3), max_size=4),
    waves=st.integers(0, 4),
    found=st.integers(0, 5),
)
@settings(max_examples=30, deadline=None, suppress_health_check=list(HealthCheck))
def test_counting_is_the_naive_rule(
    depot: Depot, there: list[int], orders: list[int], waves: int, found: int
) -> None:
    """A bin with something to fetch is left; else it holds what was found, and no more is promised than stands."""
    with transaction.atomic():
        for place, copies in zip(("A-01", "R-01"), there, strict=True):
            if copies:
                depot.put(copies, "Le Phare", place)
        lines = []
        for number, copies in enumerate(orders):
            lines += depot.order(f"R{number}", (copies, "Le Phare"))
            if number < waves:
                actions.prepare(at=depot.at, by=depot.actor)
        stops = [stop for wave in queries.open_waves() for stop in queries.pick_list(wave.wave_id).stops]
        busy = any(stop.place == "A-01" for stop in stops)
        done = counted(depot, "Le Phare", "A-01", found)
        assert bool(done.busy) == busy
        standing = there[0] if busy else found
        assert depot.on_hand("Le Phare", "A-01") == standing
        reserved = sum(depot.fate(line).get("reserved", 0) for line in lines)
        wanted = min(sum(orders), standing + there[1])
        assert reserved == (min(wanted, sum(there)) if done.busy else reserved)
        assert reserved <= standing + there[1]
        depot.decide()
        assert sum(depot.fate(line).get("reserved", 0) for line in lines) == wanted
        assert not findings(depot)
        transaction.set_rollback(True)


# Two waves that decide the same titles again


def ship_short(number: int, given: tuple[list[int], Any]) -> int:
    """Ship one wave, every copy of it missing; slowly, so that the others are at it too."""
    waves, at = given
    stops = queries.pick_list(waves[number]).stops
    shorts = {stop.pick_id: stop.quantity for stop in stops}
    with connection.execute_wrapper(_slowly):
        return actions.ship(shorts=shorts, waves=[waves[number]], at=at, by=system()).missing


def _slowly(execute: Any, statement: str, parameters: Any, many: bool, context: Any) -> Any:
    if "INSERT INTO stock_reservation" in statement:
        time.sleep(0.5)
    return execute(statement, parameters, many, context)


def test_waves_that_decide_the_same_titles_again_all_end(fresh_house: str) -> None:
    """Each title stands under two owners: waves hold one pool and want the other, in every order."""
    depot = Depot(system())
    titles = list(depot.cast.titles)
    waves = []
    for turn in range(4):
        for title in titles if turn % 2 else titles[::-1]:
            owner = depot.cast.publisher if turn % 2 else depot.cast.rival
            place, key = ("A-01", "A-02")[turn % 2], f"truck:{turn}:{title}"
            arrival = Arrival(depot.cast.titles[title], owner, place, 3, key)
            stock.receive(arrivals=[arrival], at=depot.at, by=depot.actor)
        for number in range(3):
            depot.order(f"R{turn}-{number}", *((1, title) for title in titles))
        cut_off = depot.at + timedelta(hours=turn)
        made = actions.prepare(at=depot.at, by=depot.actor, cut_off_at=cut_off)
        waves += [wave.wave_id for wave in made]
    more = [
        Arrival(depot.cast.titles[title], owner, "R-01", 20, f"more:{owner}:{title}")
        for title in titles
        for owner in (depot.cast.publisher, depot.cast.rival)
    ]
    stock.receive(arrivals=more, at=depot.at, by=depot.actor)
    assert len(set(waves)) == 4
    missing = crew.run(f"{__name__}:ship_short", (waves, depot.at), workers=4)
    assert sum(missing) == 4 * 3 * 4
    assert Shortage.objects.count() == 4 * 3 * 4
    assert Movement.objects.filter(reason=Reason.SHORTAGE).exists()
    assert not findings(depot)
