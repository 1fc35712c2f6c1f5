"""What must always be true of orders."""

from __future__ import annotations

from collections.abc import Iterator

from quai.core import sql
from quai.core.caches import Cache
from quai.core.findings import Check, Finding

SEALED: dict[str, tuple[str, ...]] = {
    "orders_order": (
        "id", "act_id", "channel", "standing", "repeats_id", "supplier_gln", "buyer_gln", "deliver_to_gln",
        "relay_gln", "customer_id", "outlet_id", "reference", "ordered_on", "received_on", "operation_code", "kind",
        "shipping_mode", "backorder_policy", "discount_term", "earliest_on", "latest_on", "content_digest",
        "source_key",
    ),
    "orders_judgement": ("id", "act_id", "order_id", "became_id"),
    "orders_line": (
        "id", "act_id", "order_id", "position", "gtin", "product_id", "quantity", "line_reference", "free_with_id",
    ),
    "orders_accepted_quantity": ("id", "act_id", "line_id"),
    "orders_estimate": ("id", "act_id", "line_id", "customer_id", "net"),
    "orders_invoiced": ("id", "act_id", "line_id", "quantity", "source_key"),
    "orders_line_move": (
        "id", "act_id", "line_id", "from_fate", "to_fate", "quantity", "reason", "until_on", "source_key",
    ),
}  # fmt: skip

CACHES = [
    Cache("orders_line_state", "orders/derive_line_state.sql"),
    Cache("orders_engaged", "orders/derive_engaged.sql"),
    Cache("orders_known_reference", "orders/derive_known_reference.sql"),
]


def promises_are_whole() -> Iterator[Finding]:
    """Reserved copies are exactly those stock promises; beyond them, only held and grouped copies keep a promise."""
    for row in sql.rows("orders/uneven_promises.sql"):
        yield Finding("orders.promises", f"line {row.line_id}", expected=row.reserved, found=row.promised)


def copies_move_from_where_they_are() -> Iterator[Finding]:
    """No move takes from a fate copies that it does not have at that moment."""
    for row in sql.rows("orders/impossible_moves.sql"):
        yield Finding("orders.move", f"line {row.line_id} {row.fate}", expected=0, found=row.copies)


def duplicates_have_no_lines() -> Iterator[Finding]:
    """An order that repeats another has no line, and names the one it repeats."""
    for row in sql.rows("orders/prepared_twice.sql"):
        yield Finding("orders.duplicate", f"order {row.id}", expected=0, found=row.lines)


def only_what_needed_a_person_is_judged() -> Iterator[Finding]:
    """What was judged needed a person; what it became is an order of the same buyer and reference."""
    for row in sql.rows("orders/misjudged.sql"):
        yield Finding("orders.judgement", f"order {row.order_id}", found=row.became_id)


def free_copies_go_with_their_line() -> Iterator[Finding]:
    """Free copies are of the title and order of the line that earned them, and fewer."""
    for row in sql.rows("orders/stray_free_copies.sql"):
        yield Finding("orders.free_copies", f"line {row.id}", expected=row.free_with_id)


def nothing_open_is_refused_by_nature() -> Iterator[Finding]:
    """No copy is left undecided, and a line of no product of ours is refused or cancelled."""
    for row in sql.rows("orders/left_undecided.sql"):
        yield Finding("orders.undecided", f"line {row.line_id}", expected=0, found=row.copies)


def only_what_left_is_invoiced() -> Iterator[Finding]:
    """Of a line that counts against a credit limit, no more copies are invoiced than left."""
    for row in sql.rows("orders/invoiced_beyond.sql"):
        yield Finding("orders.invoiced", f"line {row.line_id}", expected=row.shipped, found=row.invoiced)


CHECKS: list[Check] = [
    promises_are_whole,
    copies_move_from_where_they_are,
    duplicates_have_no_lines,
    only_what_needed_a_person_is_judged,
    free_copies_go_with_their_line,
    nothing_open_is_refused_by_nature,
    only_what_left_is_invoiced,
]
