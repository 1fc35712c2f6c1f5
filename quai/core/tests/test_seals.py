"""A sealed fact that is changed, removed or slipped in shows."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from datetime import UTC, datetime

import psycopg
import pytest

from quai.access.actions import system
from quai.core import journal, seals
from quai.core.models import Act, Seal
from tests.sealing import seal_everything

SEALED = {"core_act": ("id", "actor_id", "verb", "at", "reason")}
NOON = datetime(2026, 3, 2, 12, tzinfo=UTC)


@pytest.fixture
def acts(fresh_house: str) -> list[int]:
    by = system()
    return [journal.record(f"test.{n}", at=NOON, by=by) for n in range(5)]


@contextmanager
def tampering(superuser: str, database: str) -> Iterator[psycopg.Connection]:
    """A superuser who silences every trigger."""
    with psycopg.connect(superuser, dbname=database, autocommit=True) as session:
        session.execute("SET session_replication_role = replica")
        yield session


def broken() -> int:
    return len(list(seals.broken(SEALED)))


def test_what_was_sealed_holds(acts: list[int]) -> None:
    assert seal_everything(SEALED) == len(acts)
    assert seal_everything(SEALED) == 0
    assert broken() == 0


def test_facts_are_sealed_once_and_chained(acts: list[int]) -> None:
    seal_everything(SEALED)
    journal.record("test.later", at=NOON, by=system())
    assert seal_everything(SEALED) == 1
    assert [bytes(s.previous) for s in Seal.objects.order_by("id")][1] == bytes(
        Seal.objects.earliest("id").hash
    )
    assert broken() == 0


def test_what_the_first_form_sealed_is_proven_by_it(acts: list[int], monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(seals, "BLOCK", 3)
    with monkeypatch.context() as older:
        older.setattr(seals, "FORM", None)
        seal_everything(SEALED)
    journal.record("test.later", at=NOON, by=system())
    seal_everything(SEALED)
    first, second = Seal.objects.order_by("id")
    assert (first.form, second.form) == (None, seals.FORM)
    assert broken() == 0
    monkeypatch.setitem(seals.STATEMENTS, None, seals.STATEMENTS[seals.FORM])
    assert broken() == 1  # the two forms differ: one does not prove the other


@pytest.mark.parametrize(
    "tamper",
    [
        "UPDATE core_act SET verb = 'test.other' WHERE id = {id}",
        "UPDATE core_act SET at = at - interval '1 second' WHERE id = {id}",
        "DELETE FROM core_act WHERE id = {id}",
        "INSERT INTO core_act (tx, actor_id, verb, at, reason) SELECT tx, 1, 'x', at, '' FROM core_act WHERE id = {id}",
        "DELETE FROM core_seal",
        "UPDATE core_seal SET facts = facts - 1",
    ],
)
def test_tampering_shows(acts: list[int], superuser: str, fresh_house: str, tamper: str) -> None:
    seal_everything(SEALED)
    journal.record("test.later", at=NOON, by=system())
    seal_everything(SEALED)
    with tampering(superuser, fresh_house) as session:
        session.execute(tamper.format(id=acts[2]).encode())
    from quai.core import caches
    from quai.core.checks import CACHES

    drift = [finding for cache in CACHES for finding in caches.drift(cache)]
    assert broken() or drift


def test_a_running_transaction_is_sealed_later(acts: list[int], superuser: str, fresh_house: str) -> None:
    """The sealer stays behind the horizon: an act written before the seal and committed after is not forgotten."""
    with psycopg.connect(superuser, dbname=fresh_house) as late:
        late.execute("INSERT INTO core_act (actor_id, verb, at, reason) VALUES (1, 'test.late', now(), '')")
        seals.seal(SEALED)
        late.commit()
    assert seal_everything(SEALED) >= 1
    assert sum(Seal.objects.values_list("facts", flat=True)) == Act.objects.count()
    assert broken() == 0
