"""Words of billing."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime
from decimal import Decimal
from enum import StrEnum
from typing import Any, NamedTuple


class DocumentType(StrEnum):
    """What a document is (UNTDID 1001)."""

    INVOICE = "380"
    CREDIT_NOTE = "381"


SERIES = {DocumentType.INVOICE: "F", DocumentType.CREDIT_NOTE: "A"}


class RefusalReason(StrEnum):
    """Why a delivery note could not be invoiced; it stays in the worklist until somebody puts that right."""

    MISSING_BUYER = "missing_buyer"  # no profile in force: no name, no address
    MISSING_SIREN = "missing_siren"  # a business established in France
    MISSING_VAT_NUMBER = "missing_vat_number"  # delivered in the Union without VAT
    MISSING_PRICE = "missing_price"  # a line has no public price, or a price of zero
    MISSING_TERRITORY_VAT = "missing_territory_vat"  # nobody said what VAT this territory bears
    MISSING_ACCOUNT = "missing_account"  # the chart has no account for its VAT rate
    NOTHING_DUE = "nothing_due"  # its invoice would be of zero: free copies alone


class RefusedNote(NamedTuple):
    """A delivery note left in the worklist, and why."""

    note_id: int
    number: str
    customer_id: int
    reason: RefusalReason


class IssuedDocument(NamedTuple):
    """A document that has just had its number."""

    invoice_id: int
    number: str
    type_code: str
    customer_id: int
    issued_on: date
    due_on: date
    net: Decimal
    vat: Decimal
    gross: Decimal


@dataclass(frozen=True, slots=True)
class BillingReport:
    """What one run did: documents in the order of their numbers, notes refused with their reason."""

    issued: tuple[IssuedDocument, ...] = ()
    refused: tuple[RefusedNote, ...] = ()


class Correction(NamedTuple):
    """So many copies of an invoice's line to take back."""

    invoice_line_id: int
    quantity: int


class CreditReport(NamedTuple):
    """The credit notes of a request, and whether it had been made before."""

    documents: tuple[IssuedDocument, ...]
    already: bool = False


class NewRendition(NamedTuple):
    """The bytes of a document, just rendered."""

    invoice_id: int
    profile: str
    xml: bytes
    pdf: bytes


class ToSend(NamedTuple):
    """A rendered document that has not left yet; its page is in the store under this digest."""

    invoice_id: int
    number: str
    pdf_sha256: bytes


class DocumentLine(NamedTuple):
    """A line of a document, with the words of other packages that its page prints."""

    id: int
    position: int
    gtin: str  # empty for carriage
    title: str
    quantity: int
    retail_price: Decimal | None
    unit_price: Decimal  # PPHT, 4 decimals
    discount: Decimal  # percent
    base: Decimal
    allowance: Decimal
    net: Decimal
    vat_rate: Decimal
    vat_category: str
    order_reference: str
    line_reference: str
    note_number: str  # empty on a credit note


class DocumentVat(NamedTuple):
    """The VAT of one category and rate, computed once on the document's base."""

    category: str
    rate: Decimal
    base: Decimal
    vat: Decimal
    exemption: str


@dataclass(frozen=True, slots=True)
class DocumentView:
    """All that a document says. `frozen`: parties, addresses, mentions, as they were that day."""

    invoice_id: int
    number: str
    type_code: str
    customer_id: int
    issued_on: date
    due_on: date
    currency: str
    net: Decimal
    vat: Decimal
    gross: Decimal
    frozen: dict[str, Any]
    lines: tuple[DocumentLine, ...]
    vats: tuple[DocumentVat, ...]


class StageAt(NamedTuple):
    """A step in the life of a document, when, and who did it."""

    stage: str  # issued, released, rendered, sent, credited
    at: datetime
    by: int
    about: str  # the channel it left by, the number of the credit note


@dataclass(frozen=True, slots=True)
class InvoiceSheet:
    """A document and everything it is tied to, for one screen."""

    document: DocumentView
    notes: tuple[tuple[int, str], ...]  # id, number
    orders: tuple[tuple[int, str], ...]  # id, the shop's reference
    credited_by: tuple[str, ...]  # numbers of the credit notes that take copies back
    credits: tuple[str, ...]  # numbers of the invoices that this credit note takes copies back from
    entry_key: str  # source key of its entry in accounts
    rendition: tuple[str, str, str] | None  # profile, SHA-256 of the XML, of the PDF (hexadecimal)
    timeline: tuple[StageAt, ...]


class StageCounts(NamedTuple):
    """How many documents are at each stage, and what waits before them."""

    issued: int
    to_release: int
    to_render: int
    to_send: int
    sent: int


class DeliveredNotInvoiced(NamedTuple):
    """What left and is not yet billed: the bridge between copies and money."""

    notes: int
    copies: int
    net: Decimal
    without_price: int  # lines whose price nobody knows yet
    oldest_on: date | None
