"""What must always be true of invoices and credit notes."""

from __future__ import annotations

from collections.abc import Iterator

from quai.core import numbering, sql
from quai.core.caches import Cache
from quai.core.findings import Check, Finding

SOURCE = "invoice:"  # how a document is named by what it causes

SEALED = {
    "billing_invoice": (
        "id", "act_id", "type_code", "customer_id", "issuer_id", "issued_on", "due_on", "currency", "net", "vat",
        "gross", "frozen",
    ),
    "billing_invoice_line": (
        "id", "act_id", "invoice_id", "position", "note_line_id", "credits_id", "customer_id", "product_id", "title",
        "quantity", "retail_price", "unit_price", "discount", "base", "allowance", "net", "vat_rate", "vat_category",
        "order_reference", "line_reference",
    ),
    "billing_credit_request": ("id", "act_id", "source_key", "position", "content_digest", "invoice_id"),
    "billing_credited": (
        "id", "act_id", "line_id", "credit_line_id", "before_quantity", "after_quantity", "sold_quantity",
    ),
    "billing_invoice_vat": ("id", "act_id", "invoice_id", "category", "rate", "base", "vat", "exemption"),
    "billing_invoice_note": ("id", "act_id", "invoice_id", "note_id"),
    "billing_issue": ("id", "act_id", "invoice_id", "number", "hash"),
    "billing_release": ("id", "act_id", "invoice_id", "released_at"),
    "billing_rendition": ("id", "act_id", "invoice_id", "profile", "xml_sha256", "pdf_sha256", "hash"),
    "billing_sending": ("id", "act_id", "invoice_id", "channel", "sent_at"),
}  # fmt: skip

CACHES = [
    Cache("warehouse_todo_invoice", "billing/derive_todo_invoice.sql"),
    Cache("billing_todo_release", "billing/derive_todo_release.sql"),
    Cache("billing_todo_render", "billing/derive_todo_render.sql"),
    Cache("billing_todo_send", "billing/derive_todo_send.sql"),
]


def notes_are_invoiced_as_they_left() -> Iterator[Finding]:
    """An invoiced note is a sale that left and was not taken back, and every line of it is on its invoice."""
    for row in sql.rows("billing/wrong_notes.sql"):
        yield Finding("billing.note", row.number, expected=row.expected, found=row.found)


def every_document_is_issued() -> Iterator[Finding]:
    """Each document has its number: the text, the day and the hash that its series recorded."""
    taken = numbering.taken(SOURCE)
    for row in sql.rows("billing/issues.sql"):
        number = taken.pop(f"{SOURCE}{row.invoice_id}", None)
        expected = (number.text, number.on, bytes(number.hash).hex()) if number else None
        found = (row.number, row.issued_on, bytes(row.hash).hex()) if row.number else None
        if expected is None or expected != found:
            yield Finding("billing.number", f"invoice {row.invoice_id}", expected=expected, found=found)
    for number in taken.values():
        yield Finding("billing.number", number.text, expected="a document", found=None)


def lines_add_up() -> Iterator[Finding]:
    """Base, allowance and net are those of quantity, PPHT and discount; a credit is its interval's part."""
    for row in sql.rows("billing/wrong_lines.sql"):
        subject = f"invoice {row.invoice_id} line {row.position}"
        yield Finding("billing.line", subject, expected=row.expected, found=row.found)


def documents_add_up() -> Iterator[Finding]:
    """VAT once per category and rate on the base of its lines; the totals are those of the VAT."""
    for row in sql.rows("billing/wrong_totals.sql"):
        yield Finding(
            "billing.total", f"invoice {row.invoice_id} {row.what}", expected=row.expected, found=row.found
        )


def documents_say_what_was_numbered() -> Iterator[Finding]:
    """The canonical bytes of each document still give the digest that its number froze."""
    taken = numbering.taken(SOURCE)
    for row in sql.rows("billing/digests.sql", {"invoices": None}):
        number = taken.get(f"{SOURCE}{row.invoice_id}")
        if number and bytes(number.digest) != bytes(row.digest):
            frozen, found = bytes(number.digest).hex(), bytes(row.digest).hex()
            yield Finding("billing.digest", number.text, expected=frozen, found=found)


def entries_equal_invoices() -> Iterator[Finding]:
    """Each document is posted once: the customer owes its gross, dated and numbered as the document is."""
    for row in sql.rows("billing/wrong_entries.sql"):
        yield Finding("billing.entry", f"invoice {row.invoice_id}", expected=row.expected, found=row.found)


def no_copy_is_credited_twice() -> Iterator[Finding]:
    """The credited intervals of a line follow each other from 0, within what was sold, one per credit line."""
    for row in sql.rows("billing/wrong_intervals.sql"):
        yield Finding("billing.credited", f"line {row.line_id}", expected=row.expected, found=row.found)


def renditions_are_stored() -> Iterator[Finding]:
    """The bytes of each rendition are in the store, and its hash chains them to the number."""
    for row in sql.rows("billing/renditions.sql"):
        if not (row.stored and row.chained):
            found = "stored" if row.stored else "missing"
            yield Finding(
                "billing.rendition", f"invoice {row.invoice_id}", expected="stored, chained", found=found
            )


CHECKS: list[Check] = [
    notes_are_invoiced_as_they_left,
    every_document_is_issued,
    lines_add_up,
    documents_add_up,
    documents_say_what_was_numbered,
    entries_equal_invoices,
    no_copy_is_credited_twice,
    renditions_are_stored,
]
