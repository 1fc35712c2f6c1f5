"""Answers of the ledger of money."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date
from decimal import Decimal

from quai.accounts.types import BalanceRow, PartyLine
from quai.core import sql


def trial_balance(*, on: date) -> list[BalanceRow]:
    """What every account adds up to, entries dated `on` included, by code. Accounts never used are left out."""
    return [BalanceRow._make(row) for row in sql.rows("accounts/trial_balance.sql", {"on": on})]


def entries(source_keys: Iterable[str]) -> dict[str, int]:
    """The ids of the entries posted for these causes; a cause without an entry is left out."""
    return {row.source_key: row.id for row in sql.rows("accounts/entries.sql", {"keys": list(source_keys)})}


def debts(party_ids: Iterable[int]) -> dict[int, Decimal]:
    """What each of these parties owes as a customer, VAT included; one without an entry owes nothing."""
    asked = list(set(party_ids))
    found = sql.rows("accounts/debts.sql", {"parties": asked})
    return dict.fromkeys(asked, Decimal(0)) | {row.party_id: row.amount for row in found}


def party_lines(party_id: int, *, limit: int = 200) -> list[PartyLine]:
    """The last lines on the account of a party, newest first."""
    given = {"party": party_id, "limit": limit}
    return [PartyLine._make(row) for row in sql.rows("accounts/party_lines.sql", given)]
