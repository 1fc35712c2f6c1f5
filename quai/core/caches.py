"""Caches: every state table equals what facts alone say, found out by `drift`, put right by `rebuild`.

Each package lists its caches in its `checks.py`. A cache names a statement that derives the whole table from facts;
comparing and rebuilding are then the same for all.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from django.apps import apps
from django.db import connection, models, transaction

from quai.core import sql
from quai.core.findings import Finding

SHOWN = 20  # findings shown of one cache: the first say what is wrong, the count says how much


@dataclass(frozen=True, slots=True)
class Cache:
    """A state table and the named statement whose columns, named as the table's, are what it must hold."""

    table: str
    derive: str

    @property
    def code(self) -> str:
        """The name of its check."""
        return f"{self.table}.drift"


def drift(cache: Cache) -> Iterator[Finding]:
    """Each row that is missing, too many, or other than the facts say."""
    keys, columns = _columns(cache)
    derived = ", ".join(f'd."{column}"' for column in columns)
    stored = ", ".join(f's."{column}"' for column in columns)
    statement = f"""
        WITH derived AS ({sql.text(cache.derive)})
        SELECT concat_ws(' ', {", ".join(f"coalesce(d.{key}, s.{key})" for key in keys)}) AS subject,
               CASE WHEN d.{keys[0]} IS NULL THEN NULL ELSE ROW({derived})::text END AS expected,
               CASE WHEN s.{keys[0]} IS NULL THEN NULL ELSE ROW({stored})::text END AS found
          FROM derived d FULL JOIN {cache.table} s USING ({", ".join(keys)})
         WHERE ROW({derived}) IS DISTINCT FROM ROW({stored})
         LIMIT {SHOWN}
    """  # noqa: S608 - names come from our models
    for row in sql.query(statement):
        yield Finding(cache.code, row.subject, expected=row.expected, found=row.found)


@transaction.atomic
def rebuild(cache: Cache) -> int:
    """Make the table again from facts alone; the number of rows it now holds."""
    _, columns = _columns(cache)
    names = ", ".join(f'"{column}"' for column in columns)
    with connection.cursor() as cursor:
        cursor.execute(f"DELETE FROM {cache.table}")  # noqa: S608
        cursor.execute(
            f"INSERT INTO {cache.table} ({names}) SELECT {names} FROM ({sql.text(cache.derive)}) derived"  # noqa: S608
        )
        return int(cursor.rowcount)


def _columns(cache: Cache) -> tuple[list[str], list[str]]:
    """The key columns and all columns of the table, as its model has them."""
    model = _model(cache.table)
    key = model._meta.pk
    keys = key.columns if isinstance(key, models.CompositePrimaryKey) else (key.column,)
    return [name for name in keys if name], [
        field.column for field in model._meta.local_concrete_fields if field.column
    ]


def _model(table: str) -> type[models.Model]:
    return next(model for model in apps.get_models() if model._meta.db_table == table)
