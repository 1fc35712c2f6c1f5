"""A note being closed: all that will be written of it but its number."""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import date
from decimal import Decimal
from typing import NamedTuple

from quai.warehouse.parcels import Box
from quai.warehouse.types import NoteNature


class DraftLine(NamedTuple):
    """One line, in the order of the table's columns."""

    id: int
    line_id: int
    product_id: int
    owner_id: int
    quantity: int
    price_id: int | None
    discount_row_id: int | None
    discount: Decimal
    weight_g: int | None


@dataclass(slots=True)
class DraftNote:
    """One note; parcels are (id, SSCC, box)."""

    id: int
    shipment_id: int
    customer_id: int
    outlet_id: int | None
    nature: NoteNature
    staging_id: int
    closed_on: date
    lines: list[DraftLine]
    carriage: Decimal = Decimal("0.00")
    parcels: list[tuple[int, str, Box]] = field(default_factory=list)
