"""An account was blocked or freed: what may still be stopped stops, what was stopped goes on."""

from __future__ import annotations

from collections.abc import Collection, Iterable
from datetime import datetime

from quai.access.types import Actor
from quai.core import journal
from quai.core.atomic import atomic
from quai.orders import queries
from quai.orders.actions import deciding, following, ledger
from quai.orders.types import OPEN_FATES, DecisionSummary, Fate, Reason


@atomic
def decide_customers(
    *,
    customers: Iterable[int],
    blocked: Collection[int],
    in_preparation: Collection[int],
    at: datetime,
    by: Actor,
) -> DecisionSummary:
    """Decide again every line of these customers that has not left: held if their account is blocked by now.

    Reserved copies of the blocked ones are decided again too, and keep their promise; those that a wave holds go
    on their way. Running it again changes nothing.

    :param blocked: those of `customers` whose reserved copies stop.
    :param in_preparation: lines that a wave holds; the caller sees to it that no wave is being made.
    """
    stopping: Collection[int] = queries.lines_of_customers(blocked)
    lines = set(stopping) | set(queries.lines_of_customers(customers))
    states = following.lock_states(lines)
    stopped = [
        row
        for row in states
        if row.reserved and row.line_id in stopping and row.line_id not in in_preparation
    ]
    waiting = [row for row in states if any(getattr(row, fate) for fate in OPEN_FATES)]
    if not stopped and not waiting:
        return DecisionSummary(0, 0, {})
    act = journal.record("orders.decide", at=at, by=by)
    moves = [
        ledger.LineMoved(
            row.line_id, Fate.RESERVED, Fate.UNDECIDED, row.reserved, Reason.ACCOUNT_BLOCKED, None, f"{act}:stop"
        )
        for row in stopped
    ]  # fmt: skip
    ledger.record(moves, act=act)
    open_lines = deciding.open_lines(lines=lines)
    done = deciding.decide_lines(open_lines, at=at, by=by, act=act)
    following.forget_held({row.order_id for row in stopped}, in_preparation)
    return DecisionSummary(len(open_lines), done.changed, done.copies)
