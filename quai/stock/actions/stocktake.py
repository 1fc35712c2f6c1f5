"""Verbs of the stocktake: the shelf is right, the ledger follows, and promises that nothing covers are taken back.

The order of locks is the ledger's: bins, then pools, each in key order; the list of bins due for a count comes last.
"""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime
from typing import Any

from quai.access.types import Actor
from quai.core import journal, sql
from quai.core.atomic import atomic
from quai.core.refusals import Refusal, invariant
from quai.stock import queries
from quai.stock.actions.copies import open_pools
from quai.stock.actions.ledger import KeyReused, write_moves
from quai.stock.types import Adjustment, Count, Difference, LocationKind, Missing, Move, Promise, Reason

Bin = tuple[int, int, int, str]  # product, place, owner, state
Gap = tuple[Bin, int, str]  # copies found (or, negative, lost) there, and what says so


class CountedTwice(Refusal):
    """%(place)s is counted twice for the same title: a bin has one count at a time."""

    code = "stock.counted_twice"


@atomic
def adjust(
    *, counts: Sequence[Count], reason: str, at: datetime, by: Actor, in_hand: Sequence[int] = ()
) -> Adjustment:
    """Make the ledger say what was counted: copies too few are lost, copies too many are found.

    Where fewer copies remain than were promised, the youngest promises are released, whole, until what remains is
    covered: whoever was promised them (`Adjustment.released`) must be decided again by the caller.
    Running it again is harmless: a count is written once.

    :param in_hand: reservations being picked at this moment, released only when no other is left.
    :raises UnknownPlace, CountedTwice: :raises KeyReused: a source key comes again with other content.
    """
    places = queries.places(count.location_code for count in counts)
    bins = [_bin(count, places[count.location_code]) for count in counts]
    known = {row.source_key: row for row in sql.rows("stock/known_counts.sql", {"keys": _keys(counts)})}
    _refuse_other_content(known, [(c.source_key, (*b, c.counted)) for b, c in zip(bins, counts, strict=True)])
    fresh = [(bin_, count) for bin_, count in zip(bins, counts, strict=True) if count.source_key not in known]
    _refuse_counted_twice(fresh)
    if not fresh:
        return Adjustment([], [])
    act = journal.record("stock.adjust", at=at, by=by, reason=reason)
    standing = _open_and_lock([bin_ for bin_, _ in fresh])
    differences = [
        Difference(count.source_key, bin_[1], bin_[0], bin_[2], count.counted - standing[bin_])
        for bin_, count in fresh
    ]
    gaps = [(bin_, d.quantity, d.source_key) for (bin_, _), d in zip(fresh, differences, strict=True)]
    released = _close(gaps, Reason.STOCKTAKE, in_hand=in_hand, act=act, at=at)
    given = _bin_arrays([bin_ for bin_, _ in fresh])
    given |= {
        "counted": [count.counted for _, count in fresh],
        "differences": [d.quantity for d in differences],
    }
    sql.run("stock/write_counts.sql", {**given, "keys": [count.source_key for _, count in fresh], "act": act})
    return Adjustment([d for d in differences if d.quantity], released)


@atomic
def report_missing(
    *, missing: Sequence[Missing], at: datetime, by: Actor, in_hand: Sequence[int] = ()
) -> list[Promise]:
    """Write off copies that a picker did not find, and put their bins on the list of those due for a count.

    No more is written off than the ledger has there: the count will say the rest. Running it again is harmless.
    Call it after `take`, which frees the promise that was being picked.

    :returns: promises that nothing covers any more, released: the caller must decide their demands again.
    :raises KeyReused: a source key comes again with other content.
    """
    known = {row.source_key: row for row in sql.rows("stock/known_reports.sql", {"keys": _keys(missing)})}
    _refuse_other_content(
        known, [(one.source_key, (*_bin(one, one.location_id), one.quantity)) for one in missing]
    )
    fresh = [one for one in missing if one.source_key not in known]
    if not fresh:
        return []
    act = journal.record("stock.report_missing", at=at, by=by)
    standing = _open_and_lock([_bin(one, one.location_id) for one in fresh])
    lost = []
    for one in fresh:
        bin_ = _bin(one, one.location_id)
        quantity = min(one.quantity, standing[bin_])
        standing[bin_] -= quantity
        lost.append((bin_, -quantity, one.source_key))
    released = _close(lost, Reason.SHORTAGE, in_hand=in_hand, act=act, at=at)
    given = _bin_arrays([_bin(one, one.location_id) for one in fresh])
    given |= {"missing": [one.quantity for one in fresh], "keys": _keys(fresh)}
    sql.run("stock/write_reports.sql", {**given, "act": act})
    return released


