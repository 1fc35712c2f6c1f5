"""One transaction, done again when PostgreSQL broke a circle of waiting with it."""

from __future__ import annotations

from collections.abc import Callable
from functools import wraps
from typing import ParamSpec, TypeVar

from django.db import OperationalError, transaction
from psycopg.errors import DeadlockDetected

TURNS = 5
P = ParamSpec("P")
R = TypeVar("R")


def atomic(verb: Callable[P, R]) -> Callable[P, R]:
    """Make a verb one transaction. The outermost one that loses a deadlock is done again, `TURNS` times at most.

    Locks are taken in key order wherever a verb can know them beforehand (docs/explanation/locking.md). Deciding
    again cannot: which lines and pools it needs follows from what it finds. The transaction that PostgreSQL gives
    up has left nothing behind, and a verb can be run again, so the person need not know. Inside another
    transaction the verb is a part of it, and the whole is done again.
    """
    once = transaction.atomic(verb)

    @wraps(verb)
    def run(*args: P.args, **kwargs: P.kwargs) -> R:
        for _ in range(TURNS - 1):
            inside = transaction.get_connection().in_atomic_block
            try:
                return once(*args, **kwargs)
            except OperationalError as error:
                if inside or not isinstance(error.__cause__, DeadlockDetected):
                    raise
        return once(*args, **kwargs)

    return run
