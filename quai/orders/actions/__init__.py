"""Verbs on orders."""

from quai.orders.actions.fewer import cancel_copies
from quai.orders.actions.following import (
    cancel,
    confirm,
    decide,
    leave_prepared,
    lock_lines,
    lock_waiting,
    record_invoiced,
    record_shipped,
    record_short,
    record_unshipped,
    refuse_held,
    take_ready,
)
from quai.orders.actions.holding import decide_customers
from quai.orders.actions.judging import JudgedOtherwise, NotToJudge, UnknownOrder, accept, refuse
from quai.orders.actions.ledger import KeyReused
from quai.orders.actions.quantities import accept_quantities
from quai.orders.actions.receiving import receive

__all__ = [
    "JudgedOtherwise",
    "KeyReused",
    "NotToJudge",
    "UnknownOrder",
    "accept",
    "accept_quantities",
    "cancel",
    "cancel_copies",
    "confirm",
    "decide",
    "decide_customers",
    "leave_prepared",
    "lock_lines",
    "lock_waiting",
    "receive",
    "record_invoiced",
    "record_shipped",
    "record_short",
    "record_unshipped",
    "refuse",
    "refuse_held",
    "take_ready",
]  # fmt: skip
