"""Copies counted and copies carried from bin to bin, while pickers are at work."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from datetime import datetime

from quai.access.types import Actor
from quai.core import sql
from quai.core.atomic import atomic
from quai.core.refusals import Refusal
from quai.orders import actions as orders
from quai.orders import queries as order_queries
from quai.orders.types import ShortLine
from quai.stock import actions as stock
from quai.stock import queries as stock_queries
from quai.stock.types import Count, Move, Promise
from quai.warehouse import queries
from quai.warehouse.types import Counted

Bin = tuple[int, int, int, str]  # product, place, owner, state


class BeingPicked(Refusal):
    """Pickers are still to fetch %(picked)s of the %(found)s copies at %(place)s: %(asked)s cannot be carried off."""

    code = "warehouse.being_picked"


@atomic
def count(*, counts: Sequence[Count], reason: str, at: datetime, by: Actor) -> Counted:
    """Make the ledger say what was counted, and decide again at once the lines whose copies are not there after all.

    A bin where a wave is still to be picked is left for later, and said: nobody knows which of its copies are on a
    picker's trolley. Running it again is harmless: a count is written once.

    :raises UnknownPlace, CountedTwice, KeyReused: see `stock.adjust`; nothing is written.
    """
    sql.rows("warehouse/one_preparer.sql")
    places = stock_queries.places(one.location_code for one in counts)
    bins = [(one.product_id, places[one.location_code], one.owner_id, str(one.state)) for one in counts]
    picked = {(row.product_id, row.location_id, row.owner_id, row.state) for row in _being_picked(bins)}
    known = stock_queries.known_counts(one.source_key for one in counts)
    busy = [
        one for one, bin_ in zip(counts, bins, strict=True) if bin_ in picked and one.source_key not in known
    ]
    left = {one.source_key for one in busy}
    free = [one for one in counts if one.source_key not in left]
    products = list({one.product_id for one in free})
    in_hand = [row.id for row in sql.rows("warehouse/in_hand.sql", {"products": products})]
    adjusted = stock.adjust(counts=free, reason=reason, at=at, by=by, in_hand=in_hand)
    short = _decide_again(adjusted.released, at=at, by=by)
    return Counted(len(free), adjusted, busy, short)


@atomic
def carry(*, moves: Sequence[Move], at: datetime, by: Actor) -> int:
    """Carry copies from bin to bin (put away, replenishment), never those that pickers are about to fetch.

    Running it again is harmless: a source key moves once.

    :returns: how many moves were new.
    :raises BeingPicked, NotThere, Promised, KeyReused: nothing moves.
    """
    sql.rows("warehouse/one_preparer.sql")
    known = stock_queries.known_moves(one.source_key for one in moves)
    leaving: Counter[Bin] = Counter()
    for one in moves:
        if one.source_key not in known:
            leaving[one.product_id, one.from_location_id, one.owner_id, str(one.state)] += one.quantity
    for row in _being_picked(list(leaving)):
        asked = leaving[row.product_id, row.location_id, row.owner_id, row.state]
        if row.on_hand - row.quantity < asked:
            raise BeingPicked(place=row.code, picked=row.quantity, found=row.on_hand, asked=asked)
    return stock.move(moves=moves, at=at, by=by)


def _being_picked(bins: Sequence[Bin]) -> list[sql.Row]:
    if not bins:
        return []
    products, places, owners, states = (list(column) for column in zip(*bins, strict=True))
    given = {"products": products, "places": places, "owners": owners, "states": states}
    return sql.rows("warehouse/being_picked.sql", given)


def _decide_again(released: Sequence[Promise], *, at: datetime, by: Actor) -> dict[int, int]:
    """Decide the lines of these promises again; the copies that each lost."""
    short: Counter[int] = Counter()
    first: dict[int, int] = {}
    for promise in released:
        short[promise.key] += promise.quantity
        first.setdefault(promise.key, promise.reservation_id)
    orders.record_short(
        short=[ShortLine(line, lost, f"count:{first[line]}") for line, lost in short.items()], at=at, by=by
    )
    going = queries.in_preparation(order_queries.lines_beside(short))
    orders.leave_prepared(lines=short, in_preparation=going)
    return dict(short)
