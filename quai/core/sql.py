"""Named set-based statements, one per file, and the bulk door into tables."""

from __future__ import annotations

from collections import namedtuple
from collections.abc import Iterable, Mapping, Sequence
from functools import cache
from pathlib import Path
from typing import Any

from django.db import connections
from django.db.backends.utils import CursorWrapper

PACKAGES = Path(__file__).resolve().parent.parent
Row = Any  # a named tuple of the statement's columns


@cache
def text(name: str) -> str:
    """The statement `package/name.sql`, kept in `quai/package/sql/name.sql`."""
    folder, _, file = name.rpartition("/")
    return (PACKAGES / folder / "sql" / file).read_text(encoding="utf-8")


@cache
def _row_type(columns: tuple[str, ...]) -> Any:
    return namedtuple("Row", columns)


def fetched(cursor: CursorWrapper) -> list[Row]:
    """The rows of a cursor as named tuples."""
    make = _row_type(tuple(column.name for column in cursor.description))._make
    return [make(row) for row in cursor.fetchall()]


def rows(name: str, parameters: Mapping[str, Any] | None = None, *, using: str = "default") -> list[Row]:
    """Run a named statement and return its rows as named tuples."""
    return query(text(name), parameters, using=using)


def query(
    statement: str, parameters: Mapping[str, Any] | None = None, *, using: str = "default"
) -> list[Row]:
    """Run a statement built from the schema itself (named files are for all the others)."""
    with connections[using].cursor() as cursor:
        cursor.execute(statement, parameters)
        return fetched(cursor)


def run(name: str, parameters: Mapping[str, Any] | None = None, *, using: str = "default") -> int:
    """Run a named statement for its effect; the number of rows it touched."""
    with connections[using].cursor() as cursor:
        cursor.execute(text(name), parameters)
        return int(cursor.rowcount)


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
