"""What a work is, and how a figure is taken beside its limit."""

from __future__ import annotations

import time
from collections.abc import Callable, Mapping
from dataclasses import asdict, dataclass
from statistics import median
from typing import Any, Literal, NamedTuple


class WrongResult(Exception):  # noqa: N818 - what the bench found, not a fault of the bench
    """A work did not do what it should: its time means nothing."""


class Trial(NamedTuple):
    """How a bench is run: the size of its data, how often each figure is taken."""

    size: str  # tiny, small, large
    rounds: int
    statements: bool = False  # also tell which statements the time went to


class Goal(NamedTuple):
    """What a figure, or its ratio to the limit, should be."""

    bound: float
    at: Literal["least", "most"]
    of: Literal["value", "ratio"] = "value"

    def holds(self, figure: Figure) -> bool:
        """Say whether the figure reaches it."""
        found = figure.value if self.of == "value" else figure.ratio
        if found is None:
            return False
        return found >= self.bound if self.at == "least" else found <= self.bound

    def __str__(self) -> str:
        sign = "≥" if self.at == "least" else "≤"
        return f"{sign} {_plain(self.bound)}" + (" of the limit" if self.of == "ratio" else "")


def _plain(number: float) -> str:
    return f"{number:,.0f}" if number >= 100 else f"{number:.3g}"


class Figure(NamedTuple):
    """A figure beside its limit, in the same unit; `size` says on how much it was taken."""

    value: float
    size: str
    limit: float | None = None
    ratio: float | None = None


@dataclass(frozen=True, slots=True)
class Measure:
    """A line of the table."""

    key: str  # as in the reference of the bench; those of one work begin alike
    what: str
    unit: str
    goal: Goal | None = None
    limited_by: str = ""


@dataclass(frozen=True, slots=True)
class Work:
    """Something measured: `run` gives a figure for each of the measures that apply at this size.

    :raises WrongResult: what came out is not what went in.
    """

    measures: tuple[Measure, ...]
    run: Callable[[Trial], Mapping[str, Figure]]


@dataclass(frozen=True, slots=True)
class Row:
    """A row of the answer, for people and programs."""

    work: str
    size: str
    value: float
    unit: str
    limit: float | None
    ratio: float | None
    goal: str | None
    holds: bool | None  # None: no goal

    def as_json(self) -> dict[str, Any]:
        """The row for programs."""
        return asdict(self)


def rows(work: Work, trial: Trial) -> list[Row]:
    """Run a work and give its rows."""
    figures = work.run(trial)
    return [row(measure, figures[measure.key]) for measure in work.measures if measure.key in figures]


def row(measure: Measure, figure: Figure) -> Row:
    """One row."""
    goal = measure.goal
    return Row(
        measure.key,
        figure.size,
        figure.value,
        measure.unit,
        figure.limit,
        figure.ratio,
        str(goal) if goal else None,
        goal.holds(figure) if goal else None,
    )


def seconds(play: Callable[[], object]) -> float:
    """How long this takes."""
    started = time.perf_counter()
    play()
    return time.perf_counter() - started


def beside(work: Callable[[], float], limit: Callable[[], float], *, rounds: int, size: str) -> Figure:
    """Take a figure and its limit in turn, so that a busy machine slows both; medians, and the median ratio."""
    pairs = [(work(), limit()) for _ in range(rounds)]
    values, limits = zip(*pairs, strict=True)
    return Figure(median(values), size, median(limits), median(value / beside for value, beside in pairs))


def demand(condition: bool, said: str) -> None:
    """Hold a result to what it must be.

    :raises WrongResult: it is not.
    """
    if not condition:
        raise WrongResult(said)
