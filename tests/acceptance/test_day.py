"""A day by commands, from files to invoices; and the whole of it again, which changes nothing."""

from __future__ import annotations

from datetime import UTC, date, datetime
from pathlib import Path
from typing import Any

import pytest

from quai.catalogue.types import Notification, PriceNotice, ProductNotice, TaxedPart
from quai.demo.files import BOOK_VAT
from quai.exchange.dilicom.write import write_flat
from quai.exchange.onix.write import Sender, write
from quai.orders.types import OrderedLine, OrderMessage
from tests.acceptance.conftest import HOUSE_GLN, Terminal

SHOP = "3025993020900"
INK, SALT = "9782070360024", "9782842604363"
FOLDER = "documents"


def notice(gtin: str, title: str) -> ProductNotice:
    from decimal import Decimal

    price = Decimal("20.00")
    return ProductNotice(
        gtin=gtin,
        record_reference=gtin,
        notification=Notification.NEW,
        distributor_gln=HOUSE_GLN,
        publisher_name="Éditions du Phare",
        publisher_gln="3010000000014",
        imprint_name="Éditions du Phare",
        imprint_gln="3010000000014",
        title=title,
        product_form="BC",
        publication_on=date(2020, 1, 1),
        on_sale_on=date(2020, 1, 1),
        availability="20",
        returns_code="1",
        weight_g=300,
        prices=(PriceNotice(price, "EUR", None, None, (TaxedPart(BOOK_VAT, price),)),),
    )


@pytest.fixture
def files(tmp_path: Path) -> Path:
    folder = tmp_path / "courrier"
    folder.mkdir()
    notices = [notice(INK, "L’Encre"), notice(SALT, "Le Sel")]
    at = datetime(2026, 11, 20, 8, tzinfo=UTC)
    (folder / "1.onix").write_bytes(b"".join(write(notices, sender=Sender(HOUSE_GLN, "Maison"), at=at)))
    (folder / "stock.csv").write_text(f"ean,quantity,location\n{INK},10,A-01\n{SALT},1,A-02\n")
    order = OrderMessage(
        supplier=HOUSE_GLN,
        buyer=SHOP,
        reference="CMD00001",
        ordered_on=date(2026, 11, 20),
        lines=(OrderedLine(INK, 3, "L1", 1), OrderedLine(SALT, 2, "L2", 2)),
    )
    (folder / "2.txt").write_bytes(write_flat([order]))
    return folder


def test_an_unknown_account_is_held_for_a_person_and_nothing_is_lost(house: Terminal, files: Path) -> None:
    house("receive", files / "1.onix")
    house("stock", "receive", files / "stock.csv")
    [report] = house("receive", files / "2.txt")["files"]
    fates = {(line["ean"], line["fate"], line["reason"]) for line in report["orders"][0]["lines"]}
    assert {fate for _, fate, _ in fates} == {"held"}
    assert {reason for _, _, reason in fates} == {"unknown_account"}
    assert house("verify")["ok"]


def test_stock_is_shown_where_it_stands(house: Terminal, files: Path) -> None:
    house("receive", files / "1.onix")
    house("stock", "receive", files / "stock.csv")
    shown: dict[str, Any] = house("stock", "show", INK)
    assert (shown["on_hand"], shown["available"]) == (10, 10)
    assert shown["bins"] == [{"location": "A-01", "kind": "pick", "on_hand": 10}]


def test_arrivals_twice_enter_once(house: Terminal, files: Path) -> None:
    house("receive", files / "1.onix")
    house("stock", "receive", files / "stock.csv")
    house("stock", "receive", files / "stock.csv", code=2)
    assert house("stock", "show", INK)["on_hand"] == 10


def test_bad_rows_of_a_list_are_told_and_the_others_enter(house: Terminal, files: Path) -> None:
    house("receive", files / "1.onix")
    bad = files / "mauvais.csv"
    bad.write_text(
        f"location;quantity;ean\nA-01;4;{INK}\nA-01;-4;{INK}\nA-01;4;9780000000000\nA-01;x;{SALT}\n"
    )
    report = house("stock", "receive", bad)
    assert (report["entered"], report["copies"], len(report["problems"])) == (1, 4, 3)
