"""A transaction that lost a deadlock is done again, a finite number of times, and never a part of one."""

from __future__ import annotations

import time
from typing import Any

import pytest
from django.db import OperationalError, connection, transaction
from psycopg.errors import DeadlockDetected

from quai.core import sql
from quai.core.atomic import TURNS, atomic
from tests import crew

HERE = "quai.core.tests.test_atomic"


def crossed(number: int, _: Any) -> int:
    """Take two advisory locks in the order that makes two workers wait for each other; how often it was begun."""
    begun = 0

    @atomic
    def both() -> None:
        nonlocal begun
        begun += 1
        for lock in (1, 2) if number % 2 else (2, 1):
            sql.query("SELECT pg_advisory_xact_lock(%(lock)s)", {"lock": lock})
            time.sleep(0.3)

    both()
    return begun


def test_two_that_wait_for_each_other_both_end(fresh_house: str) -> None:
    begun = crew.run(f"{HERE}:crossed", None, workers=2)
    assert sorted(begun) == [1, 2]  # one of them was given up and done again


def lost(why: BaseException | None) -> OperationalError:
    error = OperationalError("deadlock detected")
    error.__cause__ = why
    return error


def test_it_is_not_tried_for_ever(fresh_house: str) -> None:
    begun = 0

    @atomic
    def unlucky() -> None:
        nonlocal begun
        begun += 1
        raise lost(DeadlockDetected())

    with pytest.raises(OperationalError):
        unlucky()
    assert begun == TURNS


def test_another_failure_is_not_tried_again(fresh_house: str) -> None:
    begun = 0

    @atomic
    def broken() -> None:
        nonlocal begun
        begun += 1
        raise lost(None)

    with pytest.raises(OperationalError):
        broken()
    assert begun == 1


def test_a_part_of_a_transaction_is_not_done_again_alone(fresh_house: str) -> None:
    begun = 0

    @atomic
    def part() -> None:
        nonlocal begun
        begun += 1
        raise lost(DeadlockDetected())

    with pytest.raises(OperationalError), transaction.atomic():
        part()
    assert (begun, connection.in_atomic_block) == (1, False)
