"""Many long readings of one snapshot of the house: a session and a core for each hand, the readings shared out.

Two whole readings at a time use two cores better than PostgreSQL does when it splits one of them.
"""

from __future__ import annotations

import os
from collections.abc import Callable, Sequence
from concurrent.futures import ThreadPoolExecutor
from queue import Empty, SimpleQueue
from typing import TypeVar

from django.db import connection, transaction

from quai.core import sql

MOST_HANDS = 8  # each takes a connection, and memory for its sorts
Result = TypeVar("Result")


def read_together(
    readings: Sequence[Callable[[], Result]], *, hands: int = 0, done: Callable[[], object] = lambda: None
) -> list[Result]:
    """Do every reading on one snapshot, those given last first; the results as the readings are given.

    Once one fails, or somebody interrupts, those not begun are left.

    :param hands: how many at a time; as many as there are cores, unless given.
    :param done: told of each reading as it ends, by the hand that did it.
    """
    todo: SimpleQueue[int] = SimpleQueue()
    for place in reversed(range(len(readings))):
        todo.put(place)
    results: dict[int, Result] = {}

    def work(snapshot: str) -> None:
        try:
            with transaction.atomic():
                _see(snapshot)
                while (place := _next(todo)) is not None:
                    results[place] = readings[place]()
                    done()
        finally:
            _leave(todo)
            connection.close()

    hands = hands or min(MOST_HANDS, len(os.sched_getaffinity(0)))
    with transaction.atomic(), ThreadPoolExecutor(hands) as pool:
        _still()
        [snapshot] = sql.rows("core/share_snapshot.sql")
        working = [pool.submit(work, snapshot.name) for _ in range(hands)]
        try:
            for hand in working:
                hand.result()
        finally:
            _leave(todo)
    return [results[place] for place in range(len(readings))]


def _still() -> None:
    """Let this transaction see one instant throughout, and change nothing."""
    with connection.cursor() as cursor:
        cursor.execute("SET TRANSACTION ISOLATION LEVEL REPEATABLE READ READ ONLY")


def _see(snapshot: str) -> None:
    """Let this transaction see what that of the snapshot sees."""
    _still()
    with connection.cursor() as cursor:
        cursor.execute("SET TRANSACTION SNAPSHOT %s", [snapshot])
    sql.run("core/proof_settings.sql")


def _leave(todo: SimpleQueue[int]) -> None:
    """Take all that is left; after a hand that found the queue empty there is nothing."""
    while _next(todo) is not None:
        pass


def _next(todo: SimpleQueue[int]) -> int | None:
    try:
        return todo.get_nowait()
    except Empty:
        return None
