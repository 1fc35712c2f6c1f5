"""Words of the warehouse."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime
from decimal import Decimal
from enum import StrEnum
from typing import NamedTuple

from quai.orders.types import DecisionSummary
from quai.stock.types import Adjustment, Count

SERIES = "BL"  # of delivery notes


class NoteNature(StrEnum):
    """Why copies leave. Billing pulls sales only; the others have their own sequel."""

    SALE = "sale"
    CONSIGNMENT = "consignment"
    COMPLIMENTARY = "complimentary"
    REDELIVERY = "redelivery"
    TRANSFER = "transfer"
    BACK_TO_PUBLISHER = "back_to_publisher"
    EVENT_LOAN = "event_loan"


class WaveKind(StrEnum):
    """Which lines are prepared together."""

    URGENT = "urgent"
    RESTOCK = "restock"
    OFFICE = "office"


class WaveMade(NamedTuple):
    """A wave that `prepare` made, or made longer: what it added to it."""

    wave_id: int
    site_id: int
    carrier_id: int | None
    kind: str
    cut_off_at: datetime
    shipments: int
    picks: int
    copies: int


class Counted(NamedTuple):
    """What a stocktake changed, and what it left for later."""

    written: int
    adjustment: Adjustment
    busy: list[Count]  # bins where a wave is still to be picked
    short: dict[int, int]  # order line -> copies it was promised that are not there; decided again


class WaitingNote(NamedTuple):
    """A note on the dock, waiting for its truck."""

    note_id: int
    number: str
    customer_id: int
    carrier_id: int | None


class Stopped(NamedTuple):
    """What blocking an account did, and what it could not stop."""

    decided: DecisionSummary
    going: tuple[int, ...]  # lines that a wave holds
    notes: tuple[WaitingNote, ...]  # can be reopened until their truck leaves


class PicksRecorded(NamedTuple):
    """What pickers came back with, in copies and picks."""

    copies: int
    missing: int
    void: int  # picks whose promise was withdrawn meanwhile: copies to put back on their shelf


@dataclass(frozen=True, slots=True)
class ShipReport:
    """What one `ship` did; all zero when everything had left before."""

    copies: int = 0
    missing: int = 0
    void: int = 0
    notes: tuple[int, ...] = ()  # closed, in the order of their numbers
    departed: tuple[int, ...] = ()

    def __add__(self, other: ShipReport) -> ShipReport:
        return ShipReport(
            self.copies + other.copies,
            self.missing + other.missing,
            self.void + other.void,
            self.notes + other.notes,
            self.departed + other.departed,
        )


class DepartedNote(NamedTuple):
    """A note of a sale whose truck left, for billing."""

    note_id: int
    customer_id: int
    closed_on: date


class WaveView(NamedTuple):
    """How far a wave is: it is open while `closed < shipments`."""

    wave_id: int
    site_id: int
    carrier_id: int | None
    kind: str
    cut_off_at: datetime
    shipments: int
    closed: int


class LeftOn(NamedTuple):
    """Copies of an order line on a note."""

    line_id: int
    note_id: int
    number: str
    quantity: int
    closed_on: date
    departed_at: datetime | None


class PickStop(NamedTuple):
    """One stop of a picker's walk: copies of one promise to fetch at one place."""

    pick_id: int
    rank: int
    shipment_id: int
    customer_id: int
    line_id: int
    place: str
    product_id: int
    gtin: str
    title: str
    publisher_id: int | None
    quantity: int
    remaining: int  # what the bin should hold once this wave was picked
    missing: int
    fetched: bool
    void: bool


@dataclass(frozen=True, slots=True)
class PickList:
    """A wave as its picker walks it."""

    wave_id: int
    site_id: int
    carrier_id: int | None
    kind: WaveKind
    cut_off_at: datetime
    made_at: datetime
    stops: tuple[PickStop, ...]


class NoteLineView(NamedTuple):
    """One line of a note as printed. Prices are None when no price was known: the note still went."""

    note_line_id: int
    line_id: int
    product_id: int
    gtin: str
    title: str
    publisher_id: int | None
    quantity: int
    order_reference: str
    line_reference: str
    free: bool
    retail_price: Decimal | None
    discount: Decimal
    net: Decimal | None


class ParcelView(NamedTuple):
    """One box of a note."""

    position: int
    sscc: str
    copies: int
    expected_weight_g: int
    weighed_g: int | None


class Remainder(NamedTuple):
    """Copies of the same orders that are not on the note, and what becomes of them."""

    gtin: str
    title: str
    order_reference: str
    quantity: int
    fate: str


@dataclass(frozen=True, slots=True)
class NoteView:
    """A delivery note whole."""

    note_id: int
    number: str
    nature: NoteNature
    customer_id: int
    outlet_id: int | None
    carrier_id: int | None
    closed_on: date
    closed_at: datetime
    departed_at: datetime | None
    reopened: bool
    carriage: Decimal
    lines: tuple[NoteLineView, ...]
    parcels: tuple[ParcelView, ...]
    remaining: tuple[Remainder, ...]
