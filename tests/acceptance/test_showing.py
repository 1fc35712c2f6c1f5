"""What `quai show` tells of a document: names, links, reasons, and its paper."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest

from quai.access.actions import system
from quai.cli import pages
from quai.core import sql, store
from quai.core.house import instant
from quai.desk import sheets
from quai.warehouse import actions as warehouse
from quai.warehouse.queries import waiting_notes
from tests.acceptance.conftest import Terminal
from tests.acceptance.test_day import INK, SHOP, files, register_the_shop  # noqa: F401 - files is a fixture
from tests.played import DAY, played_house  # noqa: F401 - a fixture


@pytest.fixture
def billed(house: Terminal, files: Path) -> Terminal:  # noqa: F811
    """A house whose one order is invoiced, but for a copy that is missing."""
    register_the_shop()
    house("receive", files / "1.onix")
    house("stock", "receive", files / "stock.csv")
    house("receive", files / "2.txt")
    for words in (["prepare"], ["ship"], ["bill"]):
        house(*words)
    return house


def test_an_order_tells_who_what_and_why(billed: Terminal) -> None:
    [order] = billed("show", "order", "CMD00001")
    assert (order["customer"], order["buyer_gln"]) == ("L’Embellie", SHOP)
    assert order["deliver_to"] == {"name": "L’Embellie", "lines": ["3 rue du Port", "29200 Brest"]}
    assert (order["message"]["name"], len(order["message"]["sha256"])) == ("2.txt", 64)
    ink, salt = order["lines"]
    assert (ink["title"], ink["publisher"]) == ("L’Encre", "Éditions du Phare")
    assert [(part["fate"], part["quantity"]) for part in salt["parts"]] == [
        ("shipped", 1),
        ("backordered", 1),
    ]
    assert salt["parts"][1]["sentence"] == "Manquant, noté."
    assert [note["invoice"] for note in order["notes"]] == ["F2026-000001"]
    line = billed("show", "line", str(ink["id"]))
    assert (line["order_reference"], line["customer"]) == ("CMD00001", "L’Embellie")
    assert [move["to_fate"] for move in line["timeline"]] == ["reserved", "shipped"]


def test_a_note_tells_its_parcels_orders_and_life(billed: Terminal, tmp_path: Path) -> None:
    paper = tmp_path / "papiers" / "bon.pdf"
    note = billed("show", "note", "BL2026-000001", "--pdf", paper, "--priced")
    assert (note["customer"], note["copies"], note["nature"]) == ("L’Embellie", 4, "sale")
    assert [order["reference"] for order in note["orders"]] == ["CMD00001"]
    [parcel] = note["parcels"]
    assert (len(parcel["sscc"]), parcel["copies"]) == (18, 4)
    assert {(line["gtin"], line["title"], line["line_reference"]) for line in note["lines"]} >= {
        (INK, "L’Encre", "L1")
    }
    assert [stage["stage"] for stage in note["timeline"]] == ["closed", "departed", "invoiced"]
    assert note["timeline"][2]["about"] == "F2026-000001"
    assert paper.read_bytes().startswith(b"%PDF")


def test_an_invoice_gives_the_very_page_that_was_stored(billed: Terminal, tmp_path: Path) -> None:
    paper = tmp_path / "facture.pdf"
    invoice = billed("show", "invoice", "F2026-000001", "--pdf", paper)
    assert (invoice["kind"], invoice["customer"]) == ("Facture", "L’Embellie")
    assert [note["number"] for note in invoice["notes"]] == ["BL2026-000001"]
    assert [stage["by_name"] for stage in invoice["timeline"]] == ["Quai"] * 4
    assert store.digest(paper.read_bytes()).hex() == invoice["pdf_sha256"]
    assert Path(invoice["pdf"]).read_bytes() == paper.read_bytes()


def test_an_order_has_no_paper(billed: Terminal, tmp_path: Path) -> None:
    assert "ont un PDF" in billed("show", "order", "CMD00001", "--pdf", tmp_path / "x.pdf", code=2)


def test_a_note_taken_back_says_when_by_whom_and_why(house: Terminal, files: Path) -> None:  # noqa: F811
    register_the_shop()
    house("receive", files / "1.onix")
    house("stock", "receive", files / "stock.csv")
    house("receive", files / "2.txt")
    house("prepare")
    at, by = instant(DAY, 15), system()
    shipments = [row.id for row in sql.query("SELECT id FROM warehouse_shipment")]
    warehouse.record_picks(shipments=shipments, shorts={}, at=at, by=by)
    warehouse.close_notes(shipments=shipments, at=at, by=by)
    warehouse.reopen(notes=waiting_notes(), at=at, by=by, reason="Carton ouvert par erreur")
    note = house("show", "note", "BL2026-000001")
    told = {stage["stage"]: (stage["reason"], stage["by"]) for stage in note["timeline"]}
    assert told["reopened"] == ("Carton ouvert par erreur", "Quai")


def test_every_document_of_a_day_can_be_shown(
    played_house: str,  # noqa: F811
    capsys: pytest.CaptureFixture[str],
) -> None:
    """Whatever came of it, each order, line, note and invoice has a page of eighty columns."""
    orders = {row.reference for row in sql.query("SELECT DISTINCT reference FROM orders_read_order")}
    lines = [str(row.id) for row in sql.query("SELECT id FROM orders_read_line ORDER BY id LIMIT 40")]
    notes = [row.number for row in sql.query("SELECT number FROM warehouse_read_note")]
    invoices = [row.number for row in sql.query("SELECT number FROM billing_read_invoice")]
    drawn: list[tuple[Any, list[Any]]] = [
        (pages.order, [sheet for reference in orders for sheet in sheets.orders(reference)]),
        (pages.line, [sheets.line(line) for line in lines]),
        (pages.note, [sheets.note(number) for number in notes]),
        (pages.invoice, [{**sheets.invoice(number), "pdf": None} for number in invoices]),
    ]
    for draw, found in drawn:
        assert found
        for sheet in found:
            draw(sheet)
    printed = capsys.readouterr().out
    assert "backordered" not in printed
    assert "needs_person" not in printed
    assert "Manquant, noté." in printed
