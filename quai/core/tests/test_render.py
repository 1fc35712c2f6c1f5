"""Paper: the same template, data and instant give the same bytes, on the fonts we carry."""

from __future__ import annotations

import io
from datetime import UTC, datetime
from decimal import Decimal
from typing import Any

import pytest
import typst
from pypdf import PdfReader

from quai.core.render import Attachment, render

AT = datetime(2026, 10, 15, 12, tzinfo=UTC)
NOTE: dict[str, Any] = {
    "nature": "sale",
    "number": "BL2026-000456",
    "closed_on": AT.date(),
    "departs_on": AT.date(),
    "carrier": "Prisme",
    "round": None,
    "house": {"name": "Quai du Levant", "lines": ["12 quai de la Fosse", "44000 Nantes"]},
    "legal": "Quai du Levant SAS",
    "customer": {"name": "Librairie L’Embellie", "lines": ["3 rue des Halles", "44600 Saint-Nazaire"]},
    "customer_ids": ["Compte 10482"],
    "deliver_to": None,
    "with_prices": True,
    "lines": [
        {
            "isbn": "9782070360024",
            "title": "L’Étranger",
            "publisher": "Éditions du Môle",
            "reference": "CMD00017",
            "line_reference": "L0000001",
            "note": "",
            "quantity": 1200,
            "retail_price": Decimal("8.20"),
            "discount": Decimal("36.30"),
            "net": Decimal("5941.30"),
        }
    ],
    "remaining": [
        {"isbn": "9782253004226", "title": "Germinal", "reference": "CMD00017", "quantity": 2, "fate": "Noté"}
    ],
    "parcels": [{"sscc": "337600001234567895", "weight_g": 8420, "copies": 1200}],
    "total_net": Decimal("5941.30"),
    "at_counter": False,
    "provisional": None,
}
PICK_LIST: dict[str, Any] = {
    "number": "P2026-001207",
    "wave": "14 h Ouest",
    "printed_at": "14:18",
    "on": AT.date(),
    "house": "Quai du Levant",
    "zone": None,
    "cut_off": "16:30",
    "carrier": None,
    "picker": None,
    "urgent": True,
    "stops": [
        {
            "aisle": "A",
            "bin": "A-01-02",
            "isbn": "9782070360024",
            "title": "L’Étranger",
            "publisher": "Éditions du Môle",
            "quantity": 3,
            "remaining": 12,
            "for": [{"parcel": "C1", "quantity": 1}, {"parcel": "C2", "quantity": 2}],
            "note": "",
        }
    ],
    "boxes": [
        {"parcel": "C1", "customer": "L’Embellie, Brest", "copies": 1},
        {"parcel": "C2", "customer": "L’Autre Rive, Lille", "copies": 2},
    ],
}
NOTES, PICK_LISTS = "warehouse/templates/note.typ", "warehouse/templates/picklist.typ"


def text(pdf: bytes) -> str:
    pages = PdfReader(io.BytesIO(pdf)).pages
    return " ".join(" ".join(page.extract_text() for page in pages).split())


def test_a_note_with_prices() -> None:
    written = text(render(NOTES, NOTE, at=AT))
    for told in (
        "Bon de livraison BL2026-000456",
        "15 octobre 2026",
        "1 200",
        "CMD00017 L0000001",
        "36,3 %",
        "5 941,30",
        "8,42 kg",
        "Noté",
    ):
        assert told in written


def test_a_note_without_prices_shows_none() -> None:
    written = text(render(NOTES, NOTE | {"with_prices": False}, at=AT))
    assert "5 941,30" not in written
    assert "Remise" not in written


@pytest.mark.parametrize(
    "nature", ["consignment", "complimentary", "redelivery", "transfer", "back_to_publisher", "event_loan"]
)
def test_every_nature_has_its_name(nature: str) -> None:
    written = text(
        render(NOTES, NOTE | {"nature": nature, "lines": [], "parcels": [], "remaining": []}, at=AT)
    )
    assert "Bon de livraison" not in written


def test_a_pick_list_walks() -> None:
    written = text(render(PICK_LISTS, PICK_LIST, at=AT))
    for told in (
        "A-01-02",
        "C1 ×1",
        "C2 ×2",
        "L’Autre Rive, Lille 2 ex.",
        "Commandes clients",
        "1 ligne, 3 exemplaires",
    ):
        assert told in written


def test_a_title_of_half_a_page_keeps_to_two_lines() -> None:
    line = NOTE["lines"][0] | {"title": "Histoire véritable " * 20 + "fin"}
    written = text(render(NOTES, NOTE | {"lines": [line]}, at=AT))
    assert "Histoire véritable" in written
    assert "…" in written
    assert "fin" not in written


def test_a_list_of_nothing_is_still_a_page() -> None:
    assert "0 ligne" in text(render(PICK_LISTS, PICK_LIST | {"stops": []}, at=AT))


def test_the_same_bytes_each_time_and_another_instant_others() -> None:
    first = render(NOTES, NOTE, at=AT)
    render(PICK_LISTS, PICK_LIST, at=AT)
    assert render(NOTES, NOTE, at=AT) == first
    assert render(NOTES, NOTE, at=AT.replace(hour=13)) != first


def test_what_is_attached_comes_out() -> None:
    carried = Attachment("lignes.csv", "9782070360024;é\n".encode(), "text/csv", "data", "Les lignes")
    reader = PdfReader(io.BytesIO(render(NOTES, NOTE, at=AT, attachments=[carried])))
    assert dict(reader.attachments) == {"lignes.csv": [carried.content]}


def test_a_character_of_no_font_is_replaced_and_the_rest_kept() -> None:
    stop = PICK_LIST["stops"][0] | {"title": "日本 Достоевский \x07"}
    written = text(render(PICK_LISTS, PICK_LIST | {"stops": [stop]}, at=AT))
    assert "Достоевский" in written
    assert "日" not in written


def test_a_fault_in_the_data_is_not_swallowed() -> None:
    with pytest.raises(typst.TypstError):
        render(NOTES, {"nature": "sale"}, at=AT)
    with pytest.raises(TypeError, match="does not go on paper"):
        render(NOTES, NOTE | {"carrier": object()}, at=AT)
