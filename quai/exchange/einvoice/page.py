"""What the page of an invoice shows, all of it taken from the semantic invoice."""

from __future__ import annotations

from itertools import groupby
from typing import Any, TypedDict

from quai.exchange.einvoice.types import (
    Address,
    DocumentType,
    Invoice,
    Line,
    Party,
    PaymentCode,
    Subject,
    Vat,
    VatCategory,
)

KINDS = {
    DocumentType.INVOICE: "Facture",
    DocumentType.CREDIT_NOTE: "Avoir",
    DocumentType.SELF_BILLED: "Autofacture",
    DocumentType.SELF_BILLED_CREDIT: "Avoir d’autofacturation",
}
NATURES = {"B": "Livraison de biens", "S": "Prestation de services", "M": "Biens et services"}
MEANS = {
    PaymentCode.CHEQUE: "À régler par chèque",
    PaymentCode.TRANSFER: "À régler par virement",
    PaymentCode.SEPA_TRANSFER: "À régler par virement",
    PaymentCode.SEPA_DEBIT: "Prélevé sur votre compte",
}
COUNTRIES = {
    "AT": "Autriche", "BE": "Belgique", "BG": "Bulgarie", "CA": "Canada", "CH": "Suisse", "CY": "Chypre",
    "CZ": "Tchéquie", "DE": "Allemagne", "DK": "Danemark", "EE": "Estonie", "ES": "Espagne", "FI": "Finlande",
    "FR": "", "GB": "Royaume-Uni", "GF": "Guyane", "GP": "Guadeloupe", "GR": "Grèce", "HR": "Croatie",
    "HU": "Hongrie", "IE": "Irlande", "IT": "Italie", "LT": "Lituanie", "LU": "Luxembourg", "LV": "Lettonie",
    "MA": "Maroc", "MC": "Monaco", "MQ": "Martinique", "MT": "Malte", "NC": "Nouvelle-Calédonie",
    "NL": "Pays-Bas", "PF": "Polynésie française", "PL": "Pologne", "PT": "Portugal", "RE": "La Réunion",
    "RO": "Roumanie", "SE": "Suède", "SI": "Slovénie", "SK": "Slovaquie", "SN": "Sénégal", "TN": "Tunisie",
    "US": "États-Unis", "YT": "Mayotte",
}  # fmt: skip
NOT_PRINTED = {Subject.TREATMENT}
ON_DEBITS = "TVA acquittée sur les débits."


class PageData(TypedDict):
    """The data shape of `templates/invoice.typ`, told there."""

    kind: str
    number: str
    issued_on: str
    due_on: str | None
    nature: str
    is_credit: bool
    house: dict[str, Any]
    legal: str
    buyer: dict[str, Any]
    buyer_ids: list[str]
    deliver_to: dict[str, Any] | None
    delivery: str | None
    delivered_on: str | None
    order: str | None
    period: dict[str, str] | None
    buyer_reference: str | None
    reference_head: str | None
    reference_width: int
    groups: list[dict[str, Any]]
    line_count: int
    copies: int
    vat: list[dict[str, str]]
    totals: dict[str, str | None]
    payment: dict[str, str] | None
    terms: str
    credited: list[dict[str, str]]
    mentions: list[str]


def page_data(invoice: Invoice) -> PageData:
    """Say everything that the page prints, as plain JSON."""
    means, period, deliver_to = invoice.payment_means, invoice.period, invoice.deliver_to
    notes, totals = invoice.delivery_notes, invoice.totals
    head, width = _references(invoice)
    return {
        "kind": KINDS[invoice.type],
        "number": invoice.number,
        "issued_on": invoice.issued_on.isoformat(),
        "due_on": invoice.due_on.isoformat() if invoice.due_on else None,
        "nature": NATURES[invoice.process[0]],
        "is_credit": invoice.type.is_credit,
        "house": {"name": _name(invoice.seller), "lines": _postal(invoice.seller.address)},
        "legal": _legal(invoice.seller),
        "buyer": {"name": _name(invoice.buyer), "lines": _postal(invoice.buyer.address)},
        "buyer_ids": list(filter(None, _identifiers(invoice.buyer))),
        "deliver_to": {"name": deliver_to.name, "lines": _postal(deliver_to.address)} if deliver_to else None,
        "delivery": notes[0].number if len(notes) == 1 else None,
        "delivered_on": invoice.delivered_on.isoformat() if invoice.delivered_on else None,
        "order": invoice.order_reference or None,
        "period": {"from_on": period.from_on.isoformat(), "to_on": period.to_on.isoformat()}
        if period
        else None,
        "buyer_reference": invoice.buyer_reference or None,
        "reference_head": head,
        "reference_width": width,
        "groups": _groups(invoice),
        "line_count": len(invoice.lines),
        "copies": int(sum(line.quantity for line in invoice.lines if line.gtin)),
        "vat": [
            {"rate": str(vat.rate), "base": str(vat.base), "amount": str(vat.amount)} for vat in invoice.vat
        ],
        "totals": {
            "net": str(totals.net),
            "vat": str(totals.vat),
            "gross": str(totals.gross),
            "prepaid": str(totals.prepaid) if totals.prepaid else None,
            "due": str(totals.due),
        },
        "payment": {
            "means": MEANS[means.code],
            "iban": means.iban,
            "bic": means.bic,
            "account_name": means.account_name,
        }
        if means
        else None,
        "terms": invoice.payment_terms,
        "credited": _credited(invoice),
        "mentions": _mentions(invoice),
    }


