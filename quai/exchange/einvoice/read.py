"""Factur-X and CII read back into the semantic invoice.

Minimal: what `cii.py` writes, which is what round trips and our own archives need. Invoices of others go
through the same terms but may hold more, which is left aside.
"""

from __future__ import annotations

import io
from collections.abc import Iterator
from datetime import date, datetime
from decimal import Decimal

import pikepdf
from lxml import etree

from quai.core.money import rounded
from quai.exchange.einvoice.cii import GLN, INVOICE_DATE, NAMESPACES, SIRET, parser
from quai.exchange.einvoice.types import (
    Address,
    DeliveryNote,
    Destination,
    DocumentType,
    ElectronicAddress,
    Invoice,
    Line,
    Note,
    Party,
    PaymentCode,
    PaymentMeans,
    Period,
    PrecedingInvoice,
    Subject,
    Totals,
    Vat,
    VatCategory,
)

ATTACHED = ("factur-x.xml", "zugferd-invoice.xml", "xrechnung.xml")

_Node = etree._Element


def extract(pdf: bytes) -> bytes:
    """Take the XML out of a Factur-X file.

    :raises ValueError: nothing in this PDF is named as the standard says.
    """
    with pikepdf.open(io.BytesIO(pdf)) as document:
        for name in ATTACHED:
            if name in document.attachments:
                return document.attachments[name].get_file().read_bytes()
    raise ValueError("this PDF carries no invoice")


def read_cii(xml: bytes) -> Invoice:
    """Read a CII document, EN 16931 or EXTENDED."""
    root = etree.fromstring(xml, parser())
    document = _one(root, "rsm:ExchangedDocument")
    transaction = _one(root, "rsm:SupplyChainTradeTransaction")
    agreement = _one(transaction, "ram:ApplicableHeaderTradeAgreement")
    delivery = _one(transaction, "ram:ApplicableHeaderTradeDelivery")
    settlement = _one(transaction, "ram:ApplicableHeaderTradeSettlement")
    items = transaction.findall("ram:IncludedSupplyChainTradeLineItem", NAMESPACES)
    order = _text(agreement, "ram:BuyerOrderReferencedDocument/ram:IssuerAssignedID")
    buyer = _party(_one(agreement, "ram:BuyerTradeParty"))
    delivered_on = _day(
        delivery, "ram:ActualDeliverySupplyChainEvent/ram:OccurrenceDateTime/udt:DateTimeString"
    )
    debits = _text(settlement, "ram:ApplicableTradeTax/ram:DueDateTypeCode")
    terms = "ram:SpecifiedTradePaymentTerms"
    return Invoice(
        type=DocumentType(_text(document, "ram:TypeCode")),
        number=_text(document, "ram:ID"),
        issued_on=_known(_day(document, "ram:IssueDateTime/udt:DateTimeString")),
        seller=_party(_one(agreement, "ram:SellerTradeParty")),
        buyer=buyer,
        lines=tuple(_line(item, order) for item in items),
        vat=tuple(_vat(tax) for tax in settlement.findall("ram:ApplicableTradeTax", NAMESPACES)),
        totals=_totals(_one(settlement, "ram:SpecifiedTradeSettlementHeaderMonetarySummation")),
        notes=tuple(_note(note) for note in document.findall("ram:IncludedNote", NAMESPACES)),
        due_on=_day(settlement, f"{terms}/ram:DueDateDateTime/udt:DateTimeString"),
        currency=_text(settlement, "ram:InvoiceCurrencyCode"),
        process=_text(
            root, "rsm:ExchangedDocumentContext/ram:BusinessProcessSpecifiedDocumentContextParameter/ram:ID"
        ),
        buyer_reference=_text(agreement, "ram:BuyerReference"),
        deliver_to=_destination(delivery, buyer),
        delivered_on=delivered_on,
        delivery_notes=tuple(_delivery_notes(delivery, items, delivered_on)),
        preceding=tuple(
            _preceding(node) for node in settlement.findall("ram:InvoiceReferencedDocument", NAMESPACES)
        ),
        payment_means=_payment_means(settlement),
        payment_terms=_text(settlement, f"{terms}/ram:Description"),
        period=_period(settlement),
        vat_on_debits=debits == INVOICE_DATE,
    )


