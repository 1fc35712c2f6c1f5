"""Which accounts a document moves: the customer's debt against sales, carriage and VAT by rate."""

from __future__ import annotations

from decimal import Decimal

from quai.accounts import chart
from quai.accounts.types import NewEntry, Posting
from quai.billing.mentions import ENTRY_LABEL
from quai.billing.types import DocumentType
from quai.core import sql

JOURNAL = "VT"
NOTHING = Decimal("0.00")


def source_key(invoice_id: int) -> str:
    """The key that names a document in its series and in the ledger of money."""
    return f"invoice:{invoice_id}"


def rates() -> list[Decimal]:
    """The VAT rates that the chart has accounts for; a rate new by law needs its line there first."""
    return [row.vat_rate for row in chart.accounts() if row.use == "sales" and row.vat_rate is not None]


def entry(issued: sql.Row) -> NewEntry:
    """The balanced entry of an issued document (a row of `issued.sql`); a credit note is an invoice turned round."""
    kind = DocumentType(issued.type_code)
    amounts: dict[str, Decimal] = {}
    for rate, base, vat, carriage in zip(
        issued.rates, issued.bases, issued.vats, issued.carriages, strict=True
    ):
        _add(amounts, chart.account("sales", vat_rate=rate), base - carriage)
        _add(amounts, chart.account("carriage"), carriage)
        if vat:
            _add(amounts, chart.account("vat", vat_rate=rate), vat)
    debt = Posting(chart.account("customers"), issued.gross, NOTHING, issued.customer_id, issued.due_on)
    postings = [debt, *(Posting(account, NOTHING, amount) for account, amount in amounts.items() if amount)]
    if kind is DocumentType.CREDIT_NOTE:
        postings = [line._replace(debit=line.credit, credit=line.debit) for line in postings]
    return NewEntry(
        journal=JOURNAL,
        on=issued.issued_on,
        piece=issued.number,
        label=f"{ENTRY_LABEL[kind]} {issued.number}",
        source_key=source_key(issued.invoice_id),
        postings=tuple(postings),
    )


def _add(amounts: dict[str, Decimal], account: str, amount: Decimal) -> None:
    amounts[account] = amounts.get(account, NOTHING) + amount
