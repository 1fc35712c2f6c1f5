"""The verbs of the warehouse, in the order of a day: prepare, record picks, close notes, depart;
and what corrects one: reopen, cancel, block, count."""

from __future__ import annotations

from quai.warehouse.actions.closing import close_notes
from quai.warehouse.actions.counting import BeingPicked, carry, count
from quai.warehouse.actions.departing import depart, take_departed
from quai.warehouse.actions.picking import ImpossibleShortage, record_picks
from quai.warehouse.actions.preparing import prepare
from quai.warehouse.actions.reopening import NoteDeparted, reopen
from quai.warehouse.actions.shipping import close, ship
from quai.warehouse.actions.stopping import cancel, free, hold
from quai.warehouse.queries import UnknownNote

__all__ = [
    "BeingPicked",
    "ImpossibleShortage",
    "NoteDeparted",
    "UnknownNote",
    "cancel",
    "carry",
    "close",
    "close_notes",
    "count",
    "depart",
    "free",
    "hold",
    "prepare",
    "record_picks",
    "reopen",
    "ship",
    "take_departed",
]
