"""Answers about invoices and credit notes; nothing here writes."""

from __future__ import annotations

import json
from collections import defaultdict
from collections.abc import Sequence

from quai.billing import posting
from quai.billing.types import (
    DeliveredNotInvoiced,
    DocumentLine,
    DocumentVat,
    DocumentView,
    InvoiceSheet,
    IssuedDocument,
    StageAt,
    StageCounts,
    ToSend,
)
from quai.core import sql
from quai.core.refusals import Refusal


class UnknownInvoice(Refusal):
    """There is no invoice or credit note %(number)s."""

    code = "billing.unknown_invoice"


def documents(invoices: Sequence[int]) -> list[DocumentView]:
    """Give issued documents whole, by id; in three statements, however many."""
    given = {"invoices": list(invoices)}
    lines, vats = defaultdict(list), defaultdict(list)
    for row in sql.rows("billing/document_lines.sql", given):
        lines[row.invoice_id].append(DocumentLine._make(row[1:]))
    for row in sql.rows("billing/document_vats.sql", given):
        vats[row.invoice_id].append(DocumentVat._make(row[1:]))
    return [
        _document(row, tuple(lines[row.invoice_id]), tuple(vats[row.invoice_id]))
        for row in sql.rows("billing/document_headers.sql", given)
    ]


def _document(row: sql.Row, lines: tuple[DocumentLine, ...], vats: tuple[DocumentVat, ...]) -> DocumentView:
    columns = row._asdict()
    return DocumentView(**columns | {"frozen": json.loads(row.frozen), "lines": lines, "vats": vats})


def by_number(number: str) -> InvoiceSheet:
    """Give an invoice or credit note and everything it is tied to.

    :raises UnknownInvoice: no document bears this number.
    """
    found = sql.rows("billing/by_number.sql", {"number": number})
    if not found:
        raise UnknownInvoice(number=number)
    [document] = documents([found[0].invoice_id])
    given = {"invoice": document.invoice_id}
    credits_ = [(row.side, row.number) for row in sql.rows("billing/sheet_credits.sql", given)]
    renditions = sql.rows("billing/sheet_rendition.sql", given)
    return InvoiceSheet(
        document=document,
        notes=tuple((row.id, row.number) for row in sql.rows("billing/sheet_notes.sql", given)),
        orders=tuple((row.id, row.reference) for row in sql.rows("billing/sheet_orders.sql", given)),
        credited_by=tuple(number for side, number in credits_ if side == "by"),
        credits=tuple(number for side, number in credits_ if side == "of"),
        entry_key=posting.source_key(document.invoice_id),
        rendition=next(((r.profile, r.xml_sha256.hex(), r.pdf_sha256.hex()) for r in renditions), None),
        timeline=tuple(StageAt._make(row) for row in sql.rows("billing/sheet_timeline.sql", given)),
    )


def of_customer(customer_id: int, *, limit: int = 50) -> list[IssuedDocument]:
    """List the last invoices and credit notes of a customer, newest first."""
    given = {"customer": customer_id, "limit": limit}
    return [IssuedDocument._make(row) for row in sql.rows("billing/of_customer.sql", given)]


def to_render(*, limit: int, after: int = 0) -> list[int]:
    """List the next documents released and not rendered, in the order they were issued."""
    given = {"limit": limit, "after": after}
    return [row.invoice_id for row in sql.rows("billing/to_render.sql", given)]


def to_send(*, limit: int, after: int = 0) -> list[ToSend]:
    """List the next documents rendered and not sent, in the order they were issued."""
    given = {"limit": limit, "after": after}
    return [
        ToSend(row.invoice_id, row.number, bytes(row.pdf_sha256))
        for row in sql.rows("billing/to_send.sql", given)
    ]


def stage_counts() -> StageCounts:
    """Count documents at each stage. No vault is configured: nobody is waited for to release."""
    return StageCounts._make(sql.rows("billing/stage_counts.sql")[0])


def delivered_not_invoiced() -> DeliveredNotInvoiced:
    """Say what left and waits for its invoice."""
    return DeliveredNotInvoiced._make(sql.rows("billing/delivered_not_invoiced.sql")[0])
