"""Words of the ledger of money."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from typing import NamedTuple


class Posting(NamedTuple):
    """One line of an entry: a debit or a credit on one account."""

    account: str  # code of the chart
    debit: Decimal
    credit: Decimal
    party_id: int | None = None
    due_on: date | None = None


@dataclass(frozen=True, slots=True)
class NewEntry:
    """An entry to post; its lines balance. `piece` is the number of the document behind it."""

    journal: str
    on: date
    piece: str
    label: str
    source_key: str
    postings: tuple[Posting, ...]


class BalanceRow(NamedTuple):
    """What an account adds up to, in euros: `balance` is debit less credit."""

    account: str
    name: str
    debit: Decimal
    credit: Decimal
    balance: Decimal


class PartyLine(NamedTuple):
    """One line on the account of a party."""

    line_id: int
    on: date
    journal: str
    piece: str
    label: str
    account: str
    debit: Decimal
    credit: Decimal
    due_on: date | None
