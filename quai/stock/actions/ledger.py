"""The one way into the ledger: movements, ends of reservations and both kinds of balance, in one statement."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any, NamedTuple

from quai.core import sql
from quai.core.refusals import Refusal
from quai.stock.types import Move


class NotThere(Refusal):
    """%(place)s holds %(found)s copies of %(gtin)s: %(asked)s cannot be taken from there."""

    code = "stock.not_there"


class Promised(Refusal):
    """Only %(found)s copies of %(gtin)s are not promised to anybody: %(asked)s cannot be taken from stock."""

    code = "stock.promised"


class KeyReused(Refusal):
    """%(source_key)s is already in the ledger of copies, and says something else."""

    code = "stock.key_reused"


class Written(NamedTuple):
    """What a writing of the ledger added: movements, and ends of reservations."""

    moved: int
    ended: int


def move_arrays(moves: Sequence[Move]) -> dict[str, list[Any]]:
    """The moves as one array per column."""
    names = ("products", "owners", "origins", "places", "quantities", "reasons", "keys", "states")
    columns = zip(*moves, strict=True) if moves else [()] * len(names)
    return {name: list(column) for name, column in zip(names, columns, strict=True)}


def write(head: str, parameters: Mapping[str, Any]) -> Written:
    """Run a head that names moves and ended reservations, and the tail that writes them; see sql/ledger.sql.

    :raises NotThere: a bin would go below zero. :raises Promised: a pool would go below what it promised.
    """
    rows = sql.query(sql.text(f"stock/{head}.sql") + sql.text("stock/ledger.sql"), parameters)
    counts = {row.what: row.asked for row in rows}
    for row in rows:
        if row.what == "short":
            [name] = sql.rows("stock/name_bin.sql", {"place": row.subject_id, "product": row.product_id})
            raise NotThere(place=name.code, gtin=name.gtin, found=row.found, asked=row.asked)
    for row in rows:
        if row.what == "overdrawn":
            [name] = sql.rows("stock/name_title.sql", {"product": row.product_id})
            raise Promised(gtin=name.gtin, found=row.found, asked=row.asked)
    return Written(moved=counts["moved"], ended=counts["ended"])


def write_moves(
    moves: Sequence[Move], *, releases: Sequence[int] = (), why: str = "", act: int, at: Any
) -> Written:
    """Write these moves (each source key once) and release these reservations that have no end yet.

    :raises KeyReused: a source key stands in the ledger with other content.
    """
    arrays = move_arrays(moves)
    written = write("given_moves", {**arrays, "releases": list(releases), "why": why, "act": act, "at": at})
    if written.moved < len(moves):
        for row in sql.rows("stock/known_moves.sql", arrays):
            raise KeyReused(source_key=row.source_key)
    return written
