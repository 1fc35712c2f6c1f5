"""The rows that a stretch of work wrote, and what it costs PostgreSQL to take in just these rows by COPY."""

from __future__ import annotations

import time
from collections.abc import Iterator
from graphlib import TopologicalSorter
from typing import NamedTuple

from django.db import connections, models, transaction

from quai.core import schema
from quai.core.kinds import Recorded

OWNED = {"orders_line_state": "line_id", "orders_known_reference": "order_id"}  # caches with a row per fact


class Written(NamedTuple):
    """The rows of one table, as COPY's text."""

    table: str
    columns: tuple[str, ...]
    content: bytes
    rows: int


def marks() -> dict[str, int]:
    """The last id of every table that numbers its rows, to ask later what is newer."""
    with connections["default"].cursor() as cursor:
        found = {}
        for table, key in _keys().items():
            cursor.execute(f'SELECT coalesce(max("{key}"), 0) FROM {table}')
            found[table] = int(cursor.fetchone()[0])
    return found


def newer(than: dict[str, int]) -> list[Written]:
    """Every row written since these marks, parents before children."""
    keys = _keys()
    return [
        written
        for model in _parents_first()
        if (table := model._meta.db_table) in keys
        if (written := _read(model, keys[table], than[table])).rows
    ]


def copied(rows: list[Written]) -> float:
    """Seconds to COPY these rows into the same tables, as the application does: keys, triggers, indexes and all."""
    started = time.perf_counter()
    with transaction.atomic():
        for written in rows:
            _write(written, written.table, "default")
    return time.perf_counter() - started


def copied_bare(rows: list[Written]) -> float:
    """Seconds to COPY these rows into tables with the same columns and nothing else."""
    with connections["owner"].cursor() as cursor:
        for written in rows:
            columns = ", ".join(f'"{column}"' for column in written.columns)
            cursor.execute(
                f"CREATE TABLE bare_{written.table} AS SELECT {columns} FROM {written.table} WITH NO DATA"
            )
    started = time.perf_counter()
    with transaction.atomic(using="owner"):
        for written in rows:
            _write(written, f"bare_{written.table}", "owner")
    taken = time.perf_counter() - started
    with connections["owner"].cursor() as cursor:
        for written in rows:
            cursor.execute(f"DROP TABLE bare_{written.table}")
    return taken


def _read(model: type[models.Model], key: str, mark: int) -> Written:
    table = model._meta.db_table
    fields = model._meta.local_concrete_fields
    columns = tuple(field.column for field in fields if field.column and field.column != "tx")
    names = ", ".join(f'"{column}"' for column in columns)
    query = f'COPY (SELECT {names} FROM {table} WHERE "{key}" > {mark} ORDER BY "{key}") TO STDOUT'
    with connections["default"].cursor() as cursor, cursor.copy(query) as copy:
        content = b"".join(bytes(piece) for piece in copy)
    return Written(table, columns, content, content.count(b"\n"))


def _write(written: Written, table: str, using: str) -> None:
    names = ", ".join(f'"{column}"' for column in written.columns)
    with connections[using].cursor() as cursor, cursor.copy(f"COPY {table} ({names}) FROM STDIN") as copy:
        copy.write(written.content)


def _keys() -> dict[str, str]:
    """The column by which rows of a table come one after the other."""
    numbered = {model._meta.db_table: "id" for model in schema.tables() if issubclass(model, Recorded)}
    return numbered | {"core_act": "id"} | OWNED


def _parents_first() -> Iterator[type[models.Model]]:
    order: TopologicalSorter[type[models.Model]] = TopologicalSorter()
    for model in schema.tables():
        order.add(model, *(parent for parent in _parents(model) if parent is not model))
    yield from order.static_order()


def _parents(model: type[models.Model]) -> Iterator[type[models.Model]]:
    for field in model._meta.local_fields:
        if isinstance(field, models.ForeignKey) and isinstance(field.related_model, type):
            yield field.related_model


def total(rows: list[Written]) -> int:
    """How many rows these are."""
    return sum(written.rows for written in rows)
