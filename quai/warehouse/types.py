"""Words of the warehouse."""

from __future__ import annotations

from enum import StrEnum


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
