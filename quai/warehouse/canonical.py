"""The canonical bytes of a delivery note: what its number freezes.

`sql/canonical_notes.sql` makes the same bytes from the rows; a check compares the two for every note.
"""

from __future__ import annotations

import hashlib

from quai.warehouse.draft import DraftNote


def text(note: DraftNote) -> str:
    """Write a note as plain text: its head, then a row per line and per parcel, each in the order of their ids."""
    head = (
        f"note {note.id} {note.shipment_id} {note.customer_id} {note.outlet_id or 0} {note.nature.value} "
        f"{note.closed_on.isoformat()} {note.carriage:.2f}"
    )
    lines = [
        f"{line.id} {line.line_id} {line.product_id} {line.owner_id} {line.quantity} {line.price_id or 0} "
        f"{line.discount_row_id or 0} {line.discount:.2f}"
        for line in note.lines
    ]
    return "\n".join(
        [head, *lines, *(f"{code} {box.copies} {box.weight_g}" for _, code, box in note.parcels)]
    )


def digest(note: DraftNote) -> bytes:
    """The SHA-256 of the canonical bytes."""
    return hashlib.sha256(text(note).encode()).digest()
