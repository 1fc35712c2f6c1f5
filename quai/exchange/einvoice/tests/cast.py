"""A made-up distributor, its customers, and a short way to write an invoice by hand."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from datetime import date, timedelta
from decimal import ROUND_HALF_UP, Decimal
from typing import Any

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
    PrecedingInvoice,
    Subject,
    Totals,
    Vat,
    VatCategory,
)

ISSUED_ON = date(2026, 10, 15)

HOUSE = Party(
    legal_name="Quai du Levant SAS",
    name="Quai du Levant",
    address=Address(("12 quai de la Fosse", "Bâtiment B"), "44000", "Nantes"),
    electronic_address=ElectronicAddress("732829320"),
    siren="732829320",
    siret="73282932000074",
    vat_number="FR44732829320",
    gln="3010000000014",
    legal_information="SAS au capital de 250 000 € – RCS Nantes 732 829 320",
)
EMBELLIE = Party(
    legal_name="L’Embellie SARL",
    name="Librairie L’Embellie",
    address=Address(("3 rue des Halles",), "44600", "Saint-Nazaire"),
    electronic_address=ElectronicAddress("404833048"),
    siren="404833048",
    siret="40483304800022",
    vat_number="FR83404833048",
    gln="3010000000021",
)
AJACCIO = replace(
    EMBELLIE, legal_name="A Marina SARL", name="", address=Address(("1 cours Napoléon",), "20000", "Ajaccio")
)
SAINT_DENIS = replace(
    EMBELLIE,
    legal_name="Librairie du Barachois",
    name="",
    address=Address(("5 rue de Paris",), "97400", "Saint-Denis", "RE"),
)
LIEGE = Party(
    legal_name="Librairie de la Meuse SRL",
    address=Address(("8 quai Churchill",), "4020", "Liège", "BE"),
    electronic_address=ElectronicAddress("BE0403170701", scheme="9925"),
    vat_number="BE0403170701",
)
PUBLISHER = Party(
    legal_name="Éditions du Môle",
    address=Address(("9 rue des Carmes",), "35000", "Rennes"),
    electronic_address=ElectronicAddress("552100554"),
    siren="552100554",
    vat_number="FR38552100554",
)
OUTLET = Destination(
    "L’Embellie – dépôt du port",
    Address(("Quai Demange", "Porte 4"), "44600", "Saint-Nazaire"),
    gln="3010000000038",
)
MENTIONS = (
    Note(
        Subject.RECOVERY_COSTS,
        "Indemnité forfaitaire pour frais de recouvrement en cas de retard de paiement : 40 €.",
    ),
    Note(
        Subject.LATE_PENALTIES,
        "Pénalités de retard : trois fois le taux d’intérêt légal, sans qu’un rappel soit nécessaire.",
    ),
    Note(Subject.EARLY_DISCOUNT, "Pas d’escompte pour paiement anticipé."),
)
TRANSFER = PaymentMeans(
    PaymentCode.TRANSFER, "FR7630006000011234567890189", "AGRIFRPPXXX", "Quai du Levant SAS"
)
EXEMPTIONS = {
    VatCategory.EXPORT: ("Exonération de TVA, article 294 du code général des impôts", "VATEX-EU-G"),
    VatCategory.INTRA_COMMUNITY: (
        "Exonération de TVA, article 262 ter I du code général des impôts",
        "VATEX-EU-IC",
    ),
    VatCategory.EXEMPT: (
        "TVA non applicable, article 293 B du code général des impôts",
        "VATEX-FR-FRANCHISE",
    ),
}

TITLES = (
    ("9782070360024", "L’Étranger", "8.20"),
    ("9782253004226", "Germinal", "6.90"),
    ("9782080712912", "Madame Bovary", "4.50"),
    ("9782264024848", "Le Parfum", "9.60"),
    ("9782330012830", "Confiteor", "26.00"),
    (
        "9782213611358",
        "Les Bienveillantes ou comment la nuit tombe sur une ville qui ne voulait pas dormir",
        "29.90",
    ),
)


def cents(amount: Decimal) -> Decimal:
    return amount.quantize(Decimal("0.01"), rounding=ROUND_HALF_UP)


def line(
    title: int | str = 0,
    quantity: int = 1,
    *,
    discount: str = "36",
    rate: str = "5.5",
    category: VatCategory = VatCategory.STANDARD,
    price: str = "",
    **more: Any,
) -> Line:
    """One line by its title (number in TITLES), quantity and discount; its amounts follow."""
    gtin, name, retail = TITLES[title % len(TITLES)] if isinstance(title, int) else ("", title, price)
    retail_price = Decimal(price or retail)
    gross = (retail_price / (1 + Decimal(rate) / 100)).quantize(Decimal("0.0001"), rounding=ROUND_HALF_UP)
    base = cents(quantity * gross)
    allowance = cents(base * Decimal(discount) / 100)
    return Line(
        position=0,
        title=name,
        quantity=Decimal(quantity),
        gross_price=gross,
        base=base,
        discount=Decimal(discount),
        allowance=allowance,
        net=base - allowance,
        vat_category=category,
        vat_rate=Decimal(rate),
        gtin=gtin,
        retail_price=retail_price if gtin else None,
        **more,
    )


def invoice(lines: Sequence[Line], *, buyer: Party = EMBELLIE, **more: Any) -> Invoice:
    """An invoice whose positions, VAT and totals follow from its lines."""
    lines = tuple(replace(line, position=number) for number, line in enumerate(lines, start=1))
    bases: dict[tuple[VatCategory, Decimal], Decimal] = {}
    for each in lines:
        key = (each.vat_category, each.vat_rate)
        bases[key] = bases.get(key, Decimal(0)) + each.net
    vat = tuple(
        Vat(category, rate, base, cents(base * rate / 100), *EXEMPTIONS.get(category, ("", "")))
        for (category, rate), base in sorted(bases.items())
    )
    net, tax = sum(bases.values(), Decimal(0)), sum((each.amount for each in vat), Decimal(0))
    prepaid = more.pop("prepaid", Decimal("0.00"))
    defaults: dict[str, Any] = {
        "type": DocumentType.INVOICE,
        "number": "F2026-000123",
        "issued_on": ISSUED_ON,
        "due_on": ISSUED_ON + timedelta(days=60),
        "delivered_on": ISSUED_ON - timedelta(days=1),
        "delivery_notes": (DeliveryNote("BL2026-000456", ISSUED_ON - timedelta(days=1)),),
        "notes": MENTIONS,
        "payment_means": TRANSFER,
        "payment_terms": "Paiement à 60 jours date de facture",
        "seller": HOUSE,
    }
    totals = Totals(lines=net, net=net, vat=tax, gross=net + tax, prepaid=prepaid, due=net + tax - prepaid)
    return Invoice(**(defaults | {"buyer": buyer, "lines": lines, "vat": vat, "totals": totals} | more))


def credit(lines: Sequence[Line], *credited: str, **more: Any) -> Invoice:
    """A credit note over the invoices of these numbers."""
    origins = tuple(PrecedingInvoice(number, date(2026, 3, 2)) for number in credited)
    settled = {"due_on": None, "payment_means": None, "payment_terms": "À valoir sur vos prochaines factures"}
    undelivered = {"delivered_on": None, "delivery_notes": ()}
    head = {"type": DocumentType.CREDIT_NOTE, "number": "A2026-000031", "preceding": origins}
    return invoice(lines, **(settled | undelivered | head | more))


def from_notes(*lines: Line, notes: int) -> Invoice:
    """One grouped invoice over several delivery notes, the lines dealt to them in order."""
    covered = tuple(
        DeliveryNote(f"BL2026-{700 + n:06}", ISSUED_ON - timedelta(days=notes - n)) for n in range(notes)
    )
    share = -(-len(lines) // notes)
    dealt = [replace(line, delivery_note=covered[n // share].number) for n, line in enumerate(lines)]
    return invoice(dealt, delivery_notes=covered, delivered_on=covered[-1].departed_on)


CAST: dict[str, Invoice] = {
    "one book": invoice([line(0)]),
    "three books, one order": invoice([line(n, n + 1, order_reference="CMD00017") for n in range(3)]),
    "several orders in one parcel": invoice(
        [line(n, 2, order_reference=f"CMD{n:05}", order_line=f"{n:04}") for n in range(4)]
    ),
    "two rates in one product": invoice([line(4, 3), line(4, 3, rate="20", price="4.00")]),
    "thirteen for twelve": invoice(
        [line(1, 12), line(1, 1, discount="100", allowance_reason="Exemplaire gratuit")]
    ),
    "no discount, carriage": invoice(
        [line(0, 5, discount="0"), line("Participation au port", 1, discount="0", price="7.50")]
    ),
    "delivered elsewhere": invoice([line(2, 10, discount="36.3")], deliver_to=OUTLET),
    "several notes": from_notes(*(line(n, n % 3 + 1) for n in range(9)), notes=3),
    "already paid": invoice([line(3)], process="B2", prepaid=Decimal("6.14")),
    "part paid, on debits": invoice([line(3)], prepaid=Decimal("2.00"), vat_on_debits=True),
    "Corsica": invoice([line(0, 4, rate="2.1")], buyer=AJACCIO),
    "Réunion": invoice([line(0, 4, rate="0", category=VatCategory.EXPORT)], buyer=SAINT_DENIS),
    "two orders to Réunion": invoice(
        [line(n, 4, rate="0", category=VatCategory.EXPORT, order_reference=f"CMD{n}") for n in range(2)],
        buyer=SAINT_DENIS,
    ),
    "Liège": invoice([line(4, 2, rate="0", category=VatCategory.INTRA_COMMUNITY)], buyer=LIEGE),
    "credit over one invoice": credit([line(0, 2), line(1, 1)], "F2026-000011"),
    "credit over several invoices": credit([line(n, 1) for n in range(5)], "F2026-000011", "F2026-000020"),
    "credit by line": credit(
        [line(n, 1, preceding=PrecedingInvoice(f"F2026-{n:06}", date(2026, 2, n + 1))) for n in range(5)]
    ),
    "a copy taken back inside an invoice": invoice([line(0, 10), line(1, -1)]),
    "self-billed by the publisher": invoice(
        [line("Ventes du mois de septembre 2026", 1, discount="0", price="1055.00")],
        type=DocumentType.SELF_BILLED,
        number="AF2026-000001",
        seller=PUBLISHER,
        buyer=HOUSE,
        delivery_notes=(),
        delivered_on=None,
    ),
}
