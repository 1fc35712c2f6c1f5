"""Several at once, in sessions of their own, where transactions really commit."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from concurrent.futures import ThreadPoolExecutor
from functools import partial
from threading import Barrier
from time import sleep
from typing import TypeVar

import pytest
from django.db import connections, transaction

from quai.access.actions import system
from quai.core import sql
from quai.orders import actions
from quai.orders.models import Line, Order
from quai.orders.tests import scene as stage
from quai.orders.tests.scene import Scene
from quai.orders.types import Fate, InvoicedLine, OrderOutcome, Standing
from quai.stock import queries as stock

T = TypeVar("T")


@pytest.fixture
def scene(fresh_house: str) -> Scene:
    """The house, in a database where transactions commit."""
    return stage.make(system())


def together(*calls: Callable[[], T]) -> list[T]:
    """Run these at the same moment, each in its own session."""
    start = Barrier(len(calls))

    def run(call: Callable[[], T]) -> T:
        start.wait()
        try:
            return call()
        finally:
            connections.close_all()

    with ThreadPoolExecutor(len(calls)) as pool:
        return [done.result() for done in [pool.submit(run, call) for call in calls]]


def test_the_same_order_received_by_two_at_once_is_prepared_once(scene: Scene) -> None:
    scene.title("Dune", copies=9)
    for number in range(5):
        message = scene.message(f"R{number}", {"Dune": 1})
        one, two = together(
            partial(scene.receive, message, source_key=f"a{number}"),
            partial(scene.receive, message, source_key=f"b{number}"),
        )
        assert {one[0].standing, two[0].standing} == {Standing.ACCEPTED, Standing.DUPLICATE}
    assert Line.objects.count() == 5
    stage.expect_sound()


def test_the_same_file_received_by_two_at_once_is_one_file(scene: Scene) -> None:
    scene.title("Dune", copies=90)
    for number in range(5):
        messages = [scene.message(f"R{number}-{order}", {"Dune": 1}) for order in range(5)]
        file = partial(scene.receive, *messages, source_key=f"file {number}")
        one, two = together(file, file)
        assert [outcome.order_id for outcome in one] == [outcome.order_id for outcome in two]
        assert {outcome.standing for outcome in one + two} == {Standing.ACCEPTED}
        assert sorted({outcome.already_known for outcome in one + two}) == [False, True]
    assert Order.objects.count() == 25
    stage.expect_sound()


def test_two_workers_on_the_same_hot_titles_promise_each_copy_once(scene: Scene) -> None:
    titles = [f"T{number}" for number in range(8)]
    for name in titles:
        scene.title(name, copies=30)

    def worker(name: str) -> list[OrderOutcome]:
        wanted = titles if name == "a" else titles[::-1]
        return [
            outcome
            for chunk in range(6)
            for outcome in scene.receive(
                *[scene.message(f"{name}{chunk}-{n}", dict.fromkeys(wanted, 1)) for n in range(5)],
                source_key=f"{name}{chunk}",
            )
        ]

    done = together(lambda: worker("a"), lambda: worker("b"), lambda: _decide(scene, 6))
    fates = [part for found in done[:2] for outcome in found for line in outcome.lines for part in line.parts]
    assert sum(part.quantity for part in fates if part.fate is Fate.RESERVED) == 8 * 30
    assert {(pool.on_hand, pool.reserved) for pool in stock.pools(scene.cast.titles.values())} == {(30, 30)}
    stage.expect_sound()


def test_an_order_being_decided_is_left_for_the_next_wave(scene: Scene) -> None:
    scene.title("Dune", copies=1)
    outcome = scene.order("R1", {"Dune": 3})
    scene.arrive("Dune", 2)
    with transaction.atomic():
        scene.decide()
        assert together(lambda: actions.take_ready(limit=5)) == [[]]
    assert actions.take_ready(limit=5) == [outcome.order_id]
    assert scene.now(outcome) == ["3 reserved available"]


def test_an_order_waits_for_the_invoice_being_issued_and_reads_it_as_owed(scene: Scene) -> None:
    scene.title("Dune", copies=9)
    stage.limit(scene, 60)
    first = scene.order("R1", {"Dune": 3}).lines[0].line_id or 0
    stage.ship(scene, first, 3, "note_line:1")
    stage.owes(scene, 1, "invoice:0")  # what it owes has a row already, that the invoice changes
    with ThreadPoolExecutor(1) as pool:
        with transaction.atomic():
            invoiced = [InvoicedLine(first, 3, "note_line:1")]
            actions.record_invoiced(invoiced=invoiced, at=scene.at, by=scene.by)
            stage.owes(scene, 59, "invoice:1")
            second = pool.submit(together, partial(scene.order, "R2", {"Dune": 1}))
            _until_somebody_waits()
        [outcome] = second.result()
    assert stage.words(outcome.lines) == ["1 held over_limit"]
    stage.expect_sound()


def _until_somebody_waits() -> None:
    """Until another session waits for what ours has locked."""
    waiting = "SELECT FROM pg_locks WHERE NOT granted AND pg_backend_pid() = ANY (pg_blocking_pids(pid))"
    for _ in range(500):
        if sql.query(waiting):
            return
        sleep(0.01)
    raise AssertionError("nobody waits")


def _decide(scene: Scene, times: int) -> Sequence[OrderOutcome]:
    for _ in range(times):
        actions.decide(at=scene.at, by=scene.by)
    return []
