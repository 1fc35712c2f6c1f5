"""Rendering invoices: all that the house does for one document, beside setting its page."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import UTC, datetime, timedelta
from decimal import Decimal

from benchmarks import made_up
from benchmarks.works import Figure, Goal, Measure, Trial, Work, beside, demand, seconds
from quai.core.money import rounded
from quai.core.render import Attachment, render
from quai.demo.files import BOOK_VAT
from quai.demo.world import HOUSE_GLN
from quai.exchange.einvoice.arithmetic import invariants
from quai.exchange.einvoice.cii import to_cii, validate_xsd
from quai.exchange.einvoice.page import page_data
from quai.exchange.einvoice.rendition import FILE_NAME, TEMPLATE, render_invoice
from quai.exchange.einvoice.types import (
    Address,
    DeliveryNote,
    DocumentType,
    ElectronicAddress,
    Invoice,
    Line,
    Note,
    Party,
    PaymentCode,
    PaymentMeans,
    Subject,
    Totals,
    Vat,
    VatCategory,
)

DOCUMENTS = {"tiny": 2, "small": 40, "large": 200}
LINES = 20
DISCOUNT = Decimal(36)
NAME, SIREN, IBAN = "Maison Exemple", "552100554", "FR7630006000011234567890189"
MENTIONS = (
    Note(Subject.RECOVERY_COSTS, "Indemnité forfaitaire pour frais de recouvrement : 40 €."),
    Note(Subject.LATE_PENALTIES, "Pénalités de retard : trois fois le taux d’intérêt légal."),
    Note(Subject.EARLY_DISCOUNT, "Pas d’escompte pour paiement anticipé."),
)


def _run(trial: Trial) -> Mapping[str, Figure]:
    count = DOCUMENTS[trial.size]
    invoices = [_invoice(n) for n in range(count)]
    pages = [(_page(invoice), to_cii(invoice)) for invoice in invoices]
    figure = beside(
        lambda: count / seconds(lambda: _render(invoices)),
        lambda: count / seconds(lambda: _set(pages)),
        rounds=trial.rounds,
        size=f"{count:,} invoices of {LINES} lines",
    )
    return {"pdf": figure}


def _render(invoices: Sequence[Invoice]) -> None:
    """Arithmetic, data, page, declaration, schema: as `exchange.einvoice.outbound` does before it records."""
    for invoice in invoices:
        problems = invariants(invoice)
        rendition = render_invoice(invoice)
        problems += validate_xsd(rendition.xml, rendition.profile)
        demand(not problems, "; ".join(problems))
        demand(
            rendition.pdf.startswith(b"%PDF-") and FILE_NAME.encode() in rendition.pdf, "no Factur-X came out"
        )


def _set(pages: Sequence[tuple[dict[str, object], bytes]]) -> None:
    """Set the same pages with the same attachment, all else done before."""
    for page, xml in pages:
        carried = Attachment(FILE_NAME, xml, "text/xml", "alternative", "Factur-X")
        render(TEMPLATE, page, at=datetime(2026, 10, 14, 12, tzinfo=UTC), attachments=[carried])


def _page(invoice: Invoice) -> dict[str, object]:
    return dict(page_data(invoice))


def _invoice(number: int) -> Invoice:
    lines = tuple(_line(number * LINES + n, n + 1) for n in range(LINES))
    net = sum((line.net for line in lines), Decimal(0))
    vat = rounded(net * BOOK_VAT / 100)
    return Invoice(
        type=DocumentType.INVOICE,
        number=f"F2026-{number + 1:06d}",
        issued_on=made_up.DAY,
        seller=_seller(),
        buyer=_buyer(number),
        lines=lines,
        vat=(Vat(VatCategory.STANDARD, BOOK_VAT, net, vat),),
        totals=Totals(net, net, vat, net + vat, net + vat),
        notes=MENTIONS,
        due_on=made_up.DAY + timedelta(days=60),
        delivered_on=made_up.DAY,
        delivery_notes=(DeliveryNote(f"BL2026-{number + 1:06d}", made_up.DAY),),
        payment_means=PaymentMeans(PaymentCode.TRANSFER, IBAN, "AGRIFRPP", NAME),
        payment_terms="Paiement à 60 jours date de facture",
    )


def _line(n: int, position: int) -> Line:
    titles = made_up.world("tiny").titles
    title = titles[n % len(titles)]
    quantity = 1 + n % 2
    price = (title.price / (1 + BOOK_VAT / 100)).quantize(Decimal("0.0001"))
    base = rounded(quantity * price)
    allowance = rounded(base * DISCOUNT / 100)
    return Line(
        position=position,
        title=title.title,
        quantity=Decimal(quantity),
        gross_price=price,
        base=base,
        discount=DISCOUNT,
        allowance=allowance,
        net=base - allowance,
        vat_category=VatCategory.STANDARD,
        vat_rate=BOOK_VAT,
        gtin=title.gtin,
        retail_price=title.price,
        order_reference=f"CMD{n // LINES:05d}",
    )


def _seller() -> Party:
    return Party(
        NAME,
        Address(("12 quai des Libraires",), "44000", "Nantes"),
        ElectronicAddress(SIREN),
        siren=SIREN,
        vat_number="FR38552100554",
        gln=HOUSE_GLN,
    )


def _buyer(number: int) -> Party:
    shops = [one for one in made_up.world("tiny").customers if one.address.country == "FR"]
    shop = shops[number % len(shops)]
    home = shop.address
    return Party(
        home.name,
        Address((home.street,), home.postcode, home.city),
        ElectronicAddress(shop.siren),
        siren=shop.siren,
        vat_number=shop.vat_number,
        gln=shop.gln,
    )


WORKS = [
    Work(
        (
            Measure(
                "pdf",
                f"render Factur-X, {LINES} lines",
                "docs/s/core",
                Goal(0.8, "least", "ratio"),
                "typst compile alone",
            ),
        ),
        _run,
    )
]
