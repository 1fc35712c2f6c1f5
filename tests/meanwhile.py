"""Two sessions in the order a test says: one works in a transaction, the other comes to wait for it."""

from __future__ import annotations

import time
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from typing import TypeVar

from django.db import connections, transaction

from quai.core import sql

T = TypeVar("T")
PATIENCE = 30  # seconds until a call that never waits is a failure of the test
_WAITED_FOR = """
    SELECT EXISTS (
        SELECT FROM pg_locks WHERE NOT granted AND pg_backend_pid() = ANY(pg_blocking_pids(pid))
    ) AS is_so
"""


def meanwhile(call: Callable[[], T], *, first: Callable[[], object], then: Callable[[], object]) -> T:
    """Do `first` in a transaction, let `call` in another session wait for it, do `then`, commit; what `call` gave."""

    def elsewhere() -> T:
        try:
            return call()
        finally:
            connections.close_all()

    with ThreadPoolExecutor(1) as pool:
        with transaction.atomic():
            first()
            answer = pool.submit(elsewhere)
            end = time.monotonic() + PATIENCE
            while not sql.query(_WAITED_FOR)[0].is_so:
                assert time.monotonic() < end, "it neither waits nor ends"
                assert not answer.done(), "it waited for nothing"
                time.sleep(0.02)
            then()
        return answer.result()
