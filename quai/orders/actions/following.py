"""What happens to lines after they came in: decided again, prepared, shipped, found short, cancelled."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Sequence
from datetime import datetime
from typing import Any

from quai.access.types import Actor
from quai.core import journal, sql
from quai.core.atomic import atomic
from quai.core.refusals import invariant
from quai.orders import queries
from quai.orders.actions import deciding, ledger
from quai.orders.types import (
    OPEN_FATES,
    CancelOutcome,
    Confirmation,
    DecisionSummary,
    Fate,
    InvoicedLine,
    Reason,
    ShippedLine,
    ShortLine,
)
from quai.stock import actions as stock

_FOUND_SHORT_FIRST = (Fate.RESERVED, Fate.HELD, Fate.GROUPED)


@atomic
def confirm(*, orders: Sequence[int], at: datetime, by: Actor) -> list[Confirmation]:
    """Give every open line of these orders its fate. Running it again is harmless: what changed since counts."""
    lines = [row.id for row in sql.rows("orders/lines_of_orders.sql", {"orders": list(orders)})]
    _decide(deciding.open_lines(lines=lines), "orders.confirm", at=at, by=by)
    return queries.fates(orders)


@atomic
def decide(*, at: datetime, by: Actor, products: Iterable[int] | None = None) -> DecisionSummary:
    """Decide all open lines again, urgent ones first, then offices, then the oldest: after stock, a price, a date, an
    account changed. Copies that stay as they are leave no trace.

    :param products: only lines of these titles (goods-in serves backorders at once); none given: all.
    """
    lines = deciding.open_lines(products=products)
    done = _decide(lines, "orders.decide", at=at, by=by)
    return DecisionSummary(len(lines), done.changed, done.copies)


@atomic
def take_ready(*, limit: int | None = None) -> list[int]:
    """Take orders with copies ready to prepare off the list, the oldest first, for a wave of the same transaction.

    An order that somebody is deciding right now stays for the next wave. Of its lines, those with `reserved` copies
    may leave; promises of lines without are kept for held or grouped copies.
    """
    return [row.order_id for row in sql.rows("orders/take_ready.sql", {"limit": limit})]


@atomic
def lock_lines(*, lines: Iterable[int]) -> None:
    """Lock these lines, in key order. For verbs above that change stock and lines in one transaction: lines come first,
    pools after, everywhere, so that nobody waits in a circle.
    """
    sql.rows("orders/lock_lines.sql", {"lines": sorted(set(lines))})


@atomic
def lock_waiting(*, products: Iterable[int]) -> None:
    """Lock the lines that wait for copies of these titles, in key order, before stock moves: see `lock_lines`."""
    deciding.open_lines(products=products)


@atomic
def record_shipped(*, shipped: Sequence[ShippedLine], at: datetime, by: Actor) -> int:
    """Copies left on a note: reserved → shipped. The same key of a line twice counts once; how many were new.

    :raises KeyReused: a key comes again with another quantity.
    """
    if not shipped:
        return 0
    act = journal.record("orders.ship", at=at, by=by)
    moves = [
        ledger.LineMoved(line, Fate.RESERVED, Fate.SHIPPED, quantity, Reason.SHIPPED, None, key)
        for line, quantity, key in shipped
    ]
    return ledger.record(moves, act=act)


@atomic
def record_invoiced(*, invoiced: Sequence[InvoicedLine], at: datetime, by: Actor) -> int:
    """Copies of lines that count against a credit limit were invoiced: their account owes them now. How many were new.

    Of lines without an estimate (`orders_read_estimate`) nothing need be said.

    :raises KeyReused: a key comes again for other copies.
    """
    if not invoiced:
        return 0
    act = journal.record("orders.invoice", at=at, by=by)
    lines, quantities, keys = (list(column) for column in zip(*invoiced, strict=True))
    given = {"act": act, "lines": lines, "quantities": quantities, "keys": keys}
    [done] = sql.rows("orders/invoice.sql", given)
    if done.written < len(invoiced):
        for row in sql.rows("orders/invoiced_otherwise.sql", given):
            raise ledger.KeyReused(source_key=row.source_key)
    return int(done.written)


@atomic
def record_unshipped(*, unshipped: Sequence[ShippedLine], at: datetime, by: Actor) -> int:
    """A note was reopened: its copies are no longer shipped, and are promised again.

    Call it once the copies are back on the shelf: they are reserved here, for these lines (or their account is
    blocked by now, and they are held).
    """
    if not unshipped:
        return 0
    act = journal.record("orders.unship", at=at, by=by)
    moves = [
        ledger.LineMoved(line, Fate.SHIPPED, Fate.UNDECIDED, quantity, Reason.NOTE_REOPENED, None, key)
        for line, quantity, key in unshipped
    ]
    return _undecide(moves, act=act, at=at, by=by)


@atomic
def record_short(*, short: Sequence[ShortLine], at: datetime, by: Actor) -> int:
    """Copies promised were not there (an empty shelf, a stocktake): undecided again, and decided at once.

    Call it once stock has released their promises; how many moves were new.
    """
    if not short:
        return 0
    act = journal.record("orders.short", at=at, by=by)
    states = {row.line_id: row for row in lock_states(one.line_id for one in short)}
    known = _known(short)
    moves: list[ledger.LineMoved] = []
    for line_id, quantity, key in short:
        if known.get((line_id, key), quantity) != quantity:
            raise ledger.KeyReused(source_key=key)
        if (line_id, key) in known:
            continue
        moves += moves_from(
            states[line_id], _FOUND_SHORT_FIRST, Fate.UNDECIDED, quantity, Reason.SHELF_SHORTAGE, key
        )
    return _undecide(moves, act=act, at=at, by=by)


@atomic
def cancel(
    *, lines: Sequence[int], reason: Reason, at: datetime, by: Actor, in_preparation: Collection[int] = ()
) -> list[CancelOutcome]:
    """Cancel what has not left of these lines, and of the free copies they earned. Running it again changes nothing.

    Reserved copies are cancelled only while their order is on the list of those to prepare.

    :param in_preparation: lines that a wave already holds although their order is on the list again for others.
    """
    states = lock_states(queries.with_free_copies(lines))
    ready = {
        row.order_id
        for row in sql.rows("orders/lock_ready.sql", {"orders": [state.order_id for state in states]})
    }
    stoppable = {row.line_id for row in states if row.order_id in ready and row.line_id not in in_preparation}
    outcomes = [
        _stopped(row, (*OPEN_FATES, Fate.RESERVED) if row.line_id in stoppable else OPEN_FATES)
        for row in states
    ]
    _stop(states, Fate.CANCELLED, reason, stoppable, "orders.cancel", at=at, by=by)
    forget_held(ready, in_preparation)
    return outcomes


@atomic
def refuse_held(*, lines: Sequence[int], at: datetime, by: Actor) -> list[CancelOutcome]:
    """A person refuses what these lines hold: held → refused, their promises go to whoever comes next."""
    states = lock_states(lines)
    outcomes = [_stopped(row, (Fate.HELD,)) for row in states]
    _stop(states, Fate.REFUSED, Reason.PERSON_REFUSED, set(), "orders.refuse_held", at=at, by=by)
    return outcomes


def _stopped(row: sql.Row, fates: Sequence[Fate]) -> CancelOutcome:
    stopped = sum(getattr(row, fate) for fate in fates)
    return CancelOutcome(row.line_id, stopped, row.reserved if Fate.RESERVED not in fates else 0, row.shipped)


def _stop(
    states: Sequence[sql.Row], fate: Fate, reason: Reason, stoppable: Collection[int], verb: str, *,
    at: datetime, by: Actor,
) -> None:  # fmt: skip
    """Move what may be stopped of these lines to their last fate, and give their promises back."""
    stopped: list[tuple[sql.Row, tuple[Fate, ...]]] = []
    for row in states:
        fates = (Fate.HELD,) if fate is Fate.REFUSED else OPEN_FATES
        if row.line_id in stoppable:
            fates = (*fates, Fate.RESERVED)
        if any(getattr(row, one) for one in fates):
            stopped.append((row, fates))
    if not stopped:
        return
    act = journal.record(verb, at=at, by=by, reason=str(reason))
    moves = [
        move
        for row, fates in stopped
        for move in moves_from(row, fates, fate, sum(getattr(row, one) for one in fates), reason, str(act))
    ]
    kept = {row.line_id: 0 if row.line_id in stoppable else row.reserved for row, _ in stopped}
    promises = deciding.promises_beyond(kept)
    lost = sorted(promise.reservation_id for found in promises.values() for promise in found)
    stock.release(reservations=lost, reason=str(fate), at=at, by=by)
    ledger.record(moves, act=act)


def _decide(lines: Sequence[deciding.OpenLine], verb: str, *, at: datetime, by: Actor) -> deciding.Decided:
    if not lines:
        return deciding.Decided()
    return deciding.decide_lines(lines, at=at, by=by, act=journal.record(verb, at=at, by=by))


def _undecide(moves: Sequence[ledger.LineMoved], *, act: int, at: datetime, by: Actor) -> int:
    """Write moves to undecided, then decide their lines at once."""
    new = ledger.record(moves, act=act)
    if new:
        deciding.decide_lines(
            deciding.open_lines(lines=(move.line_id for move in moves)), at=at, by=by, act=act
        )
    return new


def _known(short: Sequence[ShortLine]) -> dict[tuple[int, str], int]:
    """The copies already recorded under each of these keys."""
    lines, _, keys = (list(column) for column in zip(*short, strict=True))
    found = sql.rows("orders/known_moves.sql", {"lines": lines, "keys": keys})
    return {(row.line_id, row.source_key): row.quantity for row in found}


def lock_states(lines: Iterable[int]) -> list[sql.Row]:
    """Lock these lines, in key order, and read where their copies are."""
    return sql.rows("orders/lock_lines.sql", {"lines": sorted(set(lines))})


@atomic
def leave_prepared(*, lines: Iterable[int], in_preparation: Collection[int]) -> None:
    """Take the orders of these lines off the list of those to prepare, when they have nothing left for a wave.

    :param in_preparation: the lines of these orders that a wave holds.
    """
    forget_held({row.order_id for row in lock_states(lines)}, in_preparation)


def forget_held(orders: Collection[int], in_preparation: Collection[int]) -> None:
    """Take orders off the list of those to prepare, when a wave holds every line that is reserved."""
    given = {"orders": sorted(orders), "in_preparation": sorted(in_preparation)}
    sql.run("orders/forget_held.sql", given)


def moves_from(
    row: Any, fates: Sequence[Fate], to: Fate, quantity: int, reason: Reason, key: str
) -> list[ledger.LineMoved]:
    """Moves of `quantity` copies to one fate, taken from these fates in their order."""
    moves: list[ledger.LineMoved] = []
    for fate in fates:
        taken = min(getattr(row, fate), quantity)
        if taken:
            once = f"{key}+{len(moves)}" if moves else key
            moves.append(ledger.LineMoved(row.line_id, fate, to, taken, reason, None, once))
            quantity -= taken
    invariant(quantity == 0, f"line {row.line_id} has the copies that move")
    return moves
