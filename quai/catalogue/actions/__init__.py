"""Verbs on titles."""

from quai.catalogue.actions.changes import (
    ImpossiblePrice,
    UnsaidParts,
    announce_price,
    call_schoolbooks,
    set_availability,
    set_sales_rights,
)
from quai.catalogue.actions.notices import take_notices

__all__ = [
    "ImpossiblePrice",
    "UnsaidParts",
    "announce_price",
    "call_schoolbooks",
    "set_availability",
    "set_sales_rights",
    "take_notices",
]
