"""Credit limits: an order that would take its account over the limit is held, its copies kept for it.

What an account owes is what the ledger of money says, and what it is engaged for: copies reserved, or shipped and not
yet invoiced, at the net they were estimated at when first ready. Counted from the day the account has a limit, so
that an account without one costs nothing here; a line is counted whole or not at all.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from datetime import date
from decimal import Decimal
from itertools import groupby
from operator import attrgetter
from typing import NamedTuple

from quai.core import sql
from quai.orders.actions.worth import worth

_ESTIMATE = ("act_id", "line_id", "customer_id", "net")


class Leaving(NamedTuple):
    """Copies of a line that would leave, of an account that has a limit."""

    line_id: int
    order_id: int
    customer_id: int
    limit: Decimal
    copies: int


def over_limit(leaving: Sequence[Leaving], *, on: date, act: int) -> set[int]:
    """Say which lines to hold: order by order, in the order given, what would take its account over its limit.

    An order that is held owes nothing, so that a smaller one after it may still leave.
    """
    if not leaving:
        return set()
    nets, counted = _estimated(leaving, on=on, act=act)
    engaging = {line.customer_id for line in leaving if line.line_id in counted}
    sql.run("orders/lock_engaged.sql", {"customers": sorted(engaging)})
    asked = {"customers": sorted({line.customer_id for line in leaving})}
    owed = {row.customer_id: row.owed for row in sql.rows("orders/debts.sql", asked)}
    return hold(leaving, nets, owed)


def hold(leaving: Iterable[Leaving], nets: Mapping[int, Decimal], owed: dict[int, Decimal]) -> set[int]:
    """Say which lines to hold, and add to what is owed what the others are worth. Arithmetic only."""
    held: set[int] = set()
    for _, group in groupby(leaving, key=attrgetter("order_id")):
        order = list(group)
        amount = sum((nets[line.line_id] * line.copies for line in order), Decimal(0))
        if owed[order[0].customer_id] + amount > order[0].limit:
            held |= {line.line_id for line in order}
        else:
            owed[order[0].customer_id] += amount
    return held


def engage(lines: Iterable[int]) -> None:
    """Count what estimated lines just opened will be invoiced; moves of older lines are counted with them."""
    sql.run("orders/engage.sql", {"lines": list(lines)})


def _estimated(leaving: Sequence[Leaving], *, on: date, act: int) -> tuple[dict[int, Decimal], set[int]]:
    """The net of one copy of each line, estimated once for ever, and the lines that count.

    A line that had copies leave before its account had a limit is measured against it every time, and never counts:
    nobody wrote which of those copies were invoiced.
    """
    known = sql.rows("orders/estimated.sql", {"lines": [line.line_id for line in leaving]})
    nets: dict[int, Decimal] = {row.line_id: row.net for row in known if row.net is not None}
    counted = {line.line_id for line in leaving} - {row.line_id for row in known if row.net is None}
    if new := [line.line_id for line in leaving if line.line_id not in nets]:
        found = {line: (one.customer_id, one.copy) for line, one in worth(new, on=on).items()}
        written = ((act, line, *one) for line, one in found.items() if line in counted)
        sql.copy_in("orders_estimate", _ESTIMATE, written)
        nets |= {line: net for line, (_, net) in found.items()}
    return nets, counted
