"""Words of the ledger of copies."""

from __future__ import annotations

from datetime import datetime
from enum import StrEnum
from typing import NamedTuple


class LocationKind(StrEnum):
    """What a place is. Copies in bulk and pick places of a site make up its pools."""

    BULK = "bulk"
    PICK = "pick"
    STAGING = "staging"
    RETURNS = "returns"
    SUPPLIER = "supplier"  # from here on, virtual: the outside world
    CUSTOMER = "customer"
    PUBLISHER = "publisher"
    PULP = "pulp"
    LOSS = "loss"
    FOUND = "found"
    CONSIGNMENT = "consignment"


SELLABLE_PLACES = (LocationKind.BULK, LocationKind.PICK)
REAL_PLACES = (LocationKind.BULK, LocationKind.PICK, LocationKind.STAGING, LocationKind.RETURNS)


class StockState(StrEnum):
    """What may be done with a copy."""

    SELLABLE = "sellable"
    QUARANTINE = "quarantine"
    PUBLISHER_HOLD = "held"
    RECALLED = "recalled"


class Reason(StrEnum):
    """Why a copy moved."""

    RECEIPT = "receipt"
    OPENING = "opening"
    REPLENISHMENT = "replenishment"
    PICK = "pick"
    SHIPMENT = "shipment"
    REOPENED = "reopened"
    SHORTAGE = "shortage"
    STOCKTAKE = "stocktake"


class Move(NamedTuple):
    """One quantity of one title going from one place to another."""

    product_id: int
    owner_id: int
    from_location_id: int
    to_location_id: int
    quantity: int
    reason: str
    source_key: str  # says what caused it; the same key twice moves once
    state: str = StockState.SELLABLE


class Demand(NamedTuple):
    """Somebody wants copies; earlier in the list comes first."""

    key: int  # who asks (an order line): stock does not know what it is
    product_id: int
    quantity: int


class Promise(NamedTuple):
    """Copies promised from one pool to one demand."""

    reservation_id: int
    key: int
    product_id: int
    owner_id: int
    quantity: int


class NewPlace(NamedTuple):
    """A place to open on a site."""

    code: str
    kind: str  # LocationKind
    walk_order: int = 0  # pickers go through the places of a site in this order


class Arrival(NamedTuple):
    """Copies that came in from outside, put down at a place."""

    product_id: int
    owner_id: int
    location_code: str
    quantity: int
    source_key: str
    state: str = StockState.SELLABLE


class Count(NamedTuple):
    """What a person counted of one title at one place."""

    location_code: str
    product_id: int
    owner_id: int
    counted: int
    source_key: str
    state: str = StockState.SELLABLE


class PickedCopies(NamedTuple):
    """Copies of one promise taken at one place; none (quantity 0) when the shelf was empty."""

    reservation_id: int
    location_id: int
    quantity: int
    source_key: str


class Missing(NamedTuple):
    """Copies that should have been at a place and were not."""

    location_id: int
    product_id: int
    owner_id: int
    quantity: int
    source_key: str
    state: str = StockState.SELLABLE


class BinStock(NamedTuple):
    """Copies standing at one place, for whoever plans to fetch them."""

    product_id: int
    owner_id: int
    location_id: int
    code: str
    kind: str
    walk_order: int
    on_hand: int


class PoolStock(NamedTuple):
    """What one site has of one title of one owner in one state, and how much of it is promised."""

    pool_id: int
    site_id: int
    product_id: int
    owner_id: int
    state: str
    on_hand: int
    reserved: int

    @property
    def available(self) -> int:
        """Copies that can still be promised."""
        return self.on_hand - self.reserved


class Difference(NamedTuple):
    """Copies that a count found more (or, negative, fewer) than the ledger said."""

    source_key: str
    location_id: int
    product_id: int
    owner_id: int
    quantity: int


class Adjustment(NamedTuple):
    """What a stocktake changed: the differences, and the promises it had to take back.

    Whoever was promised the copies (the demands of `released`) must be decided again by the caller, in the same
    transaction.
    """

    differences: list[Difference]
    released: list[Promise]


class Passage(NamedTuple):
    """One movement of a title, as its history shows it."""

    movement_id: int
    at: datetime
    owner_id: int
    state: str
    from_code: str
    to_code: str
    quantity: int
    reason: str
    source_key: str


class DueCount(NamedTuple):
    """A bin due for a count, and how often copies were reported missing there."""

    location_id: int
    code: str
    product_id: int
    reports: int
