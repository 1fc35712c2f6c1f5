"""What a command prints: tables for people, JSON for scripts."""

from __future__ import annotations

import dataclasses
import json
from collections.abc import Iterable, Sequence
from datetime import date, datetime
from decimal import Decimal
from enum import Enum
from pathlib import Path
from typing import Any

from rich.console import Console
from rich.table import Table

console = Console()
errors = Console(stderr=True)


def show_json(value: Any) -> None:
    """Print one JSON value: dates ISO 8601, amounts as decimal strings."""
    print(json.dumps(value, ensure_ascii=False, indent=2, default=plain))


def plain(value: Any) -> Any:
    """What JSON has no word for."""
    if dataclasses.is_dataclass(value) and not isinstance(value, type):
        return dataclasses.asdict(value)
    if isinstance(value, (date, datetime)):
        return value.isoformat()
    if isinstance(value, (Decimal, Path)):
        return str(value)
    if isinstance(value, Enum):
        return value.value
    raise TypeError(f"no JSON for {type(value).__name__}")


def table(title: str, columns: Sequence[str], rows: Iterable[Sequence[Any]]) -> None:
    """Print a table; numbers and amounts to the right."""
    drawn = Table(
        title=title, title_justify="left", title_style="bold", box=None, pad_edge=False, header_style="dim"
    )
    body = [tuple(row) for row in rows]
    for index, column in enumerate(columns):
        numbers = bool(body) and all(isinstance(row[index], (int, Decimal)) for row in body)
        drawn.add_column(column, justify="right" if numbers else "left", overflow="fold")
    for row in body:
        drawn.add_row(*("" if cell is None else str(cell) for cell in row))
    console.print(drawn)


def fail(message: str) -> None:
    """Say why a command did not do its work."""
    errors.print(message, style="red", highlight=False)
