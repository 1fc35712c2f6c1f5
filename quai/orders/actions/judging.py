"""Orders that need a person: a known reference came with other content, and somebody says what it is.

An order of that standing never has lines. Accepted, what was archived of it enters as a new order, which a fact ties
to the one it was; refused, it stays what it is.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from datetime import datetime

from quai.access.types import Actor
from quai.core import journal, sql
from quai.core.atomic import atomic
from quai.core.refusals import Refusal, invariant
from quai.orders import queries
from quai.orders.actions import receiving
from quai.orders.types import OrderMessage, OrderOutcome, Standing


class NotToJudge(Refusal):
    """Order %(order)s needs no person: there is nothing to accept or refuse."""

    code = "orders.not_to_judge"


class JudgedOtherwise(Refusal):
    """Somebody has judged order %(order)s already, and otherwise."""

    code = "orders.judged_otherwise"


class UnknownOrder(Refusal):
    """There is no order %(order)s."""

    code = "orders.unknown_order"


@atomic
def accept(*, messages: Mapping[int, OrderMessage], at: datetime, by: Actor) -> list[OrderOutcome]:
    """Enter as new orders what these orders say, under the terms of the day they came; one outcome each, by order.

    Running it again is harmless: an order is accepted once, and told as it stands.

    :param messages: order -> what was archived of it, read again.
    :raises UnknownOrder, NotToJudge, JudgedOtherwise: none of them enters.
    """
    rows = _to_judge(messages)
    for row in rows:
        if row.judgement_id is not None and row.became_id is None:
            raise JudgedOtherwise(order=row.id)
    due = [row for row in rows if row.judgement_id is None]
    if due:
        act = journal.record("orders.accept", at=at, by=by)
        for row in due:
            same = receiving.content_digest(messages[row.id]) == bytes(row.content_digest)
            invariant(same, f"what is read of order {row.id} is what was received")
        taken = [(f"accepted:{row.id}", messages[row.id], row.channel, row.received_on) for row in due]
        became = receiving.enter_accepted(taken, act=act, at=at, by=by)
        _write([row.id for row in due], became, act=act)
        sql.run("orders/know_references.sql", {"orders": became})
    told = queries.by_source_key([f"accepted:{row.id}" for row in rows])
    known = {row.id for row in rows if row.judgement_id is not None}
    return [told[f"accepted:{row.id}"]._replace(already_known=row.id in known) for row in rows]


@atomic
def refuse(*, orders: Sequence[int], reason: str, at: datetime, by: Actor) -> list[int]:
    """Say that these orders are not to be served; those refused now. Running it again changes nothing.

    :raises UnknownOrder, NotToJudge, JudgedOtherwise: none of them is refused.
    """
    rows = _to_judge(orders)
    for row in rows:
        if row.became_id is not None:
            raise JudgedOtherwise(order=row.id)
    due = [row.id for row in rows if row.judgement_id is None]
    if due:
        act = journal.record("orders.refuse", at=at, by=by, reason=reason)
        _write(due, [None] * len(due), act=act)
    return due


def _to_judge(orders: Iterable[int]) -> list[sql.Row]:
    sql.rows("orders/one_judge.sql")
    asked = sorted(set(orders))
    rows = sql.rows("orders/to_judge.sql", {"orders": asked})
    found = {row.id: row for row in rows}
    for order in asked:
        if order not in found:
            raise UnknownOrder(order=order)
        if found[order].standing != Standing.NEEDS_PERSON:
            raise NotToJudge(order=order)
    return rows


def _write(orders: Sequence[int], became: Sequence[int | None], *, act: int) -> None:
    given = {"act": act, "orders": list(orders), "became": list(became)}
    sql.run("orders/write_judgements.sql", given)
