"""Fewer copies of a line than ordered: what is missing goes first, what is promised last."""

from __future__ import annotations

from collections.abc import Collection, Mapping, Sequence
from datetime import datetime

from quai.access.types import Actor
from quai.core import journal, sql
from quai.core.atomic import atomic
from quai.orders import queries
from quai.orders.actions import deciding, following, ledger
from quai.orders.types import CancelOutcome, Fate, Reason
from quai.stock import actions as stock
from quai.terms import queries as terms
from quai.terms.types import DiscountQuestion

_FEWER_FIRST = (Fate.UNDECIDED, Fate.BACKORDERED, Fate.WAITING, Fate.GROUPED, Fate.HELD)
_PROMISED = (Fate.GROUPED, Fate.HELD)


@atomic
def cancel_copies(
    *,
    copies: Mapping[int, int | None],
    reason: Reason,
    at: datetime,
    by: Actor,
    in_preparation: Collection[int],
) -> list[CancelOutcome]:
    """Cancel copies until so many of each line are cancelled in all: the same again cancels nothing more.

    Free copies that the rest no longer earns go too. Copies being prepared or gone are left, and said.

    :param copies: line -> copies cancelled in all; None: every one.
    :param in_preparation: the lines of these orders that a wave holds; the caller sees to it that no wave is made now.
    """
    states = following.lock_states(queries.with_free_copies(copies))
    wanted = _wanted(states, copies)
    cuts = [_Cut(row, wanted[row.line_id], row.line_id not in in_preparation) for row in states]
    _write([cut for cut in cuts if cut.copies], reason, at=at, by=by)
    following.forget_held({row.order_id for row in states}, in_preparation)
    return [CancelOutcome(cut.row.line_id, cut.copies, cut.left, cut.row.shipped) for cut in cuts]


class _Cut:
    """What is cancelled of one line, and from which fates."""

    def __init__(self, row: sql.Row, wanted: int, stoppable: bool) -> None:
        self.row, self.stoppable = row, stoppable
        self.fates = (*_FEWER_FIRST, Fate.RESERVED) if stoppable else _FEWER_FIRST
        self.copies = min(wanted, sum(getattr(row, fate) for fate in self.fates))
        self.left = min(wanted - self.copies, 0 if stoppable else row.reserved)

    def moves(self, reason: Reason, act: int) -> list[ledger.LineMoved]:
        """The copies cancelled, and, where promises are cut, the others back to be decided at once."""
        gone = following.moves_from(self.row, self.fates, Fate.CANCELLED, self.copies, reason, str(act))
        promised = (*_PROMISED, Fate.RESERVED) if self.stoppable else _PROMISED
        taken = {move.from_fate: move.quantity for move in gone}
        if not any(fate in taken for fate in promised):
            return gone
        stays = [(fate, getattr(self.row, fate) - taken.get(fate, 0)) for fate in promised]
        return gone + [
            ledger.LineMoved(self.row.line_id, fate, Fate.UNDECIDED, quantity, reason, None, f"{act}:{fate}")
            for fate, quantity in stays
            if quantity
        ]


def _wanted(states: Sequence[sql.Row], copies: Mapping[int, int | None]) -> dict[int, int]:
    """How many more copies of each line to cancel, free copies after the line that earned them."""
    ordered = {row.line_id: row.ordered for row in states}
    target = {
        line: ordered[line] if asked is None else min(asked, ordered[line])
        for line, asked in copies.items()
        if line in ordered
    }
    earned = sql.rows("orders/earned.sql", {"lines": list(copies)})
    answers = terms.discounts(_questions(earned)) if earned else []
    for row, answer in zip(earned, answers, strict=True):
        bought = ordered[row.free_with_id] - target[row.free_with_id]
        still = bought // answer.free_per if answer.free_per else 0
        target[row.line_id] = max(target.get(row.line_id, 0), ordered[row.line_id] - still)
    return {row.line_id: max(0, target.get(row.line_id, 0) - row.cancelled) for row in states}


def _questions(earned: Sequence[sql.Row]) -> list[DiscountQuestion]:
    """What earns a free copy is asked as on the day the order came."""
    modes = {
        day: terms.accounts({row.customer_id for row in earned if row.received_on == day}, on=day)
        for day in {row.received_on for row in earned}
    }
    return [
        DiscountQuestion(
            key, row.customer_id, row.product_id, row.kind, str(modes[row.received_on][row.customer_id].sale_mode),
            row.operation_code, row.received_on, row.received_on,
        )
        for key, row in enumerate(earned)
    ]  # fmt: skip


def _write(cuts: Sequence[_Cut], reason: Reason, *, at: datetime, by: Actor) -> None:
    """Give back the promises that are cut, write the moves, and decide at once what was only set free by them."""
    if not cuts:
        return
    act = journal.record("orders.cancel", at=at, by=by, reason=str(reason))
    moves = [move for cut in cuts for move in cut.moves(reason, act)]
    undone = {move.line_id for move in moves if move.from_fate in (*_PROMISED, Fate.RESERVED)}
    kept = {
        cut.row.line_id: 0 if cut.stoppable else cut.row.reserved for cut in cuts if cut.row.line_id in undone
    }
    promises = deciding.promises_beyond(kept)
    lost = sorted(promise.reservation_id for found in promises.values() for promise in found)
    stock.release(reservations=lost, reason=str(Fate.CANCELLED), at=at, by=by)
    ledger.record(moves, act=act)
    again = {move.line_id for move in moves if move.to_fate is Fate.UNDECIDED}
    if again:
        deciding.decide_lines(deciding.open_lines(lines=again), at=at, by=by, act=act)
