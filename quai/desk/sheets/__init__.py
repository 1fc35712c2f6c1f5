"""One document with its links and its timeline: what `quai show` prints, and what the screens will open."""

from .documents import invoice, invoice_pdf, note, note_numbers, note_pdf, numbers_closed
from .lines import FATES, NoSuchDocument, Sheet
from .orders import identifier, line, orders

__all__ = [
    "FATES",
    "NoSuchDocument",
    "Sheet",
    "identifier",
    "invoice",
    "invoice_pdf",
    "line",
    "note",
    "note_numbers",
    "note_pdf",
    "numbers_closed",
    "orders",
]
