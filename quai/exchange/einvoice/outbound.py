"""From billing's documents to bytes that leave: rendered once, stored, served and sent as stored.

No transaction is open while a document is rendered. A crash between rendering and recording costs nothing: the same
document gives the same bytes again. A document that cannot be rendered stays in billing's worklist and is reported.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from decimal import Decimal
from pathlib import Path
from typing import Any, NamedTuple

from quai.access.types import Actor
from quai.billing import actions as billing
from quai.billing import queries
from quai.billing.types import DocumentLine, DocumentView, NewRendition
from quai.core import folders, store
from quai.core.money import rounded
from quai.exchange.einvoice.arithmetic import invariants
from quai.exchange.einvoice.cii import validate_xsd
from quai.exchange.einvoice.judge import Report, judge
from quai.exchange.einvoice.rendition import render_invoice
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
    Profile,
    Subject,
    Totals,
    Vat,
    VatCategory,
)

BATCH = 50  # documents rendered between two records: what a crash may cost again
CHANNEL = "outbox"
EXEMPTION_CODES = {
    VatCategory.EXPORT: "VATEX-EU-G",
    VatCategory.INTRA_COMMUNITY: "VATEX-EU-IC",
    VatCategory.EXEMPT: "VATEX-FR-FRANCHISE",
    VatCategory.OUTSIDE: "VATEX-EU-O",
}
FREE_COPY = "Exemplaire gratuit"
TO_COME = "À valoir sur vos prochaines factures"
SIX_PLACES = Decimal("0.000001")
Progress = Callable[[int], None]


class Unrendered(NamedTuple):
    """A document left in the worklist, and what does not hold in it."""

    number: str
    problems: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class RenderingReport:
    """How many documents were rendered now, and those that could not be."""

    rendered: int = 0
    unrendered: tuple[Unrendered, ...] = ()


def render_released(*, at: datetime, by: Actor, progress: Progress = lambda _: None) -> RenderingReport:
    """Render every document released and not rendered yet; without a vault, issued is released at once.

    Not atomic: each batch is recorded when its bytes are made. Called again, it goes on where it stopped.

    :param progress: told how many documents have just been dealt with.
    """
    billing.release(at=at, by=by)
    rendered, unrendered, after = 0, list[Unrendered](), 0
    while batch := queries.to_render(limit=BATCH, after=after):
        after = batch[-1]
        made, failed = _render(queries.documents(batch), progress)
        rendered += billing.record_renditions(renditions=made, at=at, by=by)
        unrendered += failed
    return RenderingReport(rendered, tuple(unrendered))


def judge_rendered(*, numbers: Sequence[str]) -> Iterator[tuple[str, Report]]:
    """Have the official rule sets judge stored documents: slow, for a worker; nothing waits for it."""
    for number in numbers:
        sheet = queries.by_number(number)
        if sheet.rendition:
            profile, xml_sha256, _ = sheet.rendition
            yield number, judge(store.read(bytes.fromhex(xml_sha256)), Profile(profile))


def send_rendered(*, outbox: Path, at: datetime, by: Actor, progress: Progress = lambda _: None) -> int:
    """Put every rendered document into the outbox, as `<number>.pdf`; how many left.

    Each is written under a hidden name, then renamed: whoever watches the folder never sees half a file. Trying
    again writes the same name and bytes.
    """
    outbox.mkdir(parents=True, exist_ok=True)
    sent, after = 0, 0
    while batch := queries.to_send(limit=BATCH, after=after):
        after = batch[-1].invoice_id
        for one in batch:
            folders.put(outbox / f"{one.number}.pdf", store.read(one.pdf_sha256))
            progress(1)
        ids = [one.invoice_id for one in batch]
        sent += billing.record_sent(invoices=ids, channel=CHANNEL, at=at, by=by)
    return sent


def semantic(document: DocumentView) -> Invoice:
    """Say an issued document in the terms of EN 16931."""
    frozen = document.frozen
    kind = DocumentType(document.type_code)
    delivered = tuple(
        DeliveryNote(n["number"], date.fromisoformat(n["departed_on"])) for n in frozen["notes"]
    )
    several = len(delivered) > 1
    return Invoice(
        type=kind,
        number=document.number,
        issued_on=document.issued_on,
        seller=_party(frozen["seller"]),
        buyer=_party(frozen["buyer"]),
        lines=tuple(_line(line, several=several) for line in document.lines),
        vat=tuple(_vat(*vat) for vat in document.vats),
        totals=Totals(document.net, document.net, document.vat, document.gross, document.gross),
        notes=_notes(frozen),
        due_on=None if kind.is_credit else document.due_on,
        currency=document.currency,
        process=frozen["process"],
        deliver_to=_destination(frozen["deliver_to"]),
        delivered_on=_delivered_on(frozen, delivered),
        delivery_notes=delivered,
        preceding=tuple(
            PrecedingInvoice(one["number"], date.fromisoformat(one["issued_on"]))
            for one in frozen["preceding"]
        ),
        payment_means=None if kind.is_credit else _means(frozen),
        payment_terms=TO_COME if kind.is_credit else "",
        period=_period(frozen["period"]),
    )


def _delivered_on(frozen: dict[str, Any], notes: Sequence[DeliveryNote]) -> date | None:
    """The last of the deliveries; a credit note has none of its own and says that of what it credits."""
    if said := frozen.get("delivered_on"):
        return date.fromisoformat(said)
    return max((note.departed_on for note in notes), default=None)


def _render(
    documents: Sequence[DocumentView], progress: Progress
) -> tuple[list[NewRendition], list[Unrendered]]:
    made, failed = list[NewRendition](), list[Unrendered]()
    for document in documents:
        try:
            rendition = _rendition(document)
        except ValueError as error:  # what XML cannot hold, or what the law wants and is not there
            failed.append(Unrendered(document.number, tuple(str(error).split("\n"))))
        else:
            made.append(rendition)
        progress(1)
    return made, failed


def _rendition(document: DocumentView) -> NewRendition:
    """Render one document.

    :raises ValueError: one problem a line.
    """
    invoice = semantic(document)
    if problems := invariants(invoice):
        raise ValueError("\n".join(problems))
    rendition = render_invoice(invoice)
    if problems := validate_xsd(rendition.xml, rendition.profile):
        raise ValueError("\n".join(problems))
    return NewRendition(document.invoice_id, str(rendition.profile), rendition.xml, rendition.pdf)


def _party(said: dict[str, Any]) -> Party:
    legal_name = said["legal_name"]
    return Party(
        legal_name=legal_name,
        name=said["name"] if said["name"] != legal_name else "",
        address=_address(said),
        electronic_address=ElectronicAddress(said["electronic_address"] or "", said["electronic_scheme"]),
        siren=said["siren"],
        vat_number=said["vat_number"],
        gln=said["gln"],
    )


def _address(said: dict[str, Any]) -> Address:
    lines = tuple(line for line in (said["street"], said["street2"]) if line)
    return Address(lines, said["postcode"], said["city"], said["country"])


def _destination(said: dict[str, Any] | None) -> Destination | None:
    return Destination(said["name"], _address(said), said["gln"]) if said else None


def _period(said: dict[str, str] | None) -> Period | None:
    return Period(date.fromisoformat(said["from_on"]), date.fromisoformat(said["to_on"])) if said else None


def _means(frozen: dict[str, Any]) -> PaymentMeans | None:
    bank = frozen["bank"]
    if not bank["iban"]:
        return None
    return PaymentMeans(PaymentCode.TRANSFER, bank["iban"], bank["bic"], frozen["seller"]["legal_name"])


def _notes(frozen: dict[str, Any]) -> tuple[Note, ...]:
    mentions = [Note(Subject(one["subject"]), one["text"]) for one in frozen["mentions"]]
    reason = [Note(Subject.GENERAL, frozen["reason"])] if frozen["reason"] else []
    return (*mentions, *reason)


def _line(line: DocumentLine, *, several: bool) -> Line:
    price, discount = _as_charged(line)
    return Line(
        position=line.position,
        title=line.title,
        quantity=Decimal(line.quantity),
        gross_price=price,
        base=line.base,
        discount=discount,
        allowance=line.allowance,
        net=line.net,
        vat_category=VatCategory(line.vat_category),
        vat_rate=line.vat_rate,
        gtin=line.gtin,
        retail_price=line.retail_price,
        order_reference=line.order_reference,
        order_line=line.line_reference,
        delivery_note=line.note_number if several else "",
        allowance_reason=FREE_COPY if line.discount == 100 else "Remise",
    )


def _as_charged(line: DocumentLine) -> tuple[Decimal, Decimal]:
    """The price and discount that give the amounts of the line.

    A credit of some copies is the part of the invoice that was theirs, which may differ by a cent from their
    quantity at the price: then what is written is what they were charged, at six decimals.
    """
    base = rounded(line.quantity * line.unit_price)
    price = line.unit_price if base == line.base else rounded(line.base / line.quantity, SIX_PLACES)
    if rounded(line.base * line.discount / 100) == line.allowance:
        return price, line.discount
    return price, rounded(line.allowance * 100 / line.base, SIX_PLACES)


def _vat(category: str, rate: Decimal, base: Decimal, amount: Decimal, exemption: str) -> Vat:
    code = EXEMPTION_CODES.get(VatCategory(category), "")
    return Vat(VatCategory(category), rate, base, amount, exemption if code else "", code)
