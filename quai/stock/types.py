"""Words of the ledger of copies."""

from __future__ import annotations

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


class Take(NamedTuple):
    """What became of a reservation: copies taken, the rest released."""

    reservation_id: int
    taken: int
    reason: str = ""
