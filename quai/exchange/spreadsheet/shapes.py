"""How a list is described, recognised by its head, and read row by row. No database here.

A list is a literal: its columns, those that make it known, and the verb its rows are for. Columns are matched by
name, in any order; a row that cannot be read has its answer and the others go on.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date, datetime
from itertools import groupby
from typing import Any, NamedTuple

from stdnum import ean, luhn

from quai.access.types import Actor
from quai.core import house
from quai.exchange.spreadsheet import cells
from quai.exchange.spreadsheet.read import TextRow, folded_name

ERASE = "-"  # what a person writes to take away what was said before


@dataclass(frozen=True, slots=True)
class Column:
    """A column: its name in the code, those it is known by (the first is shown to people), how a cell is read.

    `required`: no row without it. `memo`: there for whoever reads the list, and not read.
    """

    key: str
    names: tuple[str, ...]
    read: cells.Reader = str
    required: bool = False
    memo: bool = False


class Row(NamedTuple):
    """One row as read. A cell that says nothing has no value; one that erases has None."""

    number: int
    values: dict[str, Any]

    def said(self, key: str, otherwise: Any = None, *, erased: Any = None) -> Any:
        """What the row says; `otherwise` when it says nothing, `erased` when it takes away."""
        if key not in self.values:
            return otherwise
        value = self.values[key]
        return erased if value is None else value


class RowProblem(NamedTuple):
    """What a person should know of a row; an error keeps it out. `message` is a whole French sentence."""

    severity: str
    row: int
    message: str


class Match(NamedTuple):
    """How the head of a file fits a list: places by column, and what does not fit, as people call it."""

    places: dict[str, int]
    missing: tuple[str, ...]
    doubled: tuple[str, ...]
    unread: tuple[str, ...]


@dataclass(slots=True)
class Entry:
    """The rows of one list on their way in: verbs take those left, the others have their answer."""

    shape: Shape
    message_id: int
    at: datetime
    by: Actor
    slip: str = ""  # the reference given for arrivals, when the list itself says none
    read: list[Row] = field(default_factory=list)
    lame: bool = False  # some rows of the file could not be read at all
    problems: list[RowProblem] = field(default_factory=list)
    refused: set[int] = field(default_factory=set)
    known: set[int] = field(default_factory=set)  # rows that entered by another list: nothing is redone
    copies: int = 0

    @property
    def rows(self) -> list[Row]:
        """The rows that nothing keeps out so far."""
        return [row for row in self.read if row.number not in self.refused]

    @property
    def today(self) -> date:
        """The day from which a row holds that does not say any."""
        return house.day(self.at)

    def refuse(self, row: Row, key: str, sentence: str) -> None:
        """Keep a row out, and say which column is why."""
        self.refused.add(row.number)
        self.problems.append(RowProblem("error", row.number, f"{self._of(key)}{sentence}"))

    def warn(self, row: Row, key: str, sentence: str) -> None:
        """Let a row in, and say what should be looked at."""
        self.problems.append(RowProblem("warning", row.number, f"{self._of(key)}{sentence}"))

    def by_day(self) -> Iterator[tuple[date, list[Row]]]:
        """The rows by the day from which they hold, in order: verbs take one day at a time."""

        def day(row: Row) -> date:
            found: date = row.said("from") or self.today
            return found

        for on, rows in groupby(sorted(self.rows, key=day), key=day):
            yield on, list(rows)

    def _of(self, key: str) -> str:
        return f"{self.shape.named(key)} : " if key else ""


@dataclass(frozen=True, slots=True)
class Shape:
    """A list: `marks` are the columns that make it known, with one at least of `any_of`.

    `key`: two rows that agree on these say the same thing twice, and the second is refused. `whole`: a row is
    judged with the others, so a list that entered in part is all read again.
    """

    kind: str
    title: str
    columns: tuple[Column, ...]
    marks: tuple[str, ...]
    enter: Callable[[Entry], None]
    any_of: tuple[str, ...] = ()
    key: tuple[str, ...] = ()
    whole: bool = False

    def named(self, key: str) -> str:
        """A column as sentences name it."""
        return f"Colonne « {self._shown(key)} »"

    def match(self, head: Sequence[str]) -> Match:
        """Fit a head, already folded, to this list."""
        known = {folded_name(name): column.key for column in self.columns for name in column.names}
        places: dict[str, int] = {}
        doubled = []
        for place, name in enumerate(head):
            key = known.get(name)
            if key in places:
                doubled.append(self._shown(key))
            elif key:
                places[key] = place
        missing = [self._shown(key) for key in self.marks if key not in places]
        if self.any_of and not places.keys() & set(self.any_of):
            missing.append(" ou ".join(self._shown(key) for key in self.any_of[:2]))
        unread = (name for name in head if name and name not in known)
        return Match(places, tuple(missing), tuple(doubled), tuple(unread))

    def _shown(self, key: str) -> str:
        return next(column.names[0] for column in self.columns if column.key == key)


def recognise(head: Sequence[str], shapes: Iterable[Shape]) -> tuple[Shape, Match] | None:
    """Name the list that a head is.

    :returns: of the lists whose marks are all there, the one that knows most of the columns; else the one most
        like it, with what is missing; None when fewer than two columns are those of a list.
    """
    matches = [(shape, shape.match(head)) for shape in shapes]
    alike = [one for one in matches if len(one[1].places) > 1]
    return max(alike, key=lambda one: (not one[1].missing, len(one[1].places)), default=None)


def read_row(shape: Shape, places: Mapping[str, int], text: TextRow) -> tuple[Row, list[RowProblem]]:
    """Read the cells of a row, with every problem of it."""
    row = Row(text.number, {})
    problems: list[RowProblem] = []
    for column in shape.columns:
        cell = text.cells[places[column.key]] if column.key in places and not column.memo else ""
        of = shape.named(column.key)
        if cell == ERASE and not column.required:
            row.values[column.key] = None
        elif cell:
            try:
                row.values[column.key] = column.read(cell)
            except cells.CellError as why:
                problems.append(RowProblem("error", row.number, f"{of} : {why}"))
                continue
            doubts = _doubts(column, row.values[column.key])
            problems += [RowProblem("warning", row.number, f"{of} : {doubt}") for doubt in doubts]
        elif column.required:
            problems.append(RowProblem("error", row.number, f"{of} : la case est vide."))
    return row, problems


def repeats(shape: Shape, rows: Iterable[Row]) -> Iterator[RowProblem]:
    """Answer the rows that say again, or otherwise, what a row above says."""
    first: dict[tuple[Any, ...], int] = {}
    for row in rows if shape.key else ():
        before = first.setdefault(tuple(row.said(name) or "" for name in shape.key), row.number)
        if before != row.number:
            named = " et ".join(f"« {shape._shown(name)} »" for name in shape.key)
            yield RowProblem(
                "error",
                row.number,
                f"Colonne {named} : la ligne {before} en parle déjà ; celle-ci n’entre pas.",
            )


def _doubts(column: Column, value: Any) -> Iterator[str]:
    """Numbers whose key is wrong: the trade is full of them, so they warn and never refuse."""
    if column.read in (cells.code13, cells.codes13):
        for code in (value,) if isinstance(value, str) else value:
            if ean.calc_check_digit(code[:-1]) != code[-1]:
                yield f"la clé de {code} est fausse ; la ligne entre."
    elif column.key == "siren" and not luhn.is_valid(value):
        yield f"la clé du SIREN {value} est fausse ; la ligne entre."
