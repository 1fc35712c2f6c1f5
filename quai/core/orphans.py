"""References to rows that do not exist, found by where ids are rather than by joining millions of rows.

Ids are given one after the other and what is named is never deleted: the ids of a table are a few ranges, which every
row of every table that names it is held against, all the references of a row in one reading.
"""

from __future__ import annotations

from collections.abc import Mapping

from quai.core import sql


def held_ids(table: str) -> str:
    """The ids that a table holds, as the text of a multirange."""
    [row] = sql.query(sql.text("core/held_ids.sql").format(table=table))
    return str(row.ids)


def orphans(table: str, held: Mapping[str, str]) -> list[sql.Row]:
    """The first few (reference, missing) of a table.

    :param held: column that names another row -> the ids that it may name, as `held_ids` gives them.
    """
    named = {column: (f"a.{column}", f"'{ids}'::int8multirange") for column, ids in held.items()}
    statement = sql.text("core/orphans.sql").format(
        table=table,
        references=", ".join(f"('{column}', {value}, {ids})" for column, (value, ids) in named.items()),
        strays=" OR ".join(f"NOT {value} <@ {ids}" for value, ids in named.values()),
    )
    return sql.query(statement)
