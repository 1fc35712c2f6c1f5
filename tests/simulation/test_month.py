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
from quai.relief import verify
from tests.simulation.month import DAYS, Month

SEEDS = [int(seed) for seed in os.environ.get("QUAI_SEEDS", "1").split(",")]
NEVER = 10**9
KILLED = 0.6  # of the days
FIRST_GUESS = 400  # statements of a day, before one was played


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
    killed = 0
    with house(fresh_house, tmp_path, seed) as playing:
        for day in range(DAYS):
            chance = month.draw(day, "kill")
            moment = chance.randrange(1, playing.statements) if chance.random() < KILLED else NEVER
            if not playing.play(day, dies_at=moment):
                killed += 1
                playing.play(day)
            findings = [str(finding) for verdict in verify.verify() for finding in verdict.findings]
            assert findings == [], f"seed {seed}, day {day} ({month.on(day)}), killed at {moment}"
    print(f"seed {seed}: {DAYS} days, {killed} killed")
