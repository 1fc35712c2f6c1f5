"""What must always be true of the warehouse."""

from __future__ import annotations

from collections.abc import Iterator

from quai.core import numbering, sql
from quai.core.caches import Cache
from quai.core.findings import Check, Finding

SEALED: dict[str, tuple[str, ...]] = {
    "warehouse_wave": ("id", "act_id", "site_id", "carrier_id", "kind", "cut_off_at"),
    "warehouse_shipment": ("id", "act_id", "wave_id", "customer_id", "outlet_id", "nature"),
    "warehouse_pick": ("id", "act_id", "shipment_id", "reservation_id", "location_id", "quantity", "rank"),
    "warehouse_shortage": ("id", "act_id", "pick_id", "missing"),
    "warehouse_fetched": ("id", "act_id", "shipment_id", "copies"),
    "warehouse_note": (
        "id", "act_id", "shipment_id", "number", "customer_id", "outlet_id", "nature", "closed_on", "closed_at",
        "carriage",
    ),
    "warehouse_parcel": (
        "id", "act_id", "note_id", "position", "sscc", "copies", "expected_weight_g", "weighed_g",
    ),
    "warehouse_note_line": (
        "id", "act_id", "note_id", "line_id", "product_id", "owner_id", "quantity", "price_id", "discount_row_id",
        "discount",
    ),
    "warehouse_reopening": ("id", "act_id", "note_id"),
    "warehouse_departure": ("id", "act_id", "note_id", "carrier_id", "departed_at"),
}  # fmt: skip

CACHES: list[Cache] = [
    Cache("warehouse_wave_state", "warehouse/derive_wave_state.sql"),
    Cache("warehouse_todo_depart", "warehouse/derive_todo_depart.sql"),
    Cache("orders_todo_prepare", "warehouse/derive_todo_prepare.sql"),  # only we know what is in a wave
]


def promises_are_picked_once() -> Iterator[Finding]:
    """The picks of a promise are the whole of it, and what was fetched is its picks minus the shortages."""
    for row in sql.rows("warehouse/half_picked.sql"):
        yield Finding("warehouse.half_picked", f"reservation {row.id}", row.quantity, row.picked)
    for row in sql.rows("warehouse/fetched_otherwise.sql"):
        yield Finding("warehouse.fetched", f"reservation {row.reservation_id}", row.quantity, row.taken)


def bins_hold_what_is_promised() -> Iterator[Finding]:
    """A promise finds its copies in the bins: what does not would wait for ever, wave after wave."""
    for row in sql.rows("warehouse/promised_beyond_bins.sql"):
        yield Finding("warehouse.unplaced", f"pool {row.pool_id}", row.promised, row.on_hand)


def notes_hold_what_was_taken() -> Iterator[Finding]:
    """A note has the copies taken for its shipment, line by line, and its parcels hold them all."""
    for row in sql.rows("warehouse/note_lines_otherwise.sql"):
        yield Finding(
            "warehouse.note_line", f"shipment {row.shipment_id} line {row.line_id}", row.taken, row.noted
        )
    for row in sql.rows("warehouse/parcels_otherwise.sql"):
        yield Finding("warehouse.packed", row.number, row.noted, row.packed)


def parcels_are_numbered() -> Iterator[Finding]:
    """Each SSCC is eighteen digits with a right check digit (the table keeps them unique)."""
    for row in sql.rows("warehouse/wrong_parcels.sql"):
        yield Finding("warehouse.sscc", f"parcel {row.id}", found=row.sscc)


def series_matches_notes() -> Iterator[Finding]:
    """Each number of the series is that of one note, on its day, and freezes its content."""
    taken = numbering.taken("note:").values()
    numbers = {row.source_key: (row.text, row.on, bytes(row.digest)) for row in taken}
    for row in sql.rows("warehouse/canonical_notes.sql"):
        found = (row.number, row.closed_on, bytes(row.digest))
        expected = numbers.pop(f"note:{row.id}", None)
        if expected != found:
            yield Finding("warehouse.series", row.number, expected, found)
    for key, (text, *_) in numbers.items():
        yield Finding("warehouse.series", text, expected=key)


def departed_notes_stand() -> Iterator[Finding]:
    """A note that left was not taken back."""
    for row in sql.rows("warehouse/departed_and_reopened.sql"):
        yield Finding("warehouse.departed_and_reopened", row.number)


def shipped_is_on_notes() -> Iterator[Finding]:
    """The copies of a line that are shipped are those on its notes."""
    for row in sql.rows("warehouse/shipped_otherwise.sql"):
        yield Finding("warehouse.shipped", f"line {row.line_id}", row.noted, row.shipped)


CHECKS: list[Check] = [
    promises_are_picked_once,
    bins_hold_what_is_promised,
    notes_hold_what_was_taken,
    parcels_are_numbered,
    series_matches_notes,
    departed_notes_stand,
    shipped_is_on_notes,
]
