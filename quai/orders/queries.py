"""Answers about orders."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from datetime import date
from itertools import groupby
from operator import attrgetter

from quai.core import sql
from quai.orders.types import (
    SENTENCES,
    TRADE_CODES,
    Confirmation,
    Fate,
    LineOutcome,
    LinePart,
    OrderOutcome,
    Reason,
    Standing,
    WaitingLine,
)
from quai.terms.types import USUAL_CEILING


def by_source_key(keys: Sequence[str]) -> dict[str, OrderOutcome]:
    """Tell, as they stand now, the orders recorded under these keys; positions in the file are not theirs to tell."""
    orders = {row.source_key: row.id for row in sql.rows("orders/orders_of_keys.sql", {"keys": list(keys)})}
    if not orders:
        return {}
    lines = {one.order_id: one.lines for one in fates(orders.values())}
    told: dict[str, OrderOutcome] = {}
    for row in sql.rows("orders/standings.sql", {"orders": list(orders.values())}):
        standing = Standing(row.standing)
        told[row.source_key] = OrderOutcome(
            0, row.reference, standing, row.id, lines.get(row.id, ()), row.repeats_id,
            standing_sentence(standing, row.repeats_on), already_known=True,
        )  # fmt: skip
    return told


def fates(orders: Iterable[int]) -> list[Confirmation]:
    """The fate of every line of these orders now, orders by id; an order without lines is left out."""
    rows = sql.rows("orders/fates.sql", {"orders": list(orders)})
    known = successors(row.id for row in rows if row.reason == Reason.NO_LONGER_OURS)
    return [
        Confirmation(
            order_id, tuple(_line(list(parts), known) for _, parts in groupby(of_order, key=attrgetter("id")))
        )
        for order_id, of_order in groupby(rows, key=attrgetter("order_id"))
    ]


def successors(lines: Iterable[int]) -> dict[int, str]:
    """The GLN to ask instead, of each of these lines whose title went to a distributor we know."""
    asked = list(lines)
    if not asked:
        return {}
    return {row.line_id: row.gln for row in sql.rows("orders/successors.sql", {"lines": asked})}


def by_reference(reference: str) -> list[int]:
    """The orders under this shop's reference, latest first, duplicates included."""
    return [row.id for row in sql.rows("orders/by_reference.sql", {"reference": reference})]


def archived_as(orders: Iterable[int]) -> dict[int, tuple[str, date]]:
    """The key each of these orders was received under, and the day; an order that never was is left out."""
    found = sql.rows("orders/to_judge.sql", {"orders": list(orders)})
    return {row.id: (row.source_key, row.received_on) for row in found}


def with_free_copies(lines: Iterable[int]) -> list[int]:
    """These lines and those of the free copies they earned; a line that nobody ordered is left out."""
    return [row.id for row in sql.rows("orders/with_free_copies.sql", {"lines": list(set(lines))})]


def lines_beside(lines: Iterable[int]) -> list[int]:
    """All lines of the orders that these lines are of."""
    return [row.id for row in sql.rows("orders/lines_beside.sql", {"lines": list(set(lines))})]


def lines_of_customers(customers: Iterable[int]) -> list[int]:
    """The lines of these customers with copies to decide, or reserved and in no wave yet; oldest first."""
    found = sql.rows("orders/lines_of_customers.sql", {"customers": list(set(customers))})
    return [row.line_id for row in found]


def lines_of_orders(orders: Iterable[int]) -> list[int]:
    """The lines of these orders, free copies included."""
    return [row.id for row in sql.rows("orders/lines_of_orders.sql", {"orders": list(set(orders))})]


def portfolio(customer_id: int, *, on: date) -> list[WaitingLine]:
    """Every line of a customer with copies that did not leave yet: its fate, reason and age, oldest first."""
    return [
        WaitingLine(
            row.line_id, row.order_id, row.reference, row.gtin, row.line_reference, Fate(row.fate), row.quantity,
            Reason(row.reason), row.until_on, (on - row.received_on).days,
        )
        for row in sql.rows("orders/portfolio.sql", {"customer": customer_id})
    ]  # fmt: skip


def absurd_quantities(lines: Sequence[tuple[int, int, int]], *, on: date) -> set[int]:
    """Say which of these lines ask for more than their account may without a person, with the free copies they earn.

    :param lines: line, order, copies to decide.
    """
    if not lines:
        return set()
    asked = dict(zip(("lines", "orders", "quantities"), map(list, zip(*lines, strict=True)), strict=True))
    found = sql.rows("orders/absurd_quantities.sql", {**asked, "usual": USUAL_CEILING, "day": on})
    return {row.line_id for row in found}


def sentence(reason: Reason, *, successor: str = "") -> str:
    """Say a reason in French, with the GLN of whom to ask instead, when known."""
    if successor:
        return f"{SENTENCES[reason]} S’adresser au GLN {successor}."
    return SENTENCES[reason]


def trade_code(reason: Reason) -> str:
    """The trade's two letters for a reason; empty when the trade has none."""
    return TRADE_CODES.get(reason, "")


def standing_sentence(standing: Standing, repeats_on: date | None) -> str:
    """Say in French why an order as a whole was not simply accepted; empty when it was."""
    if standing is Standing.REFUSED:
        return SENTENCES[Reason.NOT_OURS]
    if repeats_on is None:
        return ""
    if standing is Standing.DUPLICATE:
        return f"Commande déjà reçue le {repeats_on:%d/%m/%Y} : elle n’est pas préparée deux fois."
    return (
        f"Une autre commande porte cette référence, reçue le {repeats_on:%d/%m/%Y}, "
        "et son contenu diffère : à voir par une personne."
    )


def _line(rows: Sequence[sql.Row], known: Mapping[int, str]) -> LineOutcome:
    head = rows[0]
    parts = tuple(
        LinePart(Fate(row.fate), row.copies, Reason(row.reason or Reason.MISSING), row.until_on)
        for row in rows
    )
    return LineOutcome(
        head.id, head.position, head.gtin, head.line_reference, head.quantity, parts, head.free_with_id,
        known.get(head.id, ""),
    )  # fmt: skip
