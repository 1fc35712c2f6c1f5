"""Deciding: every open copy gets its fate, from terms, dates, availability and what stock can promise.

The same steps for a line that has just come in and for one that has waited for a year: judge, ask stock, split,
write. Stock comes as late as can be, because its pools stay locked until the transaction ends.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date, datetime, timedelta
from decimal import Decimal
from typing import NamedTuple

from quai.access.types import Actor
from quai.core import house, sql
from quai.orders import meaning, queries
from quai.orders.actions import credit, ledger
from quai.orders.actions.worth import worth
from quai.orders.splitting import Current, Verdict, changes, parts
from quai.orders.types import OPEN_FATES, URGENT_OPERATION, Fate, LinePart, Reason
from quai.stock import actions as stock
from quai.stock import queries as stock_queries
from quai.stock.types import Demand, Promise
from quai.terms.types import LOWEST_CEILING

NEW_FOR_DAYS = 92  # three months: how long after publication a title is new, for "keep if new"


class OpenLine(NamedTuple):
    """A line with copies to decide. A tuple because there may be a hundred thousand."""

    line_id: int
    order_id: int
    product_id: int | None
    quantity: int  # copies to decide
    current: Current = ()  # the fates they have now; none: just written, nobody else sees it, it has no state yet
    reserved: int = 0  # copies already on their way out, not decided again


class Ruling(NamedTuple):
    """What is known of lines before copies are counted; shared by all of which the same is true."""

    verdict: Verdict
    turn: int  # 0 urgent, 1 office, 2 others
    customer_id: int | None  # said when `whole`, `minimum` or `credit_limit` is
    whole: bool  # leaves complete or not at all
    minimum: Decimal | None  # net amount under which the account's lines are grouped
    grouped_until: date | None
    leaves_on: date | None  # the account's next shipping day, when it is not today
    credit_limit: Decimal | None


Judged = tuple[OpenLine, Ruling]


@dataclass(slots=True)
class Decided:
    """What deciding did: the parts of each line, and what changed."""

    parts: dict[int, tuple[LinePart, ...]] = field(default_factory=dict)
    changed: int = 0
    copies: Counter[Fate] = field(default_factory=Counter)


def decide_lines(lines: Sequence[OpenLine], *, at: datetime, by: Actor, act: int) -> Decided:
    """Give every copy of these lines its fate. Lines that have a state must have been locked before."""
    judged = _with_grouped(judge(lines, on=house.day(at)), on=house.day(at))
    judged = _with_absurd_held(judged, on=house.day(at))
    judged.sort(key=_priority)
    pending = _pending(judged)
    _give_back(judged, pending, at=at, by=by)
    ready = _ready(judged, pending, at=at, by=by)
    kept = _grouped(judged, ready, on=house.day(at))
    leaving = _leaving(judged, ready, kept)
    over = credit.over_limit(leaving, on=house.day(at), act=act)
    kept |= {line.line_id: _over_limit(ruling) for line, ruling in judged if line.line_id in over}
    decided = _write(judged, ready, kept, act=act)
    if fresh := {line.line_id for line, _ in judged if leaving and not line.current}:
        credit.engage(one.line_id for one in leaving if one.line_id in fresh)
    return decided


def open_lines(
    *, lines: Iterable[int] | None = None, products: Iterable[int] | None = None
) -> list[OpenLine]:
    """Lock the open lines among these, or those of these titles, or all, in key order."""
    found = sql.rows(
        "orders/open_lines.sql",
        {
            "lines": None if lines is None else sorted(set(lines)),
            "products": None if products is None else sorted(set(products)),
        },
    )
    return [_open_line(row) for row in found]


def judge(lines: Sequence[OpenLine], *, on: date) -> list[Judged]:
    """Say what becomes of each line as far as terms, dates and availability decide it."""
    if not lines:
        return []
    found = sql.rows(
        "orders/judge.sql",
        {
            "lines": _array(line.line_id for line in lines),
            "orders": _array(line.order_id for line in lines),
            "products": _array(line.product_id for line in lines),
            "day": on,
            "new_since": on - timedelta(days=NEW_FOR_DAYS),
            "urgent": URGENT_OPERATION,
            **meaning.parameters(),
        },
    )
    by_id = {line.line_id: line for line in lines}
    judged: list[Judged] = []
    for row in found:
        ruling = _ruling(row)
        judged += [(by_id[line_id], ruling) for line_id in row.lines]
    return judged


def _array(values: Iterable[int | None]) -> str:
    """The numbers as PostgreSQL writes an array: five times quicker than a list adapted item by item."""
    return "{" + ",".join(["NULL" if value is None else str(value) for value in values]) + "}"


def _ruling(row: sql.Row) -> Ruling:
    verdict = Verdict(
        Fate(row.fate),
        Reason(row.reason),
        row.until_on,
        Fate(row.missing_fate),
        Reason(row.missing_reason),
        row.missing_until,
    )
    return Ruling(
        verdict,
        row.turn,
        row.customer_id,
        row.whole,
        row.minimum,
        row.grouped_until,
        row.leaves_on,
        row.credit_limit,
    )


def _open_line(row: sql.Row) -> OpenLine:
    current = tuple((fate, quantity) for fate in OPEN_FATES if (quantity := getattr(row, fate)))
    copies = sum(quantity for _, quantity in current)
    return OpenLine(row.line_id, row.order_id, row.product_id, copies, current, row.reserved)


def _priority(one: Judged) -> tuple[int, int, int]:
    """Urgent first, then offices before their date, then the oldest."""
    line, ruling = one
    return ruling.turn, line.order_id, line.line_id


def _with_grouped(judged: list[Judged], *, on: date) -> list[Judged]:
    """Add the grouped lines of customers with a minimum: a new order may be all they lacked to reach it."""
    customers = {ruling.customer_id for _, ruling in judged if ruling.minimum is not None}
    if not customers:
        return judged
    known = {line.line_id for line, _ in judged}
    lines = [row.line_id for row in sql.rows("orders/grouped_lines.sql", {"customers": list(customers)})]
    others = open_lines(lines=[line for line in lines if line not in known])
    return judged + judge(others, on=on)


def _with_absurd_held(judged: list[Judged], *, on: date) -> list[Judged]:
    """Hold, without any copy, what nobody can mean before a person says so: see `actions/quantities.py`."""
    many = [
        (line.line_id, line.order_id, line.quantity)
        for line, ruling in judged
        if line.quantity > LOWEST_CEILING and _takes_stock(ruling)
    ]
    absurd = queries.absurd_quantities(many, on=on)
    if not absurd:
        return judged
    return [
        (line, _held_as_absurd(ruling)) if line.line_id in absurd and _takes_stock(ruling) else (line, ruling)
        for line, ruling in judged
    ]


def _held_as_absurd(ruling: Ruling) -> Ruling:
    verdict = ruling.verdict._replace(fate=Fate.HELD, reason=Reason.ABSURD_QUANTITY, until_on=None)
    return ruling._replace(verdict=verdict)


def _takes_stock(ruling: Ruling) -> bool:
    """Whether copies are promised to such a line; held copies keep theirs, but for those that nobody can mean."""
    verdict = ruling.verdict
    return verdict.fate not in (Fate.REFUSED, Fate.WAITING) and verdict.reason is not Reason.ABSURD_QUANTITY


def _pending(judged: Sequence[Judged]) -> dict[int, list[Promise]]:
    """The promises of held and grouped copies, and of copies just undecided, by line."""
    promised = {Fate.HELD, Fate.GROUPED, Fate.UNDECIDED}
    return promises_beyond(
        {
            line.line_id: line.reserved
            for line, _ in judged
            if line.current and any(fate in promised for fate, _ in line.current)
        }
    )


def promises_beyond(reserved: Mapping[int, int]) -> dict[int, list[Promise]]:
    """The pending promises of these lines beyond so many copies of each, which the oldest promises cover."""
    found: dict[int, list[Promise]] = {}
    if not reserved:
        return found
    on_their_way = dict(reserved)
    for promise in stock_queries.pending(reserved):
        if on_their_way[promise.key] > 0:
            on_their_way[promise.key] -= promise.quantity
        else:
            found.setdefault(promise.key, []).append(promise)
    return found


def _give_back(
    judged: Sequence[Judged], pending: dict[int, list[Promise]], *, at: datetime, by: Actor
) -> None:
    """Release the promises of lines that are refused or wait for a date after all, or ask for too much."""
    if not pending:
        return
    lost = sorted(
        promise.reservation_id
        for line, ruling in judged
        if not _takes_stock(ruling)
        for promise in pending.pop(line.line_id, ())
    )
    stock.release(reservations=lost, reason="decided_again", at=at, by=by)


def _ready(
    judged: Sequence[Judged], pending: Mapping[int, Sequence[Promise]], *, at: datetime, by: Actor
) -> dict[int, int]:
    """Copies promised to each line: those it had, and those stock promises now, in order of priority."""
    ready: dict[int, int] = {}
    demands: list[Demand] = []
    for line, ruling in judged:
        fate = ruling.verdict.fate
        if line.product_id is None or not _takes_stock(ruling):
            continue
        had = min(line.quantity, sum(p.quantity for p in pending.get(line.line_id, ()))) if pending else 0
        ready[line.line_id] = had
        if fate is Fate.HELD and line.reserved:
            continue  # the promises of a line are all on their way or all held: the warehouse tells by line
        if had < line.quantity:
            demands.append(Demand(line.line_id, line.product_id, line.quantity - had))
    for promise in stock.reserve(demands=_worth_asking(demands, judged), at=at, by=by):
        ready[promise.key] += promise.quantity
    return ready


def _worth_asking(demands: list[Demand], judged: Sequence[Judged]) -> list[Demand]:
    """Leave out titles without a free copy when old lines are decided again: most are out of stock."""
    if not any(line.current for line, _ in judged):
        return demands
    pools = stock_queries.pools({demand.product_id for demand in demands})
    free = {pool.product_id for pool in pools if pool.available > 0}
    return [demand for demand in demands if demand.product_id in free]


def _grouped(judged: Sequence[Judged], ready: Mapping[int, int], *, on: date) -> dict[int, Verdict]:
    """The verdict on copies that are there but stay: whole order awaited, not a shipping day, minimum not reached."""
    asked = [one for one in judged if one[1].whole or one[1].leaves_on or one[1].minimum is not None]
    if not asked:
        return {}
    incomplete = {one[0].order_id for one in asked if one[1].whole and _incomplete(one, ready)}
    grouped: dict[int, Verdict] = {}
    light: list[Judged] = []
    for one in asked:
        line, ruling = one
        if ruling.verdict.fate is not Fate.RESERVED or line.reserved:
            continue
        if line.order_id in incomplete:
            grouped[line.line_id] = _group(ruling, Reason.WHOLE_ORDER, None)
        elif ruling.leaves_on:
            grouped[line.line_id] = _group(ruling, Reason.SHIPPING_DAY, ruling.leaves_on)
        elif ruling.minimum is not None:
            light.append(one)
    amounts = _worth(light, ready, on=on)
    for line, ruling in light:
        if amounts.get(ruling.customer_id or 0, Decimal(0)) < (ruling.minimum or 0):
            grouped[line.line_id] = _group(ruling, Reason.BELOW_MINIMUM, ruling.grouped_until)
    return grouped


def _group(ruling: Ruling, reason: Reason, until_on: date | None) -> Verdict:
    return ruling.verdict._replace(fate=Fate.GROUPED, reason=reason, until_on=until_on)


def _incomplete(one: Judged, ready: Mapping[int, int]) -> bool:
    line, ruling = one
    if ruling.verdict.fate is not Fate.RESERVED:
        return ruling.verdict.fate is Fate.WAITING
    return ruling.verdict.missing_fate is Fate.BACKORDERED and ready[line.line_id] < line.quantity


def _worth(judged: Sequence[Judged], ready: Mapping[int, int], *, on: date) -> dict[int, Decimal]:
    """Estimate, by customer, the net amount of copies ready to leave."""
    amounts: dict[int, Decimal] = {}
    if judged:
        for line_id, one in worth([line.line_id for line, _ in judged], on=on).items():
            amounts[one.customer_id] = amounts.get(one.customer_id, Decimal(0)) + one.of(ready[line_id])
    return amounts


def _leaving(
    judged: Sequence[Judged], ready: Mapping[int, int], kept: Mapping[int, Verdict]
) -> list[credit.Leaving]:
    """Copies about to leave, of accounts that have a limit; what is left of a line on its way already goes with it."""
    return [
        credit.Leaving(
            line.line_id, line.order_id, ruling.customer_id or 0, ruling.credit_limit, ready[line.line_id]
        )
        for line, ruling in judged
        if ruling.credit_limit is not None
        and ruling.verdict.fate is Fate.RESERVED
        and ready[line.line_id]
        and not line.reserved
        and line.line_id not in kept
    ]


def _over_limit(ruling: Ruling) -> Verdict:
    return ruling.verdict._replace(fate=Fate.HELD, reason=Reason.OVER_LIMIT, until_on=None)


def _write(
    judged: Sequence[Judged], ready: Mapping[int, int], grouped: Mapping[int, Verdict], *, act: int
) -> Decided:
    """Split each line as its verdict says, and write what changes."""
    decided = Decided()
    fresh: list[ledger.NewLine] = []
    moves: list[ledger.LineMoved] = []
    alike: dict[tuple[int, int, int], tuple[LinePart, ...]] = {}  # most lines split as another one did
    for line, ruling in judged:
        verdict = grouped.get(line.line_id, ruling.verdict) if grouped else ruling.verdict
        there = ready.get(line.line_id, 0)
        known = (line.quantity, there, id(verdict))
        split = alike.get(known) or alike.setdefault(known, parts(line.quantity, there, verdict))
        decided.parts[line.line_id] = split
        if not line.current:
            fresh.append((line.line_id, line.order_id, line.product_id, line.quantity, split))
            continue
        found = changes(line.current, split)
        moves += [
            ledger.LineMoved(line.line_id, *change, f"{act}.{number}") for number, change in enumerate(found)
        ]
    if fresh:
        ledger.open_lines(fresh, act=act)
    ledger.record(moves, act=act)
    decided.changed = len(fresh) + len({move.line_id for move in moves})
    for move in moves:
        decided.copies[move.to_fate] += move.quantity
    return decided
