"""One document with its links and its timeline: what `quai show` prints, and what the screens will open."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date
from typing import Any

from quai.billing import queries as billing
from quai.core import sql
from quai.core.refusals import Refusal
from quai.core.sql import Row

FATES = (
    "undecided",
    "reserved",
    "waiting",
    "backordered",
    "held",
    "grouped",
    "shipped",
    "refused",
    "cancelled",
)
Sheet = dict[str, Any]


class NoSuchDocument(Refusal):
    """There is no %(kind)s %(reference)s."""

    code = "desk.no_such_document"


def orders(reference: str) -> list[Sheet]:
    """The orders of a shop's reference (or of an id): lines by fate, what happened, notes and invoices."""
    found = sql.rows("desk/sheet_orders.sql", {"reference": reference, "id": None})
    if not found and reference.isdigit() and len(reference) < 19:
        found = sql.rows("desk/sheet_orders.sql", {"reference": None, "id": int(reference)})
    if not found:
        raise NoSuchDocument(kind="order", reference=reference)
    return [_order(row) for row in found]


def _order(row: Row) -> Sheet:
    lines = sql.rows("desk/sheet_lines.sql", {"orders": [row.id], "lines": []})
    timeline, notes = _story([line.id for line in lines])
    return {**row._asdict(), "lines": [_line(line) for line in lines], "timeline": timeline, "notes": notes}


def line(reference: str) -> Sheet:
    """One order line by its id: its fates, what happened to it, the notes that carry it."""
    number = int(reference) if reference.isdigit() and len(reference) < 19 else 0
    found = sql.rows("desk/sheet_lines.sql", {"orders": [], "lines": [number]})
    if not found:
        raise NoSuchDocument(kind="line", reference=reference)
    timeline, notes = _story([number])
    return {**_line(found[0]), "order_id": found[0].order_id, "timeline": timeline, "notes": notes}


def note(number: str) -> Sheet:
    """A delivery note by its number: its lines and the orders they serve, its departure, its invoice."""
    found = sql.rows("desk/sheet_notes.sql", {"number": number, "lines": []})
    if not found:
        raise NoSuchDocument(kind="note", reference=number)
    lines = sql.rows("desk/sheet_note_lines.sql", {"notes": [found[0].id]})
    return {**found[0]._asdict(), "lines": [_plain(row, without=("note_id",)) for row in lines]}


def note_numbers(notes: Sequence[int]) -> list[str]:
    """The printed numbers of notes, in order."""
    return [row.number for row in sql.rows("desk/numbers_of_notes.sql", {"notes": list(notes)})]


def numbers_closed(on: date) -> list[str]:
    """The printed numbers of the notes closed on a day, in order."""
    return [row.number for row in sql.rows("desk/numbers_closed.sql", {"day": on})]


def invoice(number: str) -> Sheet:
    """An invoice or credit note by its number, with its notes, orders, rendition and timeline."""
    sheet = billing.by_number(number)
    document = sheet.document
    profile, xml_sha256, pdf_sha256 = sheet.rendition or ("", "", "")
    return {
        "number": document.number,
        "type_code": document.type_code,
        "customer_id": document.customer_id,
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
        "lines": [_plain(line, without=("id",)) for line in document.lines],
        "vats": [_plain(vat) for vat in document.vats],
        "notes": [{"id": note_id, "number": note} for note_id, note in sheet.notes],
        "orders": [{"id": order_id, "reference": reference} for order_id, reference in sheet.orders],
        "credits": [{"number": other} for other in sheet.credits],
        "credited_by": [{"number": other} for other in sheet.credited_by],
        "timeline": [_plain(stage) for stage in sheet.timeline],
    }


def _story(lines: Sequence[int]) -> tuple[list[Sheet], list[Sheet]]:
    ids = {"lines": list(lines)}
    moves = [_plain(row) for row in sql.rows("desk/sheet_moves.sql", ids)]
    notes = [_plain(row) for row in sql.rows("desk/sheet_notes.sql", {**ids, "number": ""})]
    return moves, notes


def _line(row: Row) -> Sheet:
    fates = {fate: getattr(row, fate) for fate in FATES if getattr(row, fate)}
    return {**_plain(row, without=(*FATES, "order_id")), "fates": fates}


def _plain(row: Any, *, without: Sequence[str] = ()) -> Sheet:
    return {name: value for name, value in row._asdict().items() if name not in without}
