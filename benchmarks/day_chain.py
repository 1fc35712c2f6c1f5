"""The whole chain on two years of history, beside what COPY takes to write the very same rows."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from concurrent.futures import Executor, ProcessPoolExecutor
from contextlib import contextmanager
from multiprocessing import get_context
from statistics import median
from typing import NamedTuple

from benchmarks import chain, house, rows, statements, worker
from benchmarks.house import House
from benchmarks.rows import Written
from benchmarks.works import Figure, Goal, Measure, Trial, Work, demand, seconds
from quai.demo import history

LINES = {"tiny": 60, "small": 20_000, "large": 100_000}
WARM = {"tiny": 40, "small": 2_000, "large": 5_000}
PROCESSES = 2
SAME = "COPY, same tables"
TRIAL, YOUNGER = "trial", "younger"  # copies of the house: its whole history, half of it
COPIED = "copied"  # and the one that takes the rows in by COPY


class Taken(NamedTuple):
    """Seconds of each round."""

    whole: list[float]  # the day in one process, after the whole history
    younger: list[float]  # the same after half of it
    same: list[float]  # its rows by COPY into the same tables
    bare: list[float]  # into tables with nothing but columns


def _run(trial: Trial) -> Mapping[str, Figure]:
    bench = house.opened(trial.size)
    lines = LINES[trial.size]
    size = f"{lines:,} lines after {bench.lines:,}"
    one = _one_process(bench, lines, trial)
    both = median(_two_processes(bench, lines, trial))
    speed, same, bare = (lines / median(taken) for taken in (one.whole, one.same, one.bare))
    beside_same = Figure(speed, size, same, _ratio(one.same, one.whole))
    grown = _ratio(one.whole, one.younger)
    twice = PROCESSES * speed
    return {
        "day_chain": beside_same,
        "day_chain_copy": beside_same,
        "day_chain_bare": Figure(speed, size, bare, _ratio(one.bare, one.whole)),
        "day_chain_two": Figure(lines / both, size, twice, lines / both / twice),
        "day_chain_growth": Figure(grown, f"{size} over {bench.lines // 2:,}", 1.0, grown),
    }


def _ratio(some: Sequence[float], others: Sequence[float]) -> float:
    """How much longer some took than others, round by round."""
    return median(one / other for one, other in zip(some, others, strict=True))


def _one_process(bench: House, lines: int, trial: Trial) -> Taken:
    """Play days in turn on the whole history and on half of it, and copy the rows of the first."""
    taken = Taken([], [], [], [])
    with (
        house.copy(bench, bench.stages[1], name=YOUNGER),
        house.copy(bench, bench.whole, name=COPIED),
        house.copy(bench, bench.whole, name=TRIAL),
    ):
        shelf = history.Shelf(bench.world)
        settled = _settled(bench)
        for number in range(trial.rounds + 1):  # the first warms plans and caches, and does not count
            count = lines if number else WARM[trial.size]
            house.reconnect(TRIAL)
            before, second, written = _day(bench, shelf, number, count)
            house.reconnect(COPIED)
            rows.copied(before if number else [*settled, *before])
            copied, bare = rows.copied(written), rows.copied_bare(written)
            house.reconnect(YOUNGER)
            _, younger, _ = _day(bench, shelf, number, count)
            if number:
                for column, figure in zip(taken, (second, younger, copied, bare), strict=True):
                    column.append(figure)
        if trial.statements:
            house.reconnect(TRIAL)
            _tell_statements(bench, shelf, trial.rounds + 1, lines)
    return taken


def _settled(bench: House) -> list[Written]:
    """Settle both histories; the rows that this wrote in the whole one."""
    house.reconnect(YOUNGER)
    chain.settle(bench)
    house.reconnect(TRIAL)
    mark = rows.marks()
    chain.settle(bench)
    return rows.newer(mark)


def _day(
    bench: House, shelf: history.Shelf, number: int, lines: int
) -> tuple[list[Written], float, list[Written]]:
    """The rows that prepare a day, the seconds it takes in one process, the rows it writes."""
    start = rows.marks()
    files = chain.letters(bench, shelf, number, lines)
    before, mark = rows.newer(start), rows.marks()
    taken = seconds(lambda: chain.alone(bench, files))
    written = rows.newer(mark)
    _prove(written, lines)
    return before, taken, written


def _two_processes(bench: House, lines: int, trial: Trial) -> list[float]:
    """Seconds of the day in two processes."""
    taken = []
    with house.copy(bench, bench.whole) as database, _processes(bench, database) as processes:
        chain.settle(bench)
        shelf = history.Shelf(bench.world)
        for number in range(trial.rounds + 1):
            files = chain.letters(bench, shelf, number, lines if number else WARM[trial.size])
            mark = rows.marks()
            second = seconds(lambda files=files: chain.shared(bench, files, processes, PROCESSES))  # type: ignore[misc]
            _prove(rows.newer(mark), lines if number else WARM[trial.size])
            if number:
                taken.append(second)
    return taken


@contextmanager
def _processes(bench: House, database: str) -> Iterator[Executor]:
    """Processes connected to this database; started anew, for a server connection does not survive a fork."""
    with ProcessPoolExecutor(
        PROCESSES, mp_context=get_context("spawn"), initializer=worker.begin, initargs=(bench.home, database)
    ) as processes:
        yield processes


def _prove(written: Sequence[Written], lines: int) -> None:
    """What came in went out: every line on a note and on an invoice, every invoice with its entry."""
    count = {one.table: one.rows for one in written}
    demand(count["orders_line"] == lines, f"{lines} lines in the files, {count['orders_line']} received")
    demand(count["warehouse_note_line"] == lines, f"{lines} lines, {count['warehouse_note_line']} delivered")
    demand(count["billing_invoice_line"] >= lines, f"{lines} lines, {count['billing_invoice_line']} invoiced")
    notes, covered = count["warehouse_note"], count["billing_invoice_note"]
    demand(notes == covered, f"{notes} notes closed, {covered} invoiced")
    issued, posted = count["billing_issue"], count["accounts_entry"]
    demand(issued == posted, f"{issued} invoices issued, {posted} entries posted")


def _tell_statements(bench: House, shelf: history.Shelf, number: int, lines: int) -> None:
    files = chain.letters(bench, shelf, number, lines)
    mark = rows.marks()
    with statements.timed() as ledger:
        chain.alone(bench, files)
    written = rows.newer(mark)
    house.notes.print(
        ledger.table(
            f"{lines:,} lines in {ledger.whole:.2f} s, {rows.total(written) / lines:.1f} rows a line"
        )
    )
    told = ", ".join(
        f"{one.table} {one.rows / lines:.2f}" for one in sorted(written, key=lambda one: -one.rows)
    )
    house.notes.print(f"[dim]rows a line: {told}[/dim]")


WORKS = [
    Work(
        (
            Measure(
                "day_chain",
                "a day, files → entries, one process",
                "lines/s",
                Goal(4_000, "least"),
                "COPY, same tables",
            ),
            Measure(
                "day_chain_copy",
                "the same beside COPY",
                "lines/s",
                Goal(0.7, "least", "ratio"),
                "COPY, same tables",
            ),
            Measure("day_chain_bare", "the same beside bare COPY", "lines/s", None, "COPY, bare tables"),
            Measure(
                "day_chain_two",
                "the same in two processes",
                "lines/s",
                Goal(6_400, "least"),
                "twice one process",
            ),
            Measure("day_chain_growth", "the same, as history grows", "×", Goal(1.2, "most"), "no growth"),
        ),
        _run,
    )
]