def _one(node: _Node, path: str) -> _Node:
    found = node.find(path, NAMESPACES)
    if found is None:
        raise ValueError(f"{path} is missing")
    return found


def _text(node: _Node, path: str) -> str:
    return node.findtext(path, "", NAMESPACES) or ""


def _decimal(node: _Node, path: str, default: str = "0") -> Decimal:
    return Decimal(_text(node, path) or default)


def _day(node: _Node, path: str) -> date | None:
    text = _text(node, path)
    return datetime.strptime(text, "%Y%m%d").date() if text else None  # noqa: DTZ007 (a day has no zone)


def _known(day: date | None) -> date:
    if day is None:
        raise ValueError("a date is missing")
    return day


def _party(node: _Node) -> Party:
    ids = {each.get("schemeID"): each.text or "" for each in node.findall("ram:GlobalID", NAMESPACES)}
    electronic = _one(node, "ram:URIUniversalCommunication/ram:URIID")
    return Party(
        legal_name=_text(node, "ram:Name"),
        address=_address(node),
        electronic_address=ElectronicAddress(electronic.text or "", electronic.get("schemeID") or ""),
        name=_text(node, "ram:SpecifiedLegalOrganization/ram:TradingBusinessName"),
        siren=_text(node, "ram:SpecifiedLegalOrganization/ram:ID"),
        siret=ids.get(SIRET, ""),
        vat_number=_text(node, "ram:SpecifiedTaxRegistration/ram:ID"),
        gln=ids.get(GLN, ""),
        legal_information=_text(node, "ram:Description"),
    )


def _address(node: _Node) -> Address:
    postal = _one(node, "ram:PostalTradeAddress")
    lines = (_text(postal, f"ram:{name}") for name in ("LineOne", "LineTwo", "LineThree"))
    return Address(
        tuple(filter(None, lines)),
        _text(postal, "ram:PostcodeCode"),
        _text(postal, "ram:CityName"),
        _text(postal, "ram:CountryID"),
    )


def _destination(delivery: _Node, buyer: Party) -> Destination | None:
    node = delivery.find("ram:ShipToTradeParty", NAMESPACES)
    if node is None:
        return None
    to = Destination(_text(node, "ram:Name"), _address(node), _text(node, "ram:GlobalID"))
    own = Destination(buyer.legal_name, buyer.address, buyer.gln)
    return None if to == own else to


def _delivery_notes(delivery: _Node, items: list[_Node], delivered_on: date | None) -> Iterator[DeliveryNote]:
    """The note of the document, or those that its lines name, once each."""
    if number := _text(delivery, "ram:DespatchAdviceReferencedDocument/ram:IssuerAssignedID"):
        yield DeliveryNote(number, _known(delivered_on))  # EN 16931 dates the delivery, not the note
    path = "ram:SpecifiedLineTradeDelivery/ram:DespatchAdviceReferencedDocument"
    named = (item.find(path, NAMESPACES) for item in items)
    yield from dict.fromkeys(
        DeliveryNote(
            _text(node, "ram:IssuerAssignedID"),
            _known(_day(node, "ram:FormattedIssueDateTime/qdt:DateTimeString")),
        )
        for node in named
        if node is not None
    )


