"""Verbs: invoice what was delivered, credit what was invoiced, take documents through their stages."""

from __future__ import annotations

from quai.billing.actions.crediting import NotAnInvoicedLine, credit, credit_rest
from quai.billing.actions.invoicing import invoice_delivered
from quai.billing.actions.stages import record_renditions, record_sent, release

__all__ = [
    "NotAnInvoicedLine",
    "credit",
    "credit_rest",
    "invoice_delivered",
    "record_renditions",
    "record_sent",
    "release",
]