def _references(invoice: Invoice) -> tuple[str | None, int]:
    """The head of the column where a line names its own order or origin, and the column's width in points."""
    if any(line.preceding for line in invoice.lines):
        return "Facture d’origine", 62
    return ("Commande", 56) if invoice.order_reference is None else (None, 0)


def _credited(invoice: Invoice) -> list[dict[str, str]]:
    """Every invoice credited, number and date, whether the document or a line names it."""
    named = [*invoice.preceding, *(line.preceding for line in invoice.lines if line.preceding)]
    return [{"number": each.number, "issued_on": each.issued_on.isoformat()} for each in dict.fromkeys(named)]


def _groups(invoice: Invoice) -> list[dict[str, Any]]:
    """The lines, under the delivery note that brought them when there are several."""
    if len(invoice.delivery_notes) < 2:
        return [{"note": None, "departed_on": None, "lines": [_line(line) for line in invoice.lines]}]
    departures = {note.number: note.departed_on.isoformat() for note in invoice.delivery_notes}
    return [
        {
            "note": number or None,
            "departed_on": departures.get(number),
            "lines": [_line(line) for line in lines],
        }
        for number, lines in groupby(invoice.lines, key=lambda line: line.delivery_note)
    ]


def _line(line: Line) -> dict[str, Any]:
    return {
        "isbn": line.gtin,
        "title": line.title,
        "note": line.note,
        "reference": line.preceding.number if line.preceding else line.order_reference,
        "quantity": f"{line.quantity:f}",
        "retail_price": str(line.retail_price) if line.retail_price is not None else None,
        "price": f"{line.gross_price:f}",
        "discount": f"{line.discount:f}",
        "net": str(line.net),
        "vat_rate": str(line.vat_rate),
    }


def _name(party: Party) -> str:
    return party.name or party.legal_name


def _postal(address: Address) -> list[str]:
    country = COUNTRIES.get(address.country, address.country)
    return [*address.lines, f"{address.postcode} {address.city}", *([country] if country else [])]


def _identifiers(party: Party) -> tuple[str, str]:
    """Who it is for the registers, on two lines."""
    legal_name = party.legal_name if party.name else ""
    siren = f"SIREN {party.siren}" if party.siren else ""
    known = {"TVA": party.vat_number, "GLN": party.gln}
    told = [f"{label} {value}" for label, value in known.items() if value]
    return _dotted(legal_name, siren), _dotted(*told)


def _legal(seller: Party) -> str:
    return _dotted(*_identifiers(seller), seller.legal_information)


def _dotted(*parts: str) -> str:
    return " · ".join(filter(None, parts))


def _mentions(invoice: Invoice) -> list[str]:
    reasons = [_exemption(vat) for vat in invoice.vat if vat.exemption_reason]
    notes = [note.text for note in invoice.notes if note.subject not in NOT_PRINTED]
    return [*reasons, *([ON_DEBITS] if invoice.vat_on_debits else []), *notes]


def _exemption(vat: Vat) -> str:
    reason = vat.exemption_reason.rstrip(".")
    return f"{reason}." if vat.category is VatCategory.OUTSIDE else f"{reason} : {_french(vat)} € hors taxe."


def _french(vat: Vat) -> str:
    return f"{vat.base:,.2f}".replace(",", "\u202f").replace(".", ",").replace("-", "−")
