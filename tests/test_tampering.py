"""Whatever column of a fact a superuser changes, whatever row he removes, whatever cache he alters: it shows."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager

import psycopg
import pytest
from django.conf import settings
from psycopg.types.json import Jsonb

from quai.core import caches, schema, seals
from quai.core.caches import Cache
from quai.core.kinds import Recorded
from quai.relief import verify
from tests.played import played_house
from tests.sealing import seal_everything

__all__ = ["played_house"]

# Another value of the same type, from the value that is there.
OTHER = {
    "bigint": "coalesce({c}, 0) + 1000003",
    "integer": "coalesce({c}, 0) + 1000003",
    "smallint": "coalesce({c}, 0) + 1",
    "numeric": "coalesce({c}, 0) + 1",
    "character varying": "CASE WHEN {c} IS DISTINCT FROM 'z' THEN 'z' ELSE 'y' END",
    "text": "coalesce({c}, '') || 'z'",
    "boolean": "NOT coalesce({c}, false)",
    "date": "coalesce({c}, '2026-01-01') + 1",
    "timestamp with time zone": "coalesce({c}, '2026-01-01') + interval '1 second'",
    "bytea": "coalesce({c}, '') || '\\x00'",
    "jsonb": "jsonb_build_array({c})",
    "uuid": "gen_random_uuid()",
    "ARRAY": "array_append({c}, 'z')",
}


@contextmanager
def superuser_session(superuser: str, database: str) -> Iterator[psycopg.Connection]:
    with psycopg.connect(superuser, dbname=database, autocommit=True) as session:
        session.execute("SET session_replication_role = replica")
        yield session


def drop_checks(session: psycopg.Connection) -> None:
    """A thief would: constraints must not be what finds him out."""
    for table, name in session.execute(
        "SELECT conrelid::regclass::text, conname FROM pg_constraint c JOIN pg_class t ON t.oid = conrelid "
        "WHERE contype = 'c' AND t.relnamespace = 'public'::regnamespace"
    ).fetchall():
        session.execute(f'ALTER TABLE {table} DROP CONSTRAINT "{name}"'.encode())


def columns(session: psycopg.Connection, table: str) -> dict[str, str]:
    """Columns and their types, without those that the database computes."""
    found = session.execute(
        "SELECT column_name, data_type FROM information_schema.columns "
        "WHERE table_name = %s AND is_generated = 'NEVER' ORDER BY ordinal_position",
        [table],
    )
    return dict(found.fetchall())


def make_sure_of_a_row(session: psycopg.Connection, table: str) -> None:
    """Tables that the day left empty get a row, so that none escapes the test."""
    if session.execute(f"SELECT 1 FROM {table} LIMIT 1".encode()).fetchone():
        return
    values = {
        name: OTHER[kind].format(c="NULL" if kind == "ARRAY" else f"NULL::{kind}")
        for name, kind in columns(session, table).items()
        if name != "tx"
    }
    session.execute(
        f"INSERT INTO {table} ({', '.join(map(quoted, values))}) VALUES ({', '.join(values.values())})".encode()
    )


def quoted(name: str) -> str:
    return f'"{name}"'


def sealed_tables() -> list[str]:
    return [
        m._meta.db_table
        for m in schema.tables()
        if issubclass(m, Recorded) and m._meta.db_table != "core_seal"
    ]


def all_caches() -> list[Cache]:
    return [cache for module in verify.packages() for cache in module.CACHES]


@pytest.fixture
def thief(played_house: str, superuser: str) -> Iterator[psycopg.Connection]:
    with superuser_session(superuser, played_house) as session:
        drop_checks(session)
        for table in sealed_tables():
            make_sure_of_a_row(session, table)
        seal_everything(verify.sealed())
        yield session


def test_every_sealed_column_and_every_row(thief: psycopg.Connection) -> None:
    sealed = verify.sealed()
    assert set(sealed) == set(sealed_tables())
    unseen = []
    for table, names in sealed.items():
        seal = {table: names}
        assert list(seals.broken(seal)) == [], table
        kinds = columns(thief, table)
        for name in names:
            if name in kinds and not changed_shows(thief, table, name, kinds[name], seal):
                unseen.append(f"{table}.{name}")
        if not removal_shows(thief, table, seal):
            unseen.append(table)
    assert unseen == []


def changed_shows(thief: psycopg.Connection, table: str, name: str, kind: str, seal: seals.Sealed) -> bool:
    column = quoted(name)
    [place] = thief.execute(f"SELECT max(ctid) FROM {table}".encode()).fetchone() or (None,)
    [before] = thief.execute(
        f"SELECT {column} FROM {table} WHERE ctid = %s".encode(), [place]
    ).fetchone() or (None,)
    with thief.transaction(force_rollback=False):
        [now] = thief.execute(
            f"UPDATE {table} SET {column} = {OTHER[kind].format(c=column)} WHERE ctid = %s RETURNING ctid".encode(),
            [place],
        ).fetchone() or (None,)
    seen = bool(list(seals.broken(seal)))
    restored = Jsonb(before) if kind == "jsonb" and before is not None else before
    thief.execute(f"UPDATE {table} SET {column} = %s WHERE ctid = %s".encode(), [restored, now])
    return seen


def removal_shows(thief: psycopg.Connection, table: str, seal: seals.Sealed) -> bool:
    thief.execute(f"CREATE TEMP TABLE removed AS SELECT * FROM {table} ORDER BY id LIMIT 1".encode())
    thief.execute(f"DELETE FROM {table} WHERE id = (SELECT id FROM removed)".encode())
    seen = bool(list(seals.broken(seal)))
    names = ", ".join(quoted(name) for name in columns(thief, table))
    thief.execute(f"INSERT INTO {table} ({names}) SELECT {names} FROM removed".encode())
    thief.execute("DROP TABLE removed")
    return seen


def test_every_cache(thief: psycopg.Connection) -> None:
    unseen = []
    for cache in all_caches():
        for name, kind in columns(thief, cache.table).items():
            make_sure_of_a_row(thief, cache.table)
            column = quoted(name)
            thief.execute(
                f"UPDATE {cache.table} SET {column} = {OTHER[kind].format(c=column)} "
                f"WHERE ctid = (SELECT max(ctid) FROM {cache.table})".encode()
            )
            if not list(caches.drift(cache)):
                unseen.append(f"{cache.table}.{name}")
            caches.rebuild(cache)
    assert unseen == []


def test_rebuilding_makes_the_caches_right_from_the_facts_alone(played_house: str, superuser: str) -> None:
    with superuser_session(superuser, played_house) as session:
        for cache in all_caches():
            session.execute(f"DELETE FROM {cache.table}".encode())
    assert any(list(caches.drift(cache)) for cache in all_caches())
    verify.rebuild()
    assert [str(finding) for verdict in verify.verify() for finding in verdict.findings] == []


def test_the_day_leaves_the_books_whole(played_house: str) -> None:
    assert [str(finding) for verdict in verify.verify() for finding in verdict.findings] == []
    assert settings.DATABASES["default"]["NAME"] == played_house
