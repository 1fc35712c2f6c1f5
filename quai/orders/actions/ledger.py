"""The ledger of lines: the only place where copies change fate."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from datetime import date
from typing import Any, NamedTuple

from quai.core import sql
from quai.core.refusals import Refusal, invariant
from quai.orders.types import Fate, LinePart, Reason

_MOVE = ("act_id", "line_id", "from_fate", "to_fate", "quantity", "reason", "until_on", "source_key")
_FATES = tuple(str(fate) for fate in Fate)
_STATE = ("line_id", "order_id", "product_id", "ordered", *_FATES)


class KeyReused(Refusal):
    """The key %(source_key)s was used before for other copies: a person must look."""

    code = "orders.key_reused"


class LineMoved(NamedTuple):
    """Copies of a line going from one fate to another; the same key of a line twice moves once."""

    line_id: int
    from_fate: Fate
    to_fate: Fate
    quantity: int
    reason: Reason
    until_on: date | None
    source_key: str


# A line just written whose first fates are now known: line, order, product, quantity, parts.
NewLine = tuple[int, int, int | None, int, tuple[LinePart, ...]]


def record(moves: Sequence[LineMoved], *, act: int) -> int:
    """Write moves of lines that have a state, and keep those states and the list of orders to prepare.

    :returns: how many moves are new; those written before under the same key are left as they are.
    :raises KeyReused: a key was written before with other content.
    """
    if not moves:
        return 0
    lines, sources, targets, quantities, reasons, untils, keys = (
        list(column) for column in zip(*moves, strict=True)
    )
    given: dict[str, Any] = {
        "act": act, "lines": lines, "from_fates": sources, "to_fates": targets, "quantities": quantities,
        "reasons": reasons, "untils": untils, "keys": keys,
    }  # fmt: skip
    [done] = sql.rows("orders/record.sql", given)
    invariant(done.lines == len(set(lines)), "every line that moves has a state")
    if done.written < len(moves):
        for row in sql.rows("orders/reused_keys.sql", given):
            raise KeyReused(source_key=row.source_key)
    return int(done.written)


def open_lines(lines: Sequence[NewLine], *, act: int) -> None:
    """Write the first fates of lines that nobody else can see yet: by COPY, each row once."""
    sql.copy_in("orders_line_move", _MOVE, _first_moves(lines, act))
    sql.copy_in("orders_line_state", _STATE, _first_states(lines))
    ready = [
        order_id for _, order_id, _, _, parts in lines if parts[0].fate is Fate.RESERVED
    ]  # always comes first
    if ready:
        sql.run("orders/prepare.sql", {"orders": list(dict.fromkeys(ready))})


def _first_moves(lines: Sequence[NewLine], act: int) -> Iterator[Sequence[Any]]:
    key = str(act)
    for line_id, _, _, _, parts in lines:
        for number, (fate, quantity, reason, until_on) in enumerate(parts):
            once = f"{key}.{number}" if number else key
            yield act, line_id, "undecided", fate, quantity, reason, until_on, once


def _first_states(lines: Sequence[NewLine]) -> Iterator[Sequence[Any]]:
    alike: dict[int, tuple[int, ...]] = {}  # few splits are distinct
    for line_id, order_id, product_id, quantity, parts in lines:
        fates = alike.get(id(parts)) or alike.setdefault(id(parts), _by_fate(parts))
        yield line_id, order_id, product_id, quantity, *fates


def _by_fate(parts: Sequence[LinePart]) -> tuple[int, ...]:
    copies = {part.fate: part.quantity for part in parts}
    return tuple(copies.get(fate, 0) for fate in Fate)
