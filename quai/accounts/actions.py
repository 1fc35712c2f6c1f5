"""Verbs of the ledger of money."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from datetime import datetime
from decimal import Decimal
from typing import Any

from django.db import transaction

from quai.access.types import Actor
from quai.accounts import chart
from quai.accounts.types import NewEntry, Posting
from quai.core import journal, sql
from quai.core.money import CENT
from quai.core.refusals import Refusal, invariant


class Unbalanced(Refusal):
    """Entry %(piece)s does not balance: %(debit)s debited, %(credit)s credited."""

    code = "accounts.unbalanced"


class BadPosting(Refusal):
    """Entry %(piece)s has a line that is no debit or credit in whole cents: %(debit)s, %(credit)s on %(account)s."""

    code = "accounts.bad_posting"


class Unknown(Refusal):
    """Entry %(piece)s names %(code)s, which is neither an account of the chart nor a journal."""

    code = "accounts.unknown"


class KeyReused(Refusal):
    """%(source_key)s is already posted, and says something else."""

    code = "accounts.key_reused"


@transaction.atomic
def open_chart(*, at: datetime, by: Actor) -> int:
    """Open the accounts and journals of the chart that do not exist yet; how many were opened."""
    known = {row.code for row in sql.rows("accounts/codes.sql")}
    accounts = [(row.code, row.name) for row in chart.accounts() if row.code not in known]
    journals = [row for row in chart.journals() if row[0] not in known]
    if not accounts and not journals:
        return 0
    act = journal.record("accounts.open_chart", at=at, by=by)
    given = {
        "accounts": [code for code, _ in accounts],
        "names": [name for _, name in accounts],
        "journals": [code for code, _ in journals],
        "titles": [name for _, name in journals],
    }
    [row] = sql.rows("accounts/open_chart.sql", {**given, "act": act})
    return int(row.opened)


@transaction.atomic
def post(*, entries: Sequence[NewEntry], at: datetime, by: Actor) -> list[int]:
    """Post balanced entries, each sealed by its count of lines and its total, in one statement for the whole set.

    Running it again is harmless: a source key is posted once.

    :returns: the id of each entry, in their order, whether posted now or before.
    :raises Unbalanced: an entry has less than two lines, or debits that are not its credits; nothing is posted.
    :raises BadPosting: a line has both sides, none, or parts of a cent. :raises Unknown: an account or a journal.
    :raises KeyReused: a source key comes again with other content.
    """
    for entry in entries:
        _refuse_unsound(entry)
    if not entries:
        return []
    _refuse_unknown(entries)
    act = journal.record("accounts.post", at=at, by=by)
    given = {**_entry_arrays(entries), **_line_arrays(entries), "act": act}
    ids = {row.source_key: row.id for row in sql.rows("accounts/post.sql", given)}
    if len(ids) < len(entries):
        ids |= _posted_before([entry for entry in entries if entry.source_key not in ids])
        _refuse_same_key(entries)
    return [ids[entry.source_key] for entry in entries]


def _refuse_unsound(entry: NewEntry) -> None:
    for line in entry.postings:
        cents = line.debit % CENT == 0 and line.credit % CENT == 0
        if not cents or min(line.debit, line.credit) != 0 or max(line.debit, line.credit) <= 0:
            raise BadPosting(piece=entry.piece, debit=line.debit, credit=line.credit, account=line.account)
    debit, credit = _sums(entry)
    if len(entry.postings) < 2 or debit != credit:
        raise Unbalanced(piece=entry.piece, debit=debit, credit=credit)


def _sums(entry: NewEntry) -> tuple[Decimal, Decimal]:
    zero = Decimal(0)
    return sum((line.debit for line in entry.postings), zero), sum(
        (line.credit for line in entry.postings), zero
    )


def _refuse_unknown(entries: Sequence[NewEntry]) -> None:
    known = {(row.what, row.code) for row in sql.rows("accounts/codes.sql")}
    for entry in entries:
        if ("journal", entry.journal) not in known:
            raise Unknown(piece=entry.piece, code=entry.journal)
        for line in entry.postings:
            if ("account", line.account) not in known:
                raise Unknown(piece=entry.piece, code=line.account)


def _entry_arrays(entries: Sequence[NewEntry]) -> dict[str, list[Any]]:
    return {
        "journals": [entry.journal for entry in entries],
        "days": [entry.on for entry in entries],
        "pieces": [entry.piece for entry in entries],
        "labels": [entry.label for entry in entries],
        "keys": [entry.source_key for entry in entries],
        "counts": [len(entry.postings) for entry in entries],
        "totals": [_sums(entry)[0] for entry in entries],
    }


def _line_arrays(entries: Sequence[NewEntry]) -> dict[str, list[Any]]:
    lines = [(rank, *line) for rank, entry in enumerate(entries, start=1) for line in entry.postings]
    names = ("ranks", "accounts", "debits", "credits", "parties", "dues")
    return {name: list(column) for name, column in zip(names, zip(*lines, strict=True), strict=True)}


def _posted_before(entries: Sequence[NewEntry]) -> dict[str, int]:
    """The ids of entries that were there already, each the same to the cent."""
    found = _as_posted([entry.source_key for entry in entries])
    for entry in entries:
        invariant(entry.source_key in found, f"{entry.source_key} is posted")
        if found[entry.source_key][1:] != _content(entry):
            raise KeyReused(source_key=entry.source_key)
    return {key: row[0] for key, row in found.items()}


def _refuse_same_key(entries: Sequence[NewEntry]) -> None:
    """One key twice in one call is one entry, if it says the same twice."""
    seen: dict[str, Any] = {}
    for entry in entries:
        if seen.setdefault(entry.source_key, _content(entry)) != _content(entry):
            raise KeyReused(source_key=entry.source_key)


def _content(entry: NewEntry) -> tuple[Any, ...]:
    return (entry.journal, entry.on, entry.piece, entry.label), Counter(entry.postings)


def _as_posted(keys: Sequence[str]) -> dict[str, tuple[Any, ...]]:
    """Entries in the ledger by source key: id, what their head says, and their lines."""
    heads: dict[str, tuple[Any, ...]] = {}
    for row in sql.rows("accounts/posted.sql", {"keys": list(keys)}):
        _, _, lines = heads.setdefault(
            row.source_key, (row.id, (row.journal, row.on, row.piece, row.label), Counter())
        )
        lines[Posting(row.account, row.debit, row.credit, row.party_id, row.due_on)] += 1
    return heads
