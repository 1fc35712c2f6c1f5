"""Sealing a whole history, proving it (beside one look at every row), making its caches again."""

from __future__ import annotations

import time
from collections.abc import Mapping
from statistics import median

from django.db import connection, transaction

from benchmarks import house
from benchmarks.works import Figure, Goal, Measure, Trial, Work, beside, demand, seconds
from quai.core import schema
from quai.relief import verify


def _run(trial: Trial) -> Mapping[str, Figure]:
    bench = house.opened(trial.size)
    size = f"{bench.lines:,} lines"
    with house.copy(bench, bench.whole) as copy:
        sealed = Figure(median(_sealed_anew(bench, copy) for _ in range(trial.rounds)), size)
        whole = beside(
            lambda: seconds(lambda: _verify(tell=trial.statements)),
            lambda: seconds(_look),
            rounds=trial.rounds,
            size=size,
        )
        rebuilt = Figure(median(seconds(verify.rebuild) for _ in range(trial.rounds)), size)
        _verify(tell=False)
    return {"verify": whole, "verify_rebuild": rebuilt, "verify_seal": sealed}


def _sealed_anew(bench: house.House, copy: str) -> float:
    """Facts sealed in a second; seals of a history made before their form changed are forgotten with the others."""
    house.forget_seals(bench, copy)
    started = time.perf_counter()
    facts = verify.seal()
    return facts / (time.perf_counter() - started)


def _verify(*, tell: bool) -> None:
    verdicts = list(verify.verify())
    found = [finding for verdict in verdicts for finding in verdict.findings]
    demand(not found, f"the books are not whole: {found[:3]}")
    if tell:
        dearest = sorted(verdicts, key=lambda verdict: -verdict.seconds)[:12]
        told = ", ".join(f"{verdict.code} {verdict.seconds:.1f}" for verdict in dearest)
        house.notes.print(f"[dim]verify, seconds: {told}[/dim]")


def _look() -> None:
    """Read every row of every table once, in the order it lies."""
    with transaction.atomic(), connection.cursor() as cursor:
        for way in ("indexscan", "indexonlyscan", "bitmapscan"):
            cursor.execute(f"SET LOCAL enable_{way} = off")
        for model in schema.tables():
            cursor.execute(f"SELECT count(*) FROM {model._meta.db_table}")


WORKS = [
    Work(
        (
            Measure("verify", "quai verify", "s", Goal(60, "most"), "each table read once"),
            Measure("verify_rebuild", "every cache made again from facts", "s"),
            Measure("verify_seal", "a whole history sealed", "facts/s"),
        ),
        _run,
    ),
]
