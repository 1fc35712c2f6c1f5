"""Readings by several hands see one instant of the house, and write nothing."""

from __future__ import annotations

from collections.abc import Callable
from datetime import UTC, datetime
from functools import partial
from threading import Barrier, Event
from time import sleep

import psycopg
import pytest
from django.db import DatabaseError, connection

from quai.access.actions import system
from quai.core import journal, snapshot, sql
from quai.core.models import Act

NOON = datetime(2026, 3, 2, 12, tzinfo=UTC)
HANDS = 3


def test_all_hands_see_the_same_instant(superuser: str, fresh_house: str) -> None:
    by = system()
    journal.record("test.before", at=NOON, by=by)
    before = Act.objects.count()
    all_here = Barrier(HANDS, timeout=30)

    def read() -> tuple[int, int]:
        with psycopg.connect(superuser, dbname=fresh_house) as other:
            other.execute(
                "INSERT INTO core_act (actor_id, verb, at, reason) VALUES (%s, 'test.meanwhile', now(), '')",
                [by.id],
            )
        all_here.wait()
        [session] = sql.query("SELECT pg_backend_pid() AS pid")
        return session.pid, Act.objects.count()

    told = snapshot.read_together([read] * HANDS, hands=HANDS)
    assert len({pid for pid, _ in told}) == HANDS
    assert {count for _, count in told} == {before}
    assert Act.objects.count() == before + HANDS


def test_results_come_as_the_readings_were_given(fresh_house: str) -> None:
    assert snapshot.read_together([partial(abs, n) for n in range(20)]) == list(range(20))
    assert snapshot.read_together([]) == []


def test_a_reading_that_fails_is_not_lost(fresh_house: str) -> None:
    def fail() -> int:
        raise LookupError("the reading failed")

    with pytest.raises(LookupError):
        snapshot.read_together([fail, lambda: 1], hands=1)


def test_each_reading_is_told_as_it_ends(fresh_house: str) -> None:
    ended: list[int] = []
    told: list[int] = []
    readings = [partial(ended.append, n) for n in range(5)]
    snapshot.read_together(readings, hands=1, done=lambda: told.append(len(ended)))
    assert told == [1, 2, 3, 4, 5]


def test_after_a_failure_what_was_not_begun_is_left(fresh_house: str) -> None:
    begun: list[int] = []
    failed = Event()

    def fail() -> None:
        failed.set()
        raise LookupError("the reading failed")

    def last() -> None:
        begun.append(0)
        failed.wait(30)
        sleep(0.5)  # the other hand has had time to empty the queue

    readings: list[Callable[[], None]] = [*(partial(begun.append, n) for n in range(1, 50)), fail, last]
    with pytest.raises(LookupError):
        snapshot.read_together(readings, hands=2)
    assert begun in ([0], [])


def test_a_reading_cannot_write(fresh_house: str) -> None:
    by = system()
    with pytest.raises(DatabaseError, match="read-only"):
        snapshot.read_together([lambda: journal.record("test", at=NOON, by=by)])
    assert connection.in_atomic_block is False
