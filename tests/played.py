"""A small house that has played its day: the ground on which whole-house tests stand."""

from __future__ import annotations

from datetime import date
from pathlib import Path

import pytest

from quai.access.actions import system
from quai.demo import day
from quai.demo.world import World
from quai.relief import verify

DAY = date(2026, 11, 20)


def play(home: Path, *, seed: int = 1) -> None:
    """Play the tiny day in the database that Django is connected to."""
    day.play(World(size="tiny", seed=seed, day=DAY), home, by=system(), step_done=lambda _: verify.seal())


@pytest.fixture
def played_house(fresh_house: str, tmp_path: Path) -> str:
    """The name of a database in which the day was played, every fact sealed."""
    play(tmp_path)
    return fresh_house
