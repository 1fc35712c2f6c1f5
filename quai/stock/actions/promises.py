"""Verbs on promises: reserved, then taken or released."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime
from typing import Any

from quai.access.types import Actor
from quai.core import journal, sql
from quai.core.atomic import atomic
from quai.core.refusals import Refusal, invariant
from quai.stock.actions.ledger import KeyReused, write, write_moves
from quai.stock.queries import UnknownPlace
from quai.stock.types import Demand, LocationKind, PickedCopies, Promise


class AlreadyEnded(Refusal):
    """Promise %(reservation)s already ended: %(already)s copies were taken then, not %(taken)s."""

    code = "stock.already_ended"


class MoreThanPromised(Refusal):
    """Promise %(reservation)s is of %(promised)s copies: %(taken)s cannot be taken for it."""

    code = "stock.more_than_promised"


@atomic
def reserve(*, demands: Sequence[Demand], at: datetime, by: Actor) -> list[Promise]:
    """Promise copies to demands, first come first served, never more than is free in the pools of their title.

    A demand may get several promises (copies of several owners or sites), fewer copies than it asks, or none.
    Each call promises anew: how much a demand still wants is for the caller to know, under its own lock.

    :returns: the promises, in the order of the demands.
    """
    invariant(all(demand.quantity >= 0 for demand in demands), "a demand asks for copies")
    if not demands:
        return []
    keys, products, quantities = (list(column) for column in zip(*demands, strict=True))
    act = journal.record("stock.reserve", at=at, by=by)
    given = {"keys": keys, "products": products, "quantities": quantities, "act": act}
    return [Promise._make(row) for row in sql.rows("stock/reserve.sql", given)]


@atomic
def take(*, picks: Sequence[PickedCopies], to: str = LocationKind.STAGING, at: datetime, by: Actor) -> int:
    """End these promises with the copies found on the shelves, and move those to staging; the rest is released.

    All picks of a promise come in one call; a pick of no copies ends its promise too. Running it again is harmless.

    :param to: the code of a place, or a kind: the first such place, in walking order, of the promise's site.
    :returns: how many promises ended now.
    :raises NotThere: a bin holds fewer copies than were picked there.
    :raises AlreadyEnded: a promise was taken otherwise, or released. :raises MoreThanPromised: see its message.
    :raises KeyReused: a source key comes again with other content. :raises UnknownPlace: nowhere to put the copies.
    """
    if not picks:
        return 0
    if not sql.rows("stock/places_for.sql", {"to": to}):
        raise UnknownPlace(place=to)
    reservations, origins, quantities, keys = (list(column) for column in zip(*picks, strict=True))
    given: dict[str, Any] = {
        "reservations": reservations,
        "origins": origins,
        "quantities": quantities,
        "keys": keys,
    }
    act = journal.record("stock.take", at=at, by=by)
    written = write("given_picks", {**given, "to": to, "act": act, "at": at})
    if written.ended < len(set(reservations)) or written.moved < sum(quantity > 0 for quantity in quantities):
        _refuse_unless_taken_so(given)
    return written.ended


@atomic
def release(*, reservations: Sequence[int], reason: str, at: datetime, by: Actor) -> int:
    """Give promised copies back to whoever comes next; how many promises ended now.

    Running it again is harmless: a promise that has ended, taken or released, stays as it stands.
    """
    if not reservations:
        return 0
    act = journal.record("stock.release", at=at, by=by, reason=reason)
    return write_moves([], releases=reservations, why=reason, act=act, at=at).ended


def _refuse_unless_taken_so(given: dict[str, Any]) -> None:
    """What was skipped must have been taken before, in the same way."""
    for row in sql.rows("stock/untaken.sql", given):
        invariant(row.promised is not None, f"reservation {row.reservation_id} exists")
        if row.taken > row.promised:
            raise MoreThanPromised(reservation=row.reservation_id, promised=row.promised, taken=row.taken)
        raise AlreadyEnded(reservation=row.reservation_id, already=row.already, taken=row.taken)
    for row in sql.rows("stock/known_picks.sql", given):
        raise KeyReused(source_key=row.source_key)
