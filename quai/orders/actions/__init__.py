"""Verbs on orders."""

from quai.orders.actions.following import (
    cancel,
    confirm,
    decide,
    lock_lines,
    record_shipped,
    record_short,
    record_unshipped,
    refuse_held,
    take_ready,
)
from quai.orders.actions.ledger import KeyReused
from quai.orders.actions.receiving import receive

__all__ = [
    "KeyReused",
    "cancel",
    "confirm",
    "decide",
    "lock_lines",
    "receive",
    "record_shipped",
    "record_short",
    "record_unshipped",
    "refuse_held",
    "take_ready",
]  # fmt: skip
