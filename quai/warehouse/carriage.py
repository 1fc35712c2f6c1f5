"""Carriage: what an account pays to have a small note delivered.

A term in force on the day the note is closed, decided then and kept on the note, so that a later term changes no past
note. Billing charges what the note says. The order minimum is another thing: under it, orders waits (fate grouped).
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from decimal import Decimal

from quai.catalogue.types import PricePartView
from quai.core.money import rounded
from quai.terms.types import AccountView
from quai.warehouse.draft import DraftNote
from quai.warehouse.types import NoteNature

FREE = Decimal("0.00")
Parts = Mapping[int, Sequence[PricePartView]]


def may_be_due(note: DraftNote, account: AccountView) -> bool:
    """Say whether this note could bear carriage at all."""
    return note.nature is NoteNature.SALE and account.carriage_fee > 0 and account.carriage_paid_from > 0


def due(note: DraftNote, account: AccountView, parts: Parts) -> Decimal:
    """The carriage of a note: the account's fee when its net amount is under the threshold, before tax."""
    net = sum(
        (net_of(line.quantity, line.discount, parts.get(line.price_id or 0, ())) for line in note.lines), FREE
    )
    return account.carriage_fee if net < account.carriage_paid_from else FREE


def net_of(quantity: int, discount: Decimal, parts: Sequence[PricePartView]) -> Decimal:
    """The net amount of a line before tax, as its invoice will have it: one amount per VAT rate."""
    total = FREE
    for part in parts:
        base = rounded(quantity * part.retail_price_net)
        total += base - rounded(base * discount / 100)
    return total
