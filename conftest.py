"""Tests run on a real PostgreSQL of their own: a template made once per schema, a copy per worker."""

from __future__ import annotations

import fcntl
import hashlib
import os
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import UTC, datetime
from pathlib import Path

import psycopg
import pytest
from django.conf import settings
from django.db import connections

from quai.access.types import Actor
from quai.config import boot
from quai.core import cluster, journal, nodes, schema

ROOT = Path(__file__).parent
HOME = Path(os.environ.get("QUAI_TEST_HOME", ROOT / "var" / "test"))


@pytest.fixture(scope="session")
def superuser() -> Iterator[str]:
    """The server of the tests, and the address of its superuser."""
    boot.connect(cluster.use(HOME, kind="test"))
    yield cluster.superuser(HOME).url()
    cluster.release(HOME)


@pytest.fixture(scope="session")
def template(superuser: str) -> str:
    """The name of a database with the schema of today, node 0 and the system's actor, and nothing else."""
    name = f"template_{_schema_digest()}"
    with (HOME / "template.lock").open("w") as lock:
        fcntl.flock(lock, fcntl.LOCK_EX)
        if name not in _databases(superuser):
            _sql(
                superuser,
                f"DROP DATABASE IF EXISTS {name}_new",
                f"CREATE DATABASE {name}_new OWNER quai_owner",
            )
            with connected_to(f"{name}_new"):
                from quai.access.actions import system

                schema.upgrade()
                nodes.become(number=nodes.MAIN_SITE, name="Siège", at=datetime.now(UTC))
                system()
            _sql(superuser, f"ALTER DATABASE {name}_new RENAME TO {name}")
    return name


@pytest.fixture(scope="session")
def django_db_setup(
    django_db_blocker: pytest.FixtureRequest, superuser: str, request: pytest.FixtureRequest
) -> Iterator[None]:
    """Give this worker its own copy of the template, dropped at the end."""
    with django_db_blocker.unblock():  # type: ignore[attr-defined]
        name = request.getfixturevalue("template")
        with _copy_of(superuser, name, f"worker_{os.getpid()}"):
            yield


@pytest.fixture
def fresh_house(
    django_db_setup: None, django_db_blocker: pytest.FixtureRequest, superuser: str, template: str
) -> Iterator[str]:
    """A database of its own, where transactions really commit: for concurrency, crashes and tampering."""
    with django_db_blocker.unblock(), _copy_of(superuser, template, f"fresh_{os.getpid()}") as name:  # type: ignore[attr-defined]
        yield name


@pytest.fixture
def bare_house(
    django_db_setup: None, django_db_blocker: pytest.FixtureRequest, superuser: str
) -> Iterator[str]:
    """A database of its own in which nothing was made yet."""
    with django_db_blocker.unblock(), _copy_of(superuser, "template1", f"bare_{os.getpid()}") as name:  # type: ignore[attr-defined]
        yield name


@pytest.fixture
def actor(db: None) -> Actor:
    """The system itself."""
    from quai.access.actions import system

    return system()


@pytest.fixture
def act(actor: Actor) -> int:
    """An act of the journal, for tests that write rows directly."""
    return journal.record("test", at=datetime(2026, 3, 2, 9, tzinfo=UTC), by=actor)


@contextmanager
def _copy_of(superuser: str, template: str, name: str) -> Iterator[str]:
    _sql(superuser, f"DROP DATABASE IF EXISTS {name} WITH (FORCE)")
    _sql(superuser, f"CREATE DATABASE {name} TEMPLATE {template} OWNER quai_owner STRATEGY file_copy")
    try:
        with connected_to(name):
            yield name
    finally:
        _sql(superuser, f"DROP DATABASE IF EXISTS {name} WITH (FORCE)")


@contextmanager
def connected_to(name: str) -> Iterator[None]:
    before = settings.DATABASES["default"]["NAME"]
    _reconnect(name)
    try:
        yield
    finally:
        _reconnect(before)


def _reconnect(name: str) -> None:
    for alias in ("default", "owner"):
        connections[alias].close()
        settings.DATABASES[alias]["NAME"] = name
        connections[alias].settings_dict.update(settings.DATABASES[alias])


def _schema_digest() -> str:
    files = sorted(
        [
            *ROOT.glob("quai/*/migrations/*.py"),
            *ROOT.glob("quai/*/sql/read_*.sql"),
            *ROOT.glob("quai/*/models.py"),
            *ROOT.glob("quai/core/*.py"),
        ]
    )
    return hashlib.sha256(b"".join(file.read_bytes() for file in files)).hexdigest()[:16]


def _databases(superuser: str) -> set[str]:
    with psycopg.connect(superuser, dbname="postgres", autocommit=True) as session:
        return {row[0] for row in session.execute("SELECT datname FROM pg_database")}


def _sql(superuser: str, *statements: str) -> None:
    with psycopg.connect(superuser, dbname="postgres", autocommit=True) as session:
        for statement in statements:
            session.execute(statement.encode())
