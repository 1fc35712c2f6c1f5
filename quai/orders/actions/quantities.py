"""A legal but absurd quantity waits for a person: one slip of a finger must not empty the shelf."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import datetime

from quai.access.types import Actor
from quai.core import journal, sql
from quai.core.atomic import atomic
from quai.orders.actions import deciding
from quai.orders.types import DecisionSummary


@atomic
def accept_quantities(*, lines: Iterable[int], at: datetime, by: Actor) -> DecisionSummary:
    """A person says that these lines mean the many copies they ask for: they are decided again, with their free copies.

    Running it again changes nothing; a line that is not held for its quantity is left as it is.
    """
    found = [row.line_id for row in sql.rows("orders/held_as_absurd.sql", {"lines": sorted(set(lines))})]
    if not found:
        return DecisionSummary(0, 0, {})
    act = journal.record("orders.accept_quantities", at=at, by=by)
    sql.run("orders/accept_quantities.sql", {"lines": sorted(found), "act": act})
    freed = [row.id for row in sql.rows("orders/with_free_copies.sql", {"lines": found})]
    open_lines = deciding.open_lines(lines=freed)
    done = deciding.decide_lines(open_lines, at=at, by=by, act=act)
    return DecisionSummary(len(open_lines), done.changed, done.copies)
