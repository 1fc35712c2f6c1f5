"""A row that names a row that does not exist is found, whatever the gaps between ids."""

from __future__ import annotations

import psycopg
from django.db import connection
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from quai.core.checks import references_hold
from quai.core.orphans import held_ids, orphans
from quai.core.schema import NODE_IDS, checked_keys, tables

ids = st.integers(min_value=1, max_value=40).map(
    lambda n: n if n < 30 else n + NODE_IDS
)  # those of another node too
rows = st.lists(st.tuples(st.none() | ids, st.none() | ids), max_size=12)


def strays(children: list[tuple[int | None, int | None]], held: set[int]) -> set[tuple[str, int]]:
    """The naive twin."""
    named = {(column, one) for row in children for column, one in zip(("one", "other"), row, strict=True)}
    return {(column, one) for column, one in named if one is not None and one not in held}


@settings(suppress_health_check=[HealthCheck.function_scoped_fixture], deadline=None)
@given(held=st.sets(ids), children=rows)
def test_as_a_person_would_look_them_up(
    db: None, held: set[int], children: list[tuple[int | None, int | None]]
) -> None:
    with connection.cursor() as cursor:
        cursor.execute("CREATE TEMP TABLE IF NOT EXISTS parent (id bigint)")
        cursor.execute("CREATE TEMP TABLE IF NOT EXISTS child (one bigint, other bigint)")
        cursor.execute("TRUNCATE parent, child")
        cursor.executemany("INSERT INTO parent VALUES (%s)", [[one] for one in held])
        cursor.executemany("INSERT INTO child VALUES (%s, %s)", children)
    among = held_ids("parent")
    found = orphans("child", {"one": among, "other": among})
    assert {(row.reference, row.missing) for row in found} == strays(children, held)
    assert len(found) == len(set(found))


def test_an_order_line_of_no_order_is_found(superuser: str, fresh_house: str) -> None:
    assert list(references_hold()) == []
    with psycopg.connect(superuser, dbname=fresh_house, autocommit=True) as session:
        session.execute("SET session_replication_role = replica")
        session.execute(
            "INSERT INTO orders_line (act_id, order_id, position, gtin, quantity, line_reference) "
            "VALUES (1, 77, 1, '9782070360024', 1, '')"
        )
    assert {finding.subject for finding in references_hold()} == {
        "orders_line.act_id",
        "orders_line.order_id",
    }


def test_every_reference_is_to_an_id(template: str) -> None:
    """What `held_ids` reads."""
    assert {key.target_field.column for model in tables() for key in checked_keys(model)} == {"id"}
