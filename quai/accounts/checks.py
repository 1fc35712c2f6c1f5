"""What must always be true of the ledger of money."""

from __future__ import annotations

from collections.abc import Iterator

from quai.core import sql
from quai.core.caches import Cache
from quai.core.findings import Check, Finding

SEALED: dict[str, tuple[str, ...]] = {
    "accounts_account": ("id", "act_id", "code", "name"),
    "accounts_journal": ("id", "act_id", "code", "name"),
    "accounts_entry": (
        "id", "act_id", "journal_id", "on", "piece", "label", "source_key", "currency", "line_count", "total",
    ),
    "accounts_entry_line": ("id", "act_id", "entry_id", "account_id", "party_id", "debit", "credit", "due_on"),
}  # fmt: skip

# What the other accounts add up to is read from the lines themselves.
CACHES: list[Cache] = [Cache("accounts_debt", "accounts/derive_debt.sql")]


def entries_are_whole() -> Iterator[Finding]:
    """Each entry has the lines and the total it was sealed with, and debits equal to its credits."""
    for row in sql.rows("accounts/unsound_entries.sql"):
        expected = f"{row.line_count} lines, {row.total} = {row.total}"
        found = f"{row.lines} lines, {row.debit} = {row.credit}"
        yield Finding("accounts.entry_unsound", f"entry {row.id} {row.piece}", expected=expected, found=found)


def books_balance() -> Iterator[Finding]:
    """All debits are all credits."""
    [row] = sql.rows("accounts/totals.sql")
    if row.debit != row.credit:
        yield Finding("accounts.books_unbalanced", "trial balance", expected=row.debit, found=row.credit)


CHECKS: list[Check] = [entries_are_whole, books_balance]
