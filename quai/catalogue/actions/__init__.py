"""Verbs on titles."""

from quai.catalogue.actions.changes import announce_price, set_availability
from quai.catalogue.actions.notices import take_notices

__all__ = ["announce_price", "set_availability", "take_notices"]
