"""Verbs on titles."""

from quai.catalogue.actions.changes import ImpossiblePrice, UnsaidParts, announce_price, set_availability
from quai.catalogue.actions.notices import take_notices

__all__ = ["ImpossiblePrice", "UnsaidParts", "announce_price", "set_availability", "take_notices"]
