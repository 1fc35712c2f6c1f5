"""One order of twenty lines, received and confirmed, on a house with a history; and whether that history slows it."""

from __future__ import annotations

import time
from collections.abc import Mapping, Sequence
from dataclasses import replace
from statistics import median, quantiles

from django.db import transaction

from benchmarks import house
from benchmarks.works import Figure, Goal, Measure, Trial, Work, demand
from quai.access.actions import system
from quai.core.house import instant
from quai.demo import history, seasons
from quai.orders import actions as orders
from quai.orders.types import Fate, OrderMessage, Standing

LINES = 20
ORDERS = {"tiny": 10, "small": 200, "large": 500}
WARM = 10  # orders before the first that counts: plans, caches, connections
WHOLE, YOUNGER = "trial", "younger"  # copies of the house: its whole history, half of it
P95 = Goal(25, "most")
FIRST_DAY = 800  # number of the first day of the bench, after those of the history


def _run(trial: Trial) -> Mapping[str, Figure]:
    bench = house.opened(trial.size)
    count = ORDERS[trial.size]
    middles, worst, empties, younger = list[float](), list[float](), list[float](), list[float]()
    with house.copy(bench, bench.stages[1], name=YOUNGER), house.copy(bench, bench.whole, name=WHOLE):
        shelf = history.Shelf(bench.world)
        for number in range(trial.rounds):
            house.reconnect(YOUNGER)
            younger.append(median(_round(shelf, FIRST_DAY + number, count)[0]))
            house.reconnect(WHOLE)
            taken, empty = _round(shelf, FIRST_DAY + number, count)
            middles.append(median(taken))
            worst.append(quantiles(taken, n=20, method="inclusive")[-1])
            empties.append(median(empty))
    size = f"{count:,} orders after {bench.lines:,} lines"
    p50, p95, empty_ms = median(middles), median(worst), median(empties)
    grown = median(one / other for one, other in zip(middles, younger, strict=True))
    return {
        "order_20": Figure(p95, size, empty_ms, p95 / empty_ms),
        "order_20_p50": Figure(p50, size, empty_ms, p50 / empty_ms),
        "order_20_growth": Figure(grown, f"p50 {size} over {bench.lines // 2:,}", 1.0, grown),
    }


def _round(shelf: history.Shelf, number: int, count: int) -> tuple[list[float], list[float]]:
    """Milliseconds of each order, and of as many empty transactions in between."""
    by = system()
    day = seasons.Day(shelf.world.day, number, 0)
    messages = _orders(shelf, day, count + WARM)
    history.restock(shelf, messages, day=day, by=by)
    taken, empty = [], []
    for message in messages:
        started = time.perf_counter()
        [outcome] = orders.receive(
            messages=[message], channel="bench", source_key=f"bench:{number}", at=instant(day.on, 9), by=by
        )
        taken.append((time.perf_counter() - started) * 1_000)
        fates = {part.fate for line in outcome.lines for part in line.parts}
        demand(
            outcome.standing is Standing.ACCEPTED and fates == {Fate.RESERVED}, f"{outcome} is not confirmed"
        )
        demand(len(outcome.lines) == len(message.lines), "a line of the order has no fate")
        started = time.perf_counter()
        with transaction.atomic():
            pass
        empty.append((time.perf_counter() - started) * 1_000)
    return taken[WARM:], empty[WARM:]


def _orders(shelf: history.Shelf, day: seasons.Day, count: int) -> Sequence[OrderMessage]:
    """Orders of exactly twenty lines, of customers whose lines nothing holds."""
    drawn = seasons.orders(
        shelf.world, day._replace(lines=2 * LINES * (count + 3)), customers=seasons.plain(shelf.world)
    )
    lines = [line for message in drawn for line in message.lines]
    found = []
    for number, message in enumerate(drawn[:count]):
        titles = {line.gtin: line for line in lines[number * LINES : (number + 5) * LINES]}
        found.append(replace(message, lines=tuple(titles.values())[:LINES]))
    return found


WORKS = [
    Work(
        (
            Measure(
                "order_20",
                f"an order of {LINES} lines, received → confirmed, p95",
                "ms",
                Goal(25, "most"),
                "empty transaction",
            ),
            Measure("order_20_p50", "the same, p50", "ms", None, "empty transaction"),
            Measure("order_20_growth", "the same, as history grows", "×", Goal(1.2, "most"), "no growth"),
        ),
        _run,
    )
]
