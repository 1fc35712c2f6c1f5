"""What a command prints: tables for people, JSON for scripts, bars for those who wait.

Black on the terminal's own ground: colour is for what differs from normal. A table keeps within the terminal's width:
the widest column of words is cut with an ellipsis, never folded.
"""

from __future__ import annotations

import dataclasses
import io
import json
import os
import sys
import time
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from datetime import date, datetime
from decimal import Decimal
from enum import Enum
from pathlib import Path
from typing import Any, Literal, NoReturn

from rich.cells import cell_len
from rich.console import Console
from rich.progress import (
    BarColumn,
    DownloadColumn,
    MofNCompleteColumn,
    Progress,
    ProgressColumn,
    TextColumn,
    TimeElapsedColumn,
    TimeRemainingColumn,
)
from rich.table import Table
from rich.text import Text

from quai.core.house import PARIS
from quai.desk import words

NARROWEST = 8  # a column cut further says nothing
GAP = 2
BROKEN_PIPE = 141  # what a shell says of a program whose reader left
PATIENCE = 2  # seconds that pass before a progress bar shows
Unit = Literal["things", "bytes"]
UNITS: Mapping[Unit, Sequence[Callable[[], ProgressColumn]]] = {
    "things": (MofNCompleteColumn, TimeElapsedColumn),
    "bytes": (DownloadColumn, TimeRemainingColumn),
}


class Figure(str):
    """A number written with its unit, set to the right as numbers are."""

    __slots__ = ()


class _Output(Console):
    """A console whose reader may leave, as `| head` does: nobody is left to be told about it."""

    def on_broken_pipe(self) -> NoReturn:
        """End without a word."""
        leave_the_pipe()


console = _Output(highlight=False)
errors = _Output(highlight=False, stderr=True)


def be_sure_of_the_outputs() -> None:
    """Let what a poor terminal cannot write be a question mark, and what nobody opened go nowhere."""
    for name in ("stdout", "stderr"):
        stream = getattr(sys, name)
        if stream is None:  # closed by whoever called us: `>&-`
            setattr(sys, name, io.StringIO())
        elif isinstance(stream, io.TextIOWrapper):
            stream.reconfigure(errors="replace")


def leave_the_pipe() -> NoReturn:
    """End without a word: whoever read us has left. What the command did is done."""
    os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
    raise SystemExit(BROKEN_PIPE)


def show_json(value: Any) -> None:
    """Print one JSON value: dates ISO 8601, amounts as decimal strings."""
    for piece in json.JSONEncoder(ensure_ascii=False, indent=2, default=plain).iterencode(value):
        sys.stdout.write(piece)  # piece by piece: the report of a large file is large too
    print(flush=True)


def plain(value: Any) -> Any:
    """What JSON has no word for."""
    if dataclasses.is_dataclass(value) and not isinstance(value, type):
        return {field.name: getattr(value, field.name) for field in dataclasses.fields(value)}
    if isinstance(value, (date, datetime)):
        return value.isoformat()
    if isinstance(value, (Decimal, Path)):
        return str(value)
    if isinstance(value, Enum):
        return value.value
    raise TypeError(f"no JSON for {type(value).__name__}")


def say(*sentences: str) -> None:
    """Print sentences. What is not read at a terminal is not folded either: it may be searched."""
    for sentence in sentences:
        console.print(Text(printable(sentence)), soft_wrap=not console.is_terminal)


def tell(value: Any, *sentences: str, as_json: bool) -> None:
    """Tell a script the value, or people the sentences."""
    if as_json:
        show_json(value)
    else:
        say(*sentences)


def heading(text: str) -> None:
    """Print the name of what follows, after an empty line."""
    console.print()
    console.print(Text(printable(text), style="bold"), no_wrap=True, overflow="ellipsis")