def _line(item: _Node, order: str) -> Line:
    product = _one(item, "ram:SpecifiedTradeProduct")
    agreement = _one(item, "ram:SpecifiedLineTradeAgreement")
    delivery = _one(item, "ram:SpecifiedLineTradeDelivery")
    settlement = _one(item, "ram:SpecifiedLineTradeSettlement")
    allowance = "ram:SpecifiedTradeAllowanceCharge"
    gtin = _text(product, "ram:GlobalID")
    quantity = _decimal(delivery, "ram:BilledQuantity")
    gross_price = _decimal(agreement, "ram:GrossPriceProductTradePrice/ram:ChargeAmount")
    base = _text(settlement, f"{allowance}/ram:BasisAmount")
    retail_price = _text(product, "ram:ApplicableProductCharacteristic/ram:Value")
    preceding = settlement.find("ram:InvoiceReferencedDocument", NAMESPACES)
    reference = "ram:BuyerOrderReferencedDocument"
    return Line(
        position=int(_text(item, "ram:AssociatedDocumentLineDocument/ram:LineID")),
        title=_text(product, "ram:Name"),
        quantity=quantity,
        gross_price=gross_price,
        base=Decimal(base) if base else rounded(quantity * gross_price),
        discount=_decimal(settlement, f"{allowance}/ram:CalculationPercent"),
        allowance=_decimal(settlement, f"{allowance}/ram:ActualAmount"),
        net=_decimal(settlement, "ram:SpecifiedTradeSettlementLineMonetarySummation/ram:LineTotalAmount"),
        vat_category=VatCategory(_text(settlement, "ram:ApplicableTradeTax/ram:CategoryCode")),
        vat_rate=_decimal(settlement, "ram:ApplicableTradeTax/ram:RateApplicablePercent"),
        gtin=gtin,
        retail_price=Decimal(retail_price) if retail_price else None,
        order_reference=_text(agreement, f"{reference}/ram:IssuerAssignedID") or (order if gtin else ""),
        order_line=_text(agreement, f"{reference}/ram:LineID"),
        delivery_note=_text(delivery, "ram:DespatchAdviceReferencedDocument/ram:IssuerAssignedID"),
        preceding=_preceding(preceding) if preceding is not None else None,
        note=_text(item, "ram:AssociatedDocumentLineDocument/ram:IncludedNote/ram:Content"),
        allowance_reason=_text(settlement, f"{allowance}/ram:Reason") or "Remise",
    )


def _preceding(node: _Node) -> PrecedingInvoice:
    issued_on = _day(node, "ram:FormattedIssueDateTime/qdt:DateTimeString")
    return PrecedingInvoice(_text(node, "ram:IssuerAssignedID"), _known(issued_on))


def _vat(tax: _Node) -> Vat:
    return Vat(
        VatCategory(_text(tax, "ram:CategoryCode")),
        rate=_decimal(tax, "ram:RateApplicablePercent"),
        base=_decimal(tax, "ram:BasisAmount"),
        amount=_decimal(tax, "ram:CalculatedAmount"),
        exemption_reason=_text(tax, "ram:ExemptionReason"),
        exemption_code=_text(tax, "ram:ExemptionReasonCode"),
    )


def _totals(node: _Node) -> Totals:
    return Totals(
        lines=_decimal(node, "ram:LineTotalAmount"),
        net=_decimal(node, "ram:TaxBasisTotalAmount"),
        vat=_decimal(node, "ram:TaxTotalAmount"),
        gross=_decimal(node, "ram:GrandTotalAmount"),
        due=_decimal(node, "ram:DuePayableAmount"),
        prepaid=_decimal(node, "ram:TotalPrepaidAmount", "0.00"),
    )


def _note(node: _Node) -> Note:
    return Note(Subject(_text(node, "ram:SubjectCode")), _text(node, "ram:Content"))


def _payment_means(settlement: _Node) -> PaymentMeans | None:
    node = settlement.find("ram:SpecifiedTradeSettlementPaymentMeans", NAMESPACES)
    if node is None:
        return None
    account = "ram:PayeePartyCreditorFinancialAccount"
    return PaymentMeans(
        PaymentCode(_text(node, "ram:TypeCode")),
        iban=_text(node, f"{account}/ram:IBANID"),
        bic=_text(node, "ram:PayeeSpecifiedCreditorFinancialInstitution/ram:BICID"),
        account_name=_text(node, f"{account}/ram:AccountName"),
    )


def _period(settlement: _Node) -> Period | None:
    first = _day(settlement, "ram:BillingSpecifiedPeriod/ram:StartDateTime/udt:DateTimeString")
    last = _day(settlement, "ram:BillingSpecifiedPeriod/ram:EndDateTime/udt:DateTimeString")
    return Period(first, last) if first and last else None
