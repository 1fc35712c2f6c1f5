"""What must always be true of the ledger of copies."""

from __future__ import annotations

from collections.abc import Iterator

from quai.core import sql
from quai.core.caches import Cache
from quai.core.findings import Check, Finding

SEALED: dict[str, tuple[str, ...]] = {
    "stock_site": ("id", "act_id", "code", "name"),
    "stock_location": ("id", "act_id", "site_id", "code", "kind", "walk_order"),
    "stock_pool": ("id", "act_id", "site_id", "product_id", "owner_id", "state"),
    "stock_movement": (
        "id", "act_id", "product_id", "owner_id", "state", "from_location_id", "to_location_id", "quantity",
        "reason", "source_key", "at",
    ),
    "stock_reservation": ("id", "act_id", "pool_id", "demand", "quantity"),
    "stock_resolution": ("id", "act_id", "reservation_id", "taken", "released", "reason"),
    "stock_count": (
        "id", "act_id", "location_id", "product_id", "owner_id", "state", "counted", "difference", "answers",
        "source_key",
    ),
    "stock_missing_report": (
        "id", "act_id", "location_id", "product_id", "owner_id", "state", "missing", "source_key",
    ),
}  # fmt: skip

CACHES = [
    Cache("stock_bin_balance", "stock/derive_bin_balance.sql"),
    Cache("stock_pool_balance", "stock/derive_pool_balance.sql"),
    Cache("stock_todo_count", "stock/derive_todo_count.sql"),
]


def promises_end_whole() -> Iterator[Finding]:
    """Taken and released make up what was promised."""
    for row in sql.rows("stock/half_resolved.sql"):
        yield Finding(
            "stock.promise_half_ended", f"reservation {row.id}", expected=row.quantity, found=row.accounted
        )


def taken_copies_moved() -> Iterator[Finding]:
    """Copies taken from promises are those that pickers moved."""
    for row in sql.rows("stock/taken_unmoved.sql"):
        subject = f"product {row.product_id} owner {row.owner_id}"
        yield Finding("stock.taken_unmoved", subject, expected=row.taken, found=row.moved)


def counts_moved_their_difference() -> Iterator[Finding]:
    """What a count found too much or too few was moved because of it."""
    for row in sql.rows("stock/uncovered_differences.sql"):
        yield Finding(
            "stock.count_unmoved", f"count {row.source_key}", expected=row.difference, found=row.moved
        )


CHECKS: list[Check] = [promises_end_whole, taken_copies_moved, counts_moved_their_difference]