def facts(pairs: Mapping[str, Any] | Iterable[tuple[str, Any]]) -> None:
    """Print labels beside values; those that say nothing are left out. A value may be folded, never cut."""
    told = dict(pairs)
    drawn = Table(box=None, pad_edge=False, show_header=False, padding=(0, GAP, 0, 0))
    drawn.add_column(no_wrap=True, style="dim")
    drawn.add_column(overflow="fold")
    for label, value in told.items():
        if shown := cell(value):
            drawn.add_row(Text(label), Text(shown))
    console.print(drawn)


def table(title: str, columns: Sequence[str], rows: Iterable[Sequence[Any]]) -> None:
    """Print a table under its title; numbers and amounts to the right, no row folded."""
    body = [tuple(row) for row in rows]
    if title:
        heading(title)
    drawn = Table(box=None, pad_edge=False, header_style="dim", padding=(0, GAP, 0, 0))
    shown = [[cell(value) for value in row] for row in body]
    right = [_numbers(row[index] for row in body) for index in range(len(columns))]
    widths = fitting(
        [max(map(cell_len, [name, *(row[n] for row in shown)])) for n, name in enumerate(columns)],
        elastic=[not number for number in right],
        room=console.width,
    )
    for name, number, width in zip(columns, right, widths, strict=True):
        justify: Literal["left", "right"] = "right" if number else "left"
        drawn.add_column(Text(name), justify=justify, width=width, no_wrap=True, overflow="ellipsis")
    for row in shown:
        drawn.add_row(*map(Text, row))
    console.print(drawn)


def fitting(widths: Sequence[int], *, elastic: Sequence[bool], room: int) -> list[int]:
    """Widths of columns that keep within the room: the widest column of words gives way, as often as needed."""
    found = list(widths)
    over = sum(found) + GAP * (len(found) - 1) - room
    for _ in range(max(over, 0)):
        widest = max(
            (n for n, may in enumerate(elastic) if may and found[n] > NARROWEST),
            key=lambda n: found[n],
            default=None,
        )
        if widest is None:
            break
        found[widest] -= 1
    return found


def cell(value: Any) -> str:
    """A value as people read it: the house's clock, figures and dates the French way."""
    if value is None:
        return ""
    if isinstance(value, bool):
        return "oui" if value else "non"
    if isinstance(value, datetime):
        return f"{value.astimezone(PARIS):%d/%m/%Y %H:%M}"
    if isinstance(value, date):
        return f"{value:%d/%m/%Y}"
    if isinstance(value, Decimal):
        return words.amount(value)
    if isinstance(value, int):
        return words.number(value)
    return printable(str(value))


def printable(text: str) -> str:
    """A text from outside without what would move a terminal's cursor."""
    return "".join(char if char.isprintable() else " " for char in text)


@contextmanager
def bar(title: str, total: int | None, *, unit: Unit = "things") -> Iterator[Callable[[int], None]]:
    """Show how far a long work is, to whoever watches a terminal; nothing is left of it at the end.

    It shows at the first step after some seconds: what is quick shows nothing.

    :param total: how many there will be, None when nobody knows.
    :returns: what to call with how many more are done, from any thread.
    """
    columns = (TextColumn("{task.description}"), BarColumn(), *(column() for column in UNITS[unit]))
    drawn = Progress(*columns, console=errors, transient=True, disable=not errors.is_terminal)
    task = drawn.add_task(title, total=total)
    began = time.monotonic()

    def advance(step: int) -> None:
        drawn.advance(task, step)
        if time.monotonic() - began > PATIENCE:
            drawn.start()

    try:
        yield advance
    finally:
        drawn.stop()


def size(file: Path) -> int:
    """How many bytes a file holds; none when nobody can say."""
    try:
        return file.stat().st_size
    except OSError:
        return 0


def fail(message: str) -> None:
    """Say why a command did not do its work, or what to look at in what it did."""
    for line in message.split("\n"):
        errors.print(Text(printable(line), style="red"), soft_wrap=not errors.is_terminal)


def _numbers(values: Iterable[Any]) -> bool:
    """Whether a column holds numbers alone."""
    told = [value for value in values if value is not None]
    return bool(told) and all(
        isinstance(value, (int, Decimal, Figure)) and not isinstance(value, bool) for value in told
    )
