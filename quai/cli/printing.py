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

from quai.core.house import PARIS

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
        cells = [row[index] for row in body if row[index] is not None]
        numbers = bool(cells) and all(isinstance(cell, (int, Decimal)) for cell in cells)
        drawn.add_column(column, justify="right" if numbers else "left", overflow="fold")
    for row in body:
        drawn.add_row(*(_cell(cell) for cell in row))
    console.print(drawn)


def _cell(value: Any) -> str:
    """A value as people read it: instants by the house's clock, fates with their copies."""
    if value is None:
        return ""
    if isinstance(value, datetime):
        return f"{value.astimezone(PARIS):%d/%m/%Y %H:%M}"
    if isinstance(value, dict):
        return ", ".join(f"{name} {count}" for name, count in value.items())
    return str(value)


def fail(message: str) -> None:
    """Say why a command did not do its work."""
    errors.print(message, style="red", highlight=False)
