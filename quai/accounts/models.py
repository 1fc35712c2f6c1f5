"""Tables of the ledger of money. Unique texts are constraints of the table: see stock/models.py."""

from __future__ import annotations

from typing import ClassVar

from django.db import models
from django.db.models import Q

from quai.core.kinds import CheckedKey, Fact, NativeKey, Reference, State


class Account(Reference):
    """An account of the chart (PCG)."""

    code = models.CharField(max_length=12)
    name = models.CharField(max_length=80)

    class Meta:
        db_table = "accounts_account"
        constraints: ClassVar = [models.UniqueConstraint(fields=["code"], name="accounts_account_code")]


class Journal(Reference):
    """A journal of entries: sales, bank, miscellaneous."""

    code = models.CharField(max_length=6)
    name = models.CharField(max_length=60)

    class Meta:
        db_table = "accounts_journal"
        constraints: ClassVar = [models.UniqueConstraint(fields=["code"], name="accounts_journal_code")]


class Entry(Fact):
    """A balanced set of lines; amounts in euros. Sealed by its count of lines and its total."""

    journal = NativeKey(Journal)
    on = models.DateField()
    piece = models.CharField(max_length=35)
    label = models.CharField(max_length=120)
    source_key = models.CharField(max_length=80)
    currency = models.CharField(max_length=3, default="EUR")
    line_count = models.PositiveSmallIntegerField()
    total = models.DecimalField(max_digits=13, decimal_places=2)  # sum of debits, and of credits

    class Meta:
        db_table = "accounts_entry"
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["source_key"], name="accounts_entry_once"),
            models.CheckConstraint(condition=Q(line_count__gte=2), name="accounts_entry_has_two_sides"),
        ]


class EntryLine(Fact):
    """A debit or a credit on one account. Balanced per entry by a statement trigger (migration 0002)."""

    entry = CheckedKey(Entry)
    account = CheckedKey(Account)
    party = CheckedKey("parties.Party", null=True)
    debit = models.DecimalField(max_digits=13, decimal_places=2)
    credit = models.DecimalField(max_digits=13, decimal_places=2)
    due_on = models.DateField(null=True)

    class Meta:
        db_table = "accounts_entry_line"
        constraints: ClassVar = [
            models.CheckConstraint(
                condition=Q(debit__gte=0, credit__gte=0) & (Q(debit=0) | Q(credit=0)),
                name="accounts_line_one_side",
            )
        ]
        indexes: ClassVar = [
            models.Index(fields=["entry"], name="accounts_line_of_entry"),
            models.Index(
                fields=["party", "id"], condition=Q(party__isnull=False), name="accounts_line_of_party"
            ),
        ]


class Debt(State):
    """What a party owes the house as a customer: its lines on the accounts of customers, debits less credits."""

    party_id = models.BigIntegerField(primary_key=True)  # repeated from lines, which check it
    amount = models.DecimalField(max_digits=15, decimal_places=2)

    class Meta:
        db_table = "accounts_debt"
