"""A month of a tiny house, seeded: files duplicated, late and cut short, days killed; after each day, every check."""

from __future__ import annotations

import json
import os
import subprocess
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import pytest

from conftest import HOME, ROOT
from quai.accounts import queries as accounts
from quai.core import sql
from quai.relief import verify
from tests.sealing import seal_everything
from tests.simulation.auditor import Auditor
from tests.simulation.month import DAYS, Month

SEEDS = [int(seed) for seed in os.environ.get("QUAI_SEEDS", "1").split(",")]
FULL = 1  # the seed of every run, whose month is known to have something of everything
NEVER = 10**9
FIRST_GUESS = 400  # statements of a day, before one was played

TALLY = """
    SELECT (SELECT count(*) FROM orders_order WHERE standing = 'accepted') AS orders,
           (SELECT count(*) FROM orders_order WHERE standing = 'duplicate') AS duplicates,
           (SELECT count(*) FROM orders_order WHERE standing = 'needs_person') AS needs_person,
           (SELECT count(*) FROM exchange_redelivery) AS redeliveries,
           (SELECT count(*) FROM orders_line_move WHERE to_fate = 'cancelled') AS cancellations,
           (SELECT count(*) FROM orders_line_move WHERE to_fate = 'held') AS held,
           (SELECT count(*) FROM orders_line_move WHERE from_fate = 'held' AND to_fate = 'reserved') AS freed,
           (SELECT count(*) FROM orders_line_move WHERE from_fate = 'backordered' AND to_fate = 'reserved') AS served,
           (SELECT count(*) FROM orders_line WHERE free_with_id IS NOT NULL) AS free_copies,
           (SELECT count(*) FROM stock_count WHERE difference <> 0) AS differences,
           (SELECT count(*) FROM warehouse_shortage) AS shortages,
           (SELECT count(*) FROM warehouse_pick k JOIN stock_resolution x ON x.reservation_id = k.reservation_id
             WHERE x.taken = 0 AND x.reason <> '') AS withdrawn_picks,
           (SELECT count(*) FROM orders_line_move WHERE to_fate = 'grouped') AS grouped,
           (SELECT count(*) FROM warehouse_note) AS notes,
           (SELECT count(*) FROM warehouse_reopening) AS reopened,
           (SELECT count(*) FROM billing_invoice WHERE type_code = '380') AS invoices,
           (SELECT count(*) FROM billing_invoice WHERE type_code = '381') AS credit_notes,
           (SELECT count(*) FROM (SELECT FROM billing_invoice_note
                                   GROUP BY invoice_id HAVING count(*) > 1) i) AS of_periods,
           (SELECT count(*) FROM billing_rendition WHERE profile <> 'simulation') AS pages,
           (SELECT count(*) FROM catalogue_price) AS prices,
           (SELECT count(*) FROM billing_invoice_line WHERE product_id IS NULL) AS carriages,
           (SELECT count(DISTINCT (kind, year)) - 3 FROM core_numbered) AS series_of_the_new_year
"""
SERIES = """
    SELECT kind, year, count(*) AS numbers, min(number) AS first, max(number) AS last
      FROM core_numbered GROUP BY issuer_id, node, kind, year
"""


class House:
    """The process that plays the days."""

    def __init__(self, process: subprocess.Popen[str], seed: int) -> None:
        self.process, self.seed, self.statements = process, seed, FIRST_GUESS

    def play(self, day: int, *, dies_at: int = NEVER) -> bool:
        """Play a day; True if it came to its end."""
        assert self.process.stdin is not None
        assert self.process.stdout is not None
        self.process.stdin.write(f"{day} {dies_at}\n")
        self.process.stdin.flush()
        told = json.loads(self.process.stdout.readline())
        if told["code"] == -9 and dies_at < NEVER:
            return False
        assert told["code"] == 0, f"seed {self.seed}, day {day}, to die at {dies_at}: {told['said']}"
        self.statements = int(told["said"])
        return True


@contextmanager
def house(database: str, home: Path, seed: int) -> Iterator[House]:
    command = [sys.executable, "-m", "tests.simulation.runner", database, str(HOME), str(home), str(seed)]
    with subprocess.Popen(
        command, cwd=ROOT, stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True
    ) as process:
        yield House(process, seed)
        assert process.stdin is not None
        process.stdin.close()


@pytest.mark.parametrize("seed", SEEDS)
def test_a_month_comes_out_whole(seed: int, fresh_house: str, tmp_path: Path) -> None:
    month = Month(seed)
    auditor = Auditor(month, tmp_path)
    kills = 0
    with house(fresh_house, tmp_path, seed) as playing:
        for day in range(DAYS):
            moments = _deaths(month, day, playing.statements)
            kills += sum(not playing.play(day, dies_at=moment) for moment in moments)
            playing.play(day)
            findings = [*_checks(), *auditor.findings(day)]
            assert findings == [], f"seed {seed}, day {day} ({month.on(day)}), killed at {moments}"
    print(f"seed {seed}: {DAYS} days, {kills} kills, {_tally()}")
    if seed == FULL:
        _expect_a_full_month()
    _expect_a_sound_end(month)


def _deaths(month: Month, day: int, statements: int) -> list[int]:
    """At which statements the day is killed, before it is played to its end."""
    chance = month.draw(day, "kill")
    times = chance.choices([0, 1, 2, 3], [15, 35, 30, 20])[0]
    return [chance.randrange(1, statements) for _ in range(times)]


def _checks() -> list[str]:
    return [str(finding) for verdict in verify.verify() for finding in verdict.findings]


def _tally() -> dict[str, int]:
    return sql.query(TALLY)[0]._asdict()  # type: ignore[no-any-return]


def _expect_a_full_month() -> None:
    """A simulator where nothing goes wrong any more would find nothing any more."""
    assert [what for what, times in _tally().items() if not times] == []


def _expect_a_sound_end(month: Month) -> None:
    """Every fact is sealed, every cache made again is the same, every account and every series holds."""
    seal_everything(verify.sealed())
    before = _caches()
    verify.rebuild()
    assert _caches() == before
    assert _checks() == []
    balances = accounts.trial_balance(on=month.on(DAYS))
    assert balances
    assert sum(row.balance for row in balances) == 0
    assert [row for row in sql.query(SERIES) if row.numbers != row.last or row.first != 1] == []


def _caches() -> dict[str, list[str]]:
    """Every row of every cache, as text."""
    tables = [cache.table for package in verify.packages() for cache in package.CACHES]
    return {
        table: sorted(row.text for row in sql.query(f"SELECT t::text AS text FROM {table} t"))
        for table in tables
    }
