"""The semantic invoice: what EN 16931 says an invoice says, before any syntax.

Comments name the business terms (BT) and groups (BG) of EN 16931-1. Amounts arrive computed: nothing here
rounds or adds. `arithmetic.invariants` says whether they agree.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from enum import StrEnum


class Profile(StrEnum):
    """How much of CII an invoice uses; the value is the ConformanceLevel of the Factur-X metadata."""

    EN16931 = "EN 16931"
    EXTENDED = "EXTENDED"

    @property
    def guideline(self) -> str:
        """BT-24, the identifier of the specification followed."""
        base = "urn:cen.eu:en16931:2017"
        return base if self is Profile.EN16931 else f"{base}#conformant#urn:factur-x.eu:1p0:extended"


class DocumentType(StrEnum):
    """BT-3, from UNTDID 1001."""

    INVOICE = "380"
    CREDIT_NOTE = "381"
    SELF_BILLED = "389"
    SELF_BILLED_CREDIT = "261"

    @property
    def is_credit(self) -> bool:
        return self in {DocumentType.CREDIT_NOTE, DocumentType.SELF_BILLED_CREDIT}

    @property
    def is_self_billed(self) -> bool:
        return self in {DocumentType.SELF_BILLED, DocumentType.SELF_BILLED_CREDIT}


class VatCategory(StrEnum):
    """BT-118 and BT-151, from UNTDID 5305, less what France does not use."""

    STANDARD = "S"
    ZERO = "Z"
    EXEMPT = "E"
    EXPORT = "G"  # the overseas departments too: article 294 of the tax code makes them exports
    INTRA_COMMUNITY = "K"
    OUTSIDE = "O"


class Subject(StrEnum):
    """BT-21: what a note is about. France wants the first three, once each (BR-FR-05, BR-FR-06)."""

    RECOVERY_COSTS = "PMT"
    LATE_PENALTIES = "PMD"
    EARLY_DISCOUNT = "AAB"
    TREATMENT = "BAR"  # "B2B", "B2BINT", "OUTOFSCOPE"…: read by platforms, not printed
    TAX = "TXD"
    GENERAL = "AAI"


class PaymentCode(StrEnum):
    """BT-81, from UNTDID 4461."""

    CHEQUE = "20"
    TRANSFER = "30"
    SEPA_TRANSFER = "58"
    SEPA_DEBIT = "59"


@dataclass(frozen=True, slots=True)
class Address:
    """BG-5, BG-8, BG-15."""

    lines: tuple[str, ...]  # BT-35, BT-36, BT-162: three at most
    postcode: str
    city: str
    country: str = "FR"  # ISO 3166-1 alpha-2; an overseas department has its own (RE, GP, MQ, GF, YT)


@dataclass(frozen=True, slots=True)
class ElectronicAddress:
    """BT-34, BT-49: where the network delivers. Scheme 0225 is the French directory, keyed by SIREN."""

    value: str
    scheme: str = "0225"


@dataclass(frozen=True, slots=True)
class Party:
    """BG-4 the seller, BG-7 the buyer."""

    legal_name: str  # BT-27, BT-44
    address: Address
    electronic_address: ElectronicAddress
    name: str = ""  # BT-28, BT-45: the usual name, when it is not the registered one
    siren: str = ""  # BT-30, BT-47, scheme 0002
    siret: str = ""  # BT-29, BT-46, scheme 0009
    vat_number: str = ""  # BT-31, BT-48
    gln: str = ""  # BT-29, BT-46, scheme 0088
    legal_information: str = ""  # BT-33, the seller's only: legal form, capital, register


@dataclass(frozen=True, slots=True)
class Destination:
    """BG-13: where the goods went, when not to the buyer's own address."""

    name: str  # BT-70
    address: Address  # BG-15
    gln: str = ""  # BT-71, scheme 0088


@dataclass(frozen=True, slots=True)
class DeliveryNote:
    """BT-16: a delivery note the document covers, and the day it left."""

    number: str
    departed_on: date


@dataclass(frozen=True, slots=True)
class PrecedingInvoice:
    """BG-3: what a credit note credits. France wants the number and the date (BR-FR-CO-05)."""

    number: str  # BT-25
    issued_on: date  # BT-26


@dataclass(frozen=True, slots=True)
class Note:
    """BG-1."""

    subject: Subject  # BT-21
    text: str  # BT-22


@dataclass(frozen=True, slots=True)
class PaymentMeans:
    """BG-16, BG-17."""

    code: PaymentCode  # BT-81
    iban: str = ""  # BT-84
    bic: str = ""  # BT-86
    account_name: str = ""  # BT-85


