"""`quai verify` on the whole history, beside one look at every row."""

from __future__ import annotations

from collections.abc import Mapping

from django.db import connection, transaction

from benchmarks import house
from benchmarks.works import Figure, Goal, Measure, Trial, Work, beside, demand, seconds
from quai.core import schema
from quai.relief import verify


def _run(trial: Trial) -> Mapping[str, Figure]:
    bench = house.opened(trial.size)
    with house.copy(bench, bench.whole):
        verify.seal()
        figure = beside(
            lambda: seconds(lambda: _verify(tell=trial.statements)),
            lambda: seconds(_look),
            rounds=trial.rounds,
            size=f"{bench.lines:,} lines",
        )
    return {"verify": figure}


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
    Work((Measure("verify", "quai verify", "s", Goal(60, "most"), "each table read once"),), _run),
]
