"""Named set-based statements, one per file, and the bulk door into tables."""

from __future__ import annotations

from collections import namedtuple
from collections.abc import Callable, Iterable, Mapping, Sequence
from datetime import date
from decimal import Decimal
from functools import cache, partial
from pathlib import Path
from typing import Any

from django.db import connections
from django.db.backends.utils import CursorWrapper

PACKAGES = Path(__file__).resolve().parent.parent
Row = Any  # a named tuple of the statement's columns
_PLAIN = {int, Decimal, date}  # written in an array as they print


@cache
def text(name: str) -> str:
    """The statement `package/name.sql`, kept in `quai/package/sql/name.sql`."""
    folder, _, file = name.rpartition("/")
    return (PACKAGES / folder / "sql" / file).read_text(encoding="utf-8")


@cache
def _row_maker(columns: tuple[str, ...]) -> Callable[[Sequence[Any]], Row]:
    """Make rows in C: the driver gives as many values as columns, which `_make` would check for each again."""
    return partial(tuple.__new__, namedtuple("Row", columns))


def fetched(cursor: CursorWrapper) -> list[Row]:
    """The rows of a cursor as named tuples."""
    return list(map(_row_maker(tuple(column.name for column in cursor.description)), cursor.fetchall()))


def rows(name: str, parameters: Mapping[str, Any] | None = None, *, using: str = "default") -> list[Row]:
    """Run a named statement and return its rows as named tuples."""
    return query(text(name), parameters, using=using)


def query(
    statement: str, parameters: Mapping[str, Any] | None = None, *, using: str = "default"
) -> list[Row]:
    """Run a statement built from the schema itself (named files are for all the others)."""
    with connections[using].cursor() as cursor:
        cursor.execute(statement, _bound(parameters))
        return fetched(cursor)


def run(name: str, parameters: Mapping[str, Any] | None = None, *, using: str = "default") -> int:
    """Run a named statement for its effect; the number of rows it touched."""
    with connections[using].cursor() as cursor:
        cursor.execute(text(name), _bound(parameters))
        return int(cursor.rowcount)


def _bound(parameters: Mapping[str, Any] | None) -> dict[str, Any] | None:
    """Lists as array literals: a hundred thousand elements are joined in C, not dumped one by one."""
    if parameters is None:
        return None
    return {name: _array(value) if isinstance(value, list) else value for name, value in parameters.items()}


def _array(values: list[Any]) -> Any:
    """The literal of an array whose statement says its type; bytes are left to the driver."""
    kinds = set(map(type, values)) - {type(None)}
    if kinds <= _PLAIN:
        return f"{{{','.join(['NULL' if value is None else str(value) for value in values])}}}"
    if all(issubclass(kind, str) for kind in kinds):
        return _plain_texts(values) or f"{{{','.join(map(_quoted, values))}}}"
    return values


def _plain_texts(values: list[Any]) -> str:
    """The literal of texts that need no escape, as nearly all do; empty when one does, or is missing."""
    try:
        joined = '","'.join(values)
    except TypeError:  # None
        return ""
    plain = "\\" not in joined and joined.count('"') == 2 * (len(values) - 1)
    return f'{{"{joined}"}}' if plain and values else ""


def _quoted(value: str | None) -> str:
    if value is None:
        return "NULL"
    escaped = value.replace("\\", "\\\\").replace('"', '\\"')
    return f'"{escaped}"'


def new_ids(table: str, count: int, *, using: str = "default") -> list[int]:
    """Take `count` ids of this table from this node's range, before the rows are written."""
    with connections[using].cursor() as cursor:
        cursor.execute(text("core/new_ids.sql"), {"table": table, "count": count})
        return [row[0] for row in cursor.fetchall()]


def copy_in(
    table: str, columns: Sequence[str], records: Iterable[Sequence[Any]], *, using: str = "default"
) -> None:
    """Write rows by COPY, the only door for large sets that come from outside the database."""
    names = ", ".join(f'"{column}"' for column in columns)
    with connections[using].cursor() as cursor, cursor.copy(f'COPY "{table}" ({names}) FROM STDIN') as copy:
        for record in records:
            copy.write_row(record)