@dataclass(frozen=True, slots=True)
class Period:
    """BG-14: the days that one grouped invoice covers, both included."""

    from_on: date  # BT-73
    to_on: date  # BT-74


@dataclass(frozen=True, slots=True)
class Line:
    """BG-25: one title (or a carriage charge, which has no GTIN) at one rate of VAT.

    `base = round(quantity × gross_price, 2)`, `allowance = round(base × discount / 100, 2)`,
    `net = base − allowance`.
    """

    position: int  # BT-126
    title: str  # BT-153
    quantity: Decimal  # BT-129, at most 4 decimals
    gross_price: Decimal  # BT-148: the PPHT at 4 decimals (6 at most), always > 0
    base: Decimal  # BT-137
    discount: Decimal  # BT-138, in percent
    allowance: Decimal  # BT-136
    net: Decimal  # BT-131
    vat_category: VatCategory  # BT-151
    vat_rate: Decimal  # BT-152, in percent
    gtin: str = ""  # BT-157, scheme 0160
    retail_price: Decimal | None = None  # BG-32 "Prix public TTC"
    order_reference: str = ""  # BT-13: the shop's own number of the order
    order_line: str = ""  # BT-132: the shop's own reference of the line
    delivery_note: str = ""  # number of one of the invoice's delivery notes
    preceding: PrecedingInvoice | None = None  # the invoice this very line credits
    note: str = ""  # BT-127
    allowance_reason: str = "Remise"  # BT-139

    @property
    def net_price(self) -> Decimal:
        """BT-146, what the line's arithmetic multiplies.

        EN 16931 takes a discount off either the price (BT-147) or the line (BG-27), never both. It is on the
        line here, so that no price has to be rounded; the price itself is then not reduced.
        """
        return self.gross_price


@dataclass(frozen=True, slots=True)
class Vat:
    """BG-23: the tax of one category and rate, computed once on the document's base."""

    category: VatCategory  # BT-118
    rate: Decimal  # BT-119
    base: Decimal  # BT-116
    amount: Decimal  # BT-117
    exemption_reason: str = ""  # BT-120, printed
    exemption_code: str = ""  # BT-121, from the VATEX list


@dataclass(frozen=True, slots=True)
class Totals:
    """BG-22."""

    lines: Decimal  # BT-106
    net: Decimal  # BT-109
    vat: Decimal  # BT-110
    gross: Decimal  # BT-112
    due: Decimal  # BT-115
    prepaid: Decimal = Decimal("0.00")  # BT-113


@dataclass(frozen=True, slots=True)
class Invoice:
    """An invoice or a credit note, complete. Amounts of a credit note are positive: its type is the sign."""

    type: DocumentType  # BT-3
    number: str  # BT-1: at most 35 of A-Z a-z 0-9 + - _ /
    issued_on: date  # BT-2
    seller: Party
    buyer: Party
    lines: tuple[Line, ...]
    vat: tuple[Vat, ...]
    totals: Totals
    notes: tuple[Note, ...]
    due_on: date | None = None  # BT-9
    currency: str = "EUR"  # BT-5
    process: str = "B1"  # BT-23, the nature of the operation: B1 goods, B2 goods already paid, S1 services…
    buyer_reference: str = ""  # BT-10: the service code of a public buyer
    deliver_to: Destination | None = None
    delivered_on: date | None = None  # BT-72, the last of the deliveries
    delivery_notes: tuple[DeliveryNote, ...] = ()
    preceding: tuple[PrecedingInvoice, ...] = ()
    payment_means: PaymentMeans | None = None
    payment_terms: str = ""  # BT-20
    period: Period | None = None
    vat_on_debits: bool = False  # BT-8 = 5: tax due at the invoice's date, by the seller's option

    @property
    def profile(self) -> Profile:
        """The smallest profile in which nothing that the invoice knows is lost.

        A line of EN 16931 names neither its delivery note, nor its order, nor the invoice it credits; the
        document names one note and one order.
        """
        many_orders = self.order_reference is None
        by_line = any(line.preceding for line in self.lines)
        return Profile.EXTENDED if len(self.delivery_notes) > 1 or many_orders or by_line else Profile.EN16931

    @property
    def order_reference(self) -> str | None:
        """BT-13: the one order of every title, empty if no line has any, None if they differ."""
        references = {line.order_reference for line in self.lines if line.gtin}
        if len(references) > 1:
            return None
        return references.pop() if references else ""