def _keys(sources: Sequence[Count] | Sequence[Missing]) -> list[str]:
    return [one.source_key for one in sources]


def _bin(one: Count | Missing, place: int) -> Bin:
    return one.product_id, place, one.owner_id, str(one.state)


def _bin_arrays(bins: Sequence[Bin]) -> dict[str, list[Any]]:
    columns = zip(*bins, strict=True) if bins else [()] * 4
    return {
        name: list(column)
        for name, column in zip(("products", "places", "owners", "states"), columns, strict=True)
    }


def _refuse_other_content(known: dict[str, Any], given: Sequence[tuple[str, tuple[Any, ...]]]) -> None:
    """A key that is known must come with the content it is known by; one key never comes twice."""
    seen: dict[str, tuple[Any, ...]] = {}
    for key, (product, place, owner, state, quantity) in given:
        content = (place, product, owner, state, quantity)
        if (key in known and tuple(known[key][1:]) != content) or key in seen:
            raise KeyReused(source_key=key)
        seen[key] = content


def _refuse_counted_twice(fresh: Sequence[tuple[Bin, Count]]) -> None:
    seen: set[Bin] = set()
    for bin_, count in fresh:
        if bin_ in seen:
            raise CountedTwice(place=count.location_code)
        seen.add(bin_)


def _open_and_lock(bins: Sequence[Bin]) -> dict[Bin, int]:
    """What the ledger has in these bins, locked; those never touched are opened, to be locked like the others."""
    given = _bin_arrays(bins)
    sql.run("stock/open_bins.sql", given)
    standing = {tuple(row[:4]): row.on_hand for row in sql.rows("stock/lock_bins.sql", given)}
    invariant(len(standing) == len(set(bins)), "every bin is locked")
    return standing


def _close(
    gaps: Sequence[Gap], reason: str, *, in_hand: Sequence[int], act: int, at: datetime
) -> list[Promise]:
    """Move what closes these gaps between shelf and ledger, and release the youngest promises left without copies."""
    gaps = [gap for gap in gaps if gap[1]]
    if not gaps:
        return []
    moves = _losses_and_finds(gaps, reason)
    open_pools(moves, act=act)
    changed = {
        **_bin_arrays([bin_ for bin_, _, _ in gaps]),
        "quantities": [quantity for _, quantity, _ in gaps],
    }
    uncovered = sql.rows("stock/lock_pools.sql", changed)
    released: list[Promise] = []
    if uncovered:
        short = {"pools": [row.pool_id for row in uncovered], "copies": [row.uncovered for row in uncovered]}
        rows = sql.rows("stock/youngest.sql", {**short, "in_hand": list(in_hand)})
        released = [Promise._make(row) for row in rows]
    write_moves(moves, releases=[promise.reservation_id for promise in released], why=reason, act=act, at=at)
    return released


def _losses_and_finds(gaps: Sequence[Gap], reason: str) -> list[Move]:
    loss, found = queries.place(LocationKind.LOSS.upper()), queries.place(LocationKind.FOUND.upper())
    return [
        Move(product, owner, place, loss, -quantity, reason, key, state)
        if quantity < 0
        else Move(product, owner, found, place, quantity, reason, key, state)
        for (product, place, owner, state), quantity, key in gaps
    ]
