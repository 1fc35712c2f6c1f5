"""The sheets of delivery notes and invoices, and their papers."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date

from quai.billing import queries as billing
from quai.core import sql, store
from quai.core.refusals import Refusal
from quai.desk import words
from quai.desk.sheets.lines import NoSuchDocument, Sheet, addressed, plain
from quai.parties import queries as parties
from quai.warehouse import documents
from quai.warehouse import queries as warehouse
from quai.warehouse.types import NoteView


class NotRendered(Refusal):
    """%(number)s has no page yet: « quai bill » renders what is issued."""

    code = "desk.not_rendered"


def note(number: str) -> Sheet:
    """A delivery note by its number: customer, parcels, lines and the orders they serve, timeline, invoice."""
    [head] = sql.rows("desk/sheet_notes.sql", {"number": number, "lines": []}) or [None]
    if head is None:
        raise NoSuchDocument(kind="note", reference=number)
    view = warehouse.notes([head.id])[head.id]
    publishers = {line.publisher_id for line in view.lines if line.publisher_id}
    named = {view.customer_id, *publishers, *([view.carrier_id] if view.carrier_id else [])}
    profiles = parties.profiles(named, on=view.closed_on)
    names = {party: profile.address.name for party, profile in profiles.items()}
    outlet = parties.outlets([view.outlet_id], on=view.closed_on) if view.outlet_id else {}
    [place] = [one.address for one in outlet.values()] or [profiles[view.customer_id].address]
    return {
        **plain(head),
        "customer": names[view.customer_id],
        "deliver_to": {"name": place.name, "lines": addressed(place)},
        "carrier": names.get(view.carrier_id or 0, ""),
        "carriage": view.carriage,
        "copies": sum(line.quantity for line in view.lines),
        "orders": [
            plain(row, without=("note_id",))
            for row in sql.rows("desk/sheet_note_orders.sql", {"notes": [head.id]})
        ],
        "lines": _lines(view, names),
        "parcels": [
            {**plain(box), "weight_g": box.weighed_g or box.expected_weight_g} for box in view.parcels
        ],
        "remaining": [plain(left) for left in view.remaining],
        "timeline": _note_timeline(head.id, on=view.closed_on),
    }


def note_pdf(number: str, *, priced: bool) -> bytes:
    """The paper of a delivery note, made again."""
    ids = warehouse.notes_numbered([number])
    if number not in ids:
        raise NoSuchDocument(kind="note", reference=number)
    return documents.note_pdf(ids[number], priced=priced)


def note_numbers(notes: Sequence[int]) -> list[str]:
    """The printed numbers of notes, in order."""
    return [row.number for row in sql.rows("desk/numbers_of_notes.sql", {"notes": list(notes)})]


def numbers_closed(on: date) -> list[str]:
    """The printed numbers of the notes closed on a day, in order."""
    return [row.number for row in sql.rows("desk/numbers_closed.sql", {"day": on})]


def invoice(number: str) -> Sheet:
    """An invoice or credit note by its number, with its customer, notes, orders, rendition and timeline."""
    sheet = billing.by_number(number)
    document = sheet.document
    profile, xml_sha256, pdf_sha256 = sheet.rendition or ("", "", "")
    buyer = document.frozen["buyer"]
    notes = {
        row.id: plain(row)
        for row in sql.rows("desk/notes_of_ids.sql", {"notes": [n for n, _ in sheet.notes]})
    }
    staff = {
        row.id: row.name
        for row in sql.rows("desk/names_of_staff.sql", {"users": [s.by for s in sheet.timeline]})
    }
    return {
        "number": document.number,
        "type_code": document.type_code,
        "kind": words.of("document", document.type_code),
        "customer_id": document.customer_id,
        "customer": buyer["name"] or buyer["legal_name"],
        "issued_on": document.issued_on,
        "due_on": document.due_on,
        "currency": document.currency,
        "net": document.net,
        "vat": document.vat,
        "gross": document.gross,
        "profile": profile,
        "xml_sha256": xml_sha256,
        "pdf_sha256": pdf_sha256,
        "entry_key": sheet.entry_key,
        "lines": [plain(line, without=("id",)) for line in document.lines],
        "vats": [plain(vat) for vat in document.vats],
        "notes": [notes[note_id] for note_id, _ in sheet.notes],
        "orders": [{"id": order_id, "reference": reference} for order_id, reference in sheet.orders],
        "credits": [{"number": other} for other in sheet.credits],
        "credited_by": [{"number": other} for other in sheet.credited_by],
        "timeline": [{**plain(stage), "by_name": staff.get(stage.by, "")} for stage in sheet.timeline],
    }


def invoice_pdf(number: str) -> bytes:
    """The page of an invoice as it was stored, which is the one that was sent.

    :raises NotRendered: it was issued, and has no page yet.
    """
    rendition = billing.by_number(number).rendition
    if rendition is None:
        raise NotRendered(number=number)
    return store.read(bytes.fromhex(rendition[2]))


def _lines(view: NoteView, names: dict[int, str]) -> list[Sheet]:
    return [
        {
            "gtin": line.gtin,
            "title": line.title,
            "publisher": names.get(line.publisher_id or 0, ""),
            "quantity": line.quantity,
            "discount": line.discount,
            "order_reference": line.order_reference,
            "line_reference": line.line_reference,
            "line_id": line.line_id,
            "free": line.free,
            "retail_price": line.retail_price,
            "net": line.net,
        }
        for line in view.lines
    ]


def _note_timeline(note_id: int, *, on: date) -> list[Sheet]:
    rows = sql.rows("desk/sheet_note_timeline.sql", {"note": note_id})
    carriers = parties.names({row.carrier_id for row in rows if row.carrier_id}, on=on)
    return [
        {**plain(row, without=("carrier_id",)), "about": carriers.get(row.carrier_id or 0, row.about)}
        for row in rows
    ]
