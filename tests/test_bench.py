"""The bench measures: every work runs at its smallest size, proves its result, and gives the rows it promises."""

from __future__ import annotations

import json
import os
import subprocess
import sys
from pathlib import Path
from typing import Any

import pytest

from benchmarks import registry
from benchmarks.works import Figure, Goal, Measure, Trial, Work, WrongResult, beside, demand, row, rows

ROOT = Path(__file__).resolve().parents[1]
SHAPE = {"work", "size", "value", "unit", "limit", "ratio", "goal", "holds"}


@pytest.fixture(scope="module")
def bench() -> list[dict[str, Any]]:
    """The rows of a whole bench at its smallest size."""
    command = [sys.executable, "-P", "-m", "benchmarks", "--size", "tiny", "--rounds", "1", "--json"]
    environment = os.environ | {"PYTHONPATH": str(ROOT)}
    done = subprocess.run(command, cwd=ROOT, env=environment, capture_output=True, text=True, check=False)
    assert done.returncode == 0, done.stderr
    found: list[dict[str, Any]] = json.loads(done.stdout)["rows"]
    return found


def test_every_measure_has_its_row(bench: list[dict[str, Any]]) -> None:
    promised = [measure.key for work in registry.works() for measure in work.measures]
    assert [found["work"] for found in bench] == promised
    assert len(set(promised)) == len(promised)


def test_every_row_has_the_documented_shape(bench: list[dict[str, Any]]) -> None:
    for found in bench:
        assert set(found) == SHAPE
        assert found["value"] > 0
        assert (found["limit"] is None) == (found["ratio"] is None)
        assert (found["goal"] is None) == (found["holds"] is None)


def test_a_figure_is_the_median_beside_the_median_of_its_limit() -> None:
    values, limits = iter([10.0, 30.0, 20.0]), iter([40.0, 40.0, 80.0])
    figure = beside(lambda: next(values), lambda: next(limits), rounds=3, size="3 things")
    assert figure == Figure(20.0, "3 things", 40.0, 0.25)


def test_a_goal_is_of_the_value_or_of_the_ratio() -> None:
    figure = Figure(value=50.0, size="", limit=100.0, ratio=0.5)
    assert Goal(50, "least").holds(figure)
    assert not Goal(60, "least").holds(figure)
    assert Goal(0.5, "most", "ratio").holds(figure)
    assert not Goal(0.6, "least", "ratio").holds(figure)
    assert not Goal(0.6, "least", "ratio").holds(figure._replace(ratio=None))


def test_a_missed_goal_is_only_told() -> None:
    measure = Measure("key", "what", "unit/s", Goal(2, "least"))
    told = row(measure, Figure(1.0, "one"))
    assert (told.goal, told.holds) == ("≥ 2", False)


def test_a_wrong_result_is_not_a_figure() -> None:
    def run(_: Trial) -> dict[str, Figure]:
        demand(False, "one line in, none out")
        return {}

    with pytest.raises(WrongResult, match="none out"):
        rows(Work((), run), Trial("tiny", 1))
