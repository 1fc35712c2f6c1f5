"""A day by commands, from files to invoices; and the whole of it again, which changes nothing."""

from __future__ import annotations

from datetime import UTC, date, datetime
from pathlib import Path
from typing import Any

import pytest

from quai.access.actions import system
from quai.catalogue.types import Notification, PriceNotice, ProductNotice, TaxedPart
from quai.demo.files import BOOK_VAT
from quai.exchange.dilicom.write import write_flat
from quai.exchange.onix.write import Sender, write
from quai.orders.types import OrderedLine, OrderMessage
from quai.parties import actions as parties
from quai.parties.types import Address, NewParty, PartyProfile, PartyRole
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


def test_a_list_of_arrivals_given_to_the_wrong_command_is_told(house: Terminal, files: Path) -> None:
    house("receive", files / "1.onix")
    house("stock", "receive", files / "stock.csv")
    [report] = house("receive", files / "stock.csv")["files"]
    assert (report["kind"], report["outcome"]) == ("stock", "duplicate")


def test_bad_rows_of_a_list_are_told_and_the_others_enter(house: Terminal, files: Path) -> None:
    house("receive", files / "1.onix")
    bad = files / "mauvais.csv"
    bad.write_text(
        f"location;quantity;ean\nA-01;4;{INK}\nA-01;-4;{INK}\nA-01;4;9780000000000\nA-01;x;{SALT}\n"
    )
    report = house("stock", "receive", bad)
    assert (report["entered"], report["copies"], len(report["problems"])) == (1, 4, 3)


def register_the_shop() -> None:
    """What the order desk does when a new account is agreed."""
    by, at = system(), datetime(2026, 11, 1, 8, tzinfo=UTC)
    profile = PartyProfile(
        Address("L’Embellie", "3 rue du Port", "", "29200", "Brest"),
        "L’Embellie",
        "732829320",
        "FR44732829320",
    )
    shop = NewParty(glns=(SHOP,), roles=(PartyRole.CUSTOMER,), profile=profile)
    parties.register(parties=[shop], from_on=date(2020, 1, 1), at=at, by=by)


def test_a_day_by_commands_at_the_real_clock(house: Terminal, files: Path, tmp_path: Path) -> None:
    register_the_shop()
    house("receive", files / "1.onix")
    house("stock", "receive", files / "stock.csv")
    [report] = house("receive", files / "2.txt")["files"]
    fates = {(line["ean"], line["fate"]): line["quantity"] for line in report["orders"][0]["lines"]}
    assert fates == {(INK, "reserved"): 3, (SALT, "reserved"): 1, (SALT, "backordered"): 1}

    [wave] = house("prepare")["waves"]
    assert (wave["picks"], wave["copies"]) == (2, 4)
    shorts = tmp_path / "manquants.csv"
    shorts.write_text(f"wave,location,ean,missing\n{wave['wave_id']},A-02,{SALT},1\n")
    shipped = house("ship", "--short", shorts)
    assert (shipped["copies"], shipped["missing"], shipped["notes"]) == (3, 1, ["BL2026-000001"])
    billed = house("bill")
    assert ([one["number"] for one in billed["issued"]], billed["sent"]) == (["F2026-000001"], 1)
    assert billed["net"] == "56.87"  # 3 × 18.9573, no discount agreed
    folder = tmp_path / "home"
    assert sorted(file.name for file in folder.rglob("*.pdf")) == [
        "BL2026-000001.pdf",
        "F2026-000001.pdf",
        f"vague-{wave['wave_id']}.pdf",
    ]
    assert house("show", "note", "BL2026-000001")["invoice"] == "F2026-000001"
    assert house("verify")["ok"]

    before = house("status")
    assert house("prepare")["waves"] == []
    assert house("ship", "--short", shorts)["notes"] == []
    assert house("bill")["issued"] == []
    assert house("status") == before


def test_an_unreadable_list_of_shortages_ships_nothing(house: Terminal, files: Path) -> None:
    told = house("ship", "--short", files / "2.txt", code=2)
    assert "Rien n’est expédié" in told


def test_arrivals_refused_enter_once_their_title_is_known(house: Terminal, files: Path) -> None:
    house("stock", "receive", files / "stock.csv", code=2)
    house("receive", files / "1.onix")
    assert house("stock", "receive", files / "stock.csv")["copies"] == 11
    house("stock", "receive", files / "stock.csv", code=2)
    assert house("stock", "show", INK)["on_hand"] == 10
