"""Verbs that move copies."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime

from quai.access.types import Actor
from quai.core import journal, sql
from quai.core.atomic import atomic
from quai.stock import queries
from quai.stock.actions.ledger import move_arrays, write_moves
from quai.stock.types import SELLABLE_PLACES, Arrival, LocationKind, Move, Reason


@atomic
def move(*, moves: Sequence[Move], at: datetime, by: Actor) -> int:
    """Move copies between places; the moves of one call net out, so a bin may be filled and emptied in it.

    Running it again is harmless: a source key moves once.

    :returns: how many movements were new.
    :raises NotThere: a bin would go below zero; nothing moves.
    :raises Promised: sellable copies would leave that are promised to somebody; nothing moves.
    :raises KeyReused: a source key comes again with other content.
    """
    if not moves:
        return 0
    act = journal.record("stock.move", at=at, by=by)
    open_pools(moves, act=act)
    return write_moves(moves, act=act, at=at).moved


@atomic
def receive(*, arrivals: Sequence[Arrival], at: datetime, by: Actor) -> int:
    """Put down copies that came from outside; how many arrivals were new.

    :raises UnknownPlace: no place has the code. :raises KeyReused: see `move`.
    """
    places = queries.places(arrival.location_code for arrival in arrivals)
    supplier = queries.place(LocationKind.SUPPLIER.upper())
    return move(
        moves=[
            Move(
                arrival.product_id,
                arrival.owner_id,
                supplier,
                places[arrival.location_code],
                arrival.quantity,
                Reason.RECEIPT,
                arrival.source_key,
                arrival.state,
            )
            for arrival in arrivals
        ],
        at=at,
        by=by,
    )


def open_pools(moves: Sequence[Move], *, act: int) -> None:
    """Open the pools that these copies are the first to enter, which only moves into bulk and pick places can do."""
    entered = list({one.to_location_id for one in moves})
    sellable = {
        row.id for row in sql.rows("stock/places_by_id.sql", {"ids": entered}) if row.kind in SELLABLE_PLACES
    }
    entering = [one for one in moves if one.to_location_id in sellable]
    if entering:
        sql.run("stock/open_pools.sql", {**move_arrays(entering), "act": act})
