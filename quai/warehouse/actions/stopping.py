"""What people stop: copies cancelled, accounts blocked. What a wave holds goes on its way, and is told."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import datetime

from quai.access.types import Actor
from quai.core import sql
from quai.core.atomic import atomic
from quai.orders import actions as orders
from quai.orders import queries as order_queries
from quai.orders.types import CancelOutcome, DecisionSummary, Reason
from quai.terms import actions as terms
from quai.warehouse import queries
from quai.warehouse.types import Stopped


@atomic
def cancel(
    *, copies: Mapping[int, int | None], reason: Reason, at: datetime, by: Actor
) -> list[CancelOutcome]:
    """Cancel copies of order lines until so many of each are cancelled in all, and of the free copies they earned.

    Copies that a wave holds, that stand on the dock or are gone are left, and said. Running it again changes nothing.

    :param copies: line -> copies cancelled in all; None: every one.
    """
    sql.rows("warehouse/one_preparer.sql")
    going = queries.in_preparation(order_queries.lines_beside(copies))
    return orders.cancel_copies(copies=copies, reason=reason, in_preparation=going, at=at, by=by)


@atomic
def hold(*, customers: Sequence[int], reason: str, at: datetime, by: Actor) -> Stopped:
    """Block these accounts from today and stop their lines, which keep their copies. Lines that a wave holds go on,
    and their notes can be reopened until the truck leaves. Running it again changes nothing.
    """
    sql.rows(
        "warehouse/one_preparer.sql"
    )  # first: a wave made while we wait here may hold lines not there before
    terms.hold(customers=customers, reason=reason, at=at, by=by)
    going = queries.in_waves(customers=customers)
    done = orders.decide_customers(customers=customers, blocked=customers, in_preparation=going, at=at, by=by)
    return Stopped(
        done,
        tuple(going),
        tuple(queries.notes_on_the_dock(customers=customers)),
    )


@atomic
def free(*, customers: Sequence[int], reason: str, at: datetime, by: Actor) -> DecisionSummary:
    """Free these accounts from today and decide their lines again. Running it again changes nothing."""
    terms.free(customers=customers, reason=reason, at=at, by=by)
    return orders.decide_customers(customers=customers, blocked=(), in_preparation=(), at=at, by=by)
