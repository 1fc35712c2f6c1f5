"""Where the time of a stretch of work goes, by named statement; what is left is Python and the network."""

from __future__ import annotations

import time
from collections.abc import Callable, Iterable, Iterator, Sequence
from contextlib import contextmanager
from functools import cache
from typing import Any, NamedTuple
from unittest import mock

from django.db import connection
from rich.table import Table

from quai.core import sql


class Cost(NamedTuple):
    """What one statement cost."""

    name: str
    calls: int
    seconds: float


class Ledger:
    """The costs met so far."""

    def __init__(self) -> None:
        self.seconds: dict[str, float] = {}
        self.calls: dict[str, int] = {}
        self.whole = 0.0

    def add(self, name: str, seconds: float) -> None:
        """Note a call."""
        self.seconds[name] = self.seconds.get(name, 0.0) + seconds
        self.calls[name] = self.calls.get(name, 0) + 1

    def costs(self) -> list[Cost]:
        """Every statement met, the dearest first, and what was spent outside them."""
        found = [Cost(name, self.calls[name], seconds) for name, seconds in self.seconds.items()]
        outside = Cost("outside statements", 1, self.whole - sum(self.seconds.values()))
        return sorted([*found, outside], key=lambda cost: -cost.seconds)

    def table(self, title: str, *, shown: int = 25) -> Table:
        """The dearest statements, for people."""
        table = Table("statement", "calls", "seconds", "share", title=title)
        for cost in self.costs()[:shown]:
            share = f"{cost.seconds / self.whole:.1%}" if self.whole else ""
            table.add_row(cost.name, str(cost.calls), f"{cost.seconds:.3f}", share)
        return table


@contextmanager
def timed() -> Iterator[Ledger]:
    """Time every statement that this process sends through Django meanwhile, COPY included."""
    ledger = Ledger()
    copied = sql.copy_in

    def execute(run: Callable[..., Any], statement: str, given: Any, many: bool, context: Any) -> Any:
        started = time.perf_counter()
        try:
            return run(statement, given, many, context)
        finally:
            ledger.add(_name(statement), time.perf_counter() - started)

    def copy_in(table: str, columns: Sequence[str], records: Iterable[Sequence[Any]], **more: str) -> None:
        started = time.perf_counter()
        copied(table, columns, records, **more)
        ledger.add(f"COPY {table}", time.perf_counter() - started)

    started = time.perf_counter()
    with connection.execute_wrapper(execute), mock.patch.object(sql, "copy_in", copy_in):
        yield ledger
    ledger.whole = time.perf_counter() - started


def _name(statement: str) -> str:
    """The file of a statement, by the sentence it begins with; else its first words."""
    first = statement.lstrip().split("\n", 1)[0]
    return _files().get(first) or " ".join(statement.split()[:5])[:60]


@cache
def _files() -> dict[str, str]:
    files = sorted(sql.PACKAGES.glob("*/sql/*.sql"))
    return {
        file.read_text(encoding="utf-8").split("\n", 1)[0]: f"{file.parent.parent.name}/{file.name}"
        for file in files
    }
