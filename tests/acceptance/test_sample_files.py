"""Order files that this project did not generate are received as their tables say."""

from __future__ import annotations

from pathlib import Path
from typing import Any

from tests.acceptance.conftest import HOUSE_GLN, Terminal

SAMPLES = Path(__file__).resolve().parents[2] / "quai" / "exchange" / "dilicom" / "tests" / "samples"
SHOP, OUTLET, RELAY = "3025993020900", "3025993020917", "3025993020924"


def received(house: Terminal, name: str) -> dict[str, Any]:
    [report] = house("receive", SAMPLES / name)["files"]
    assert report["outcome"] == "received", report["problems"]
    found: dict[str, Any] = report
    return found


def told(order: dict[str, Any], *names: str) -> tuple[Any, ...]:
    return tuple(order[name] for name in names)


def lines(order: dict[str, Any]) -> list[tuple[str, int, str]]:
    return [(line["ean"], line["quantity"], line["line_reference"]) for line in order["lines"]]


def test_the_flat_file(house: Terminal) -> None:
    first, urgent, advance = received(house, "orders_flat.txt")["orders"]
    assert told(first, "reference", "supplier", "buyer", "deliver_to") == (
        "CMD00101",
        HOUSE_GLN,
        SHOP,
        OUTLET,
    )
    assert told(first, "ordered_on", "earliest_on", "latest_on") == ("2026-11-23", "2026-11-24", "2026-11-30")
    assert told(first, "shipping_mode", "kind", "outcome") == ("09", "restock", "received")
    assert lines(first) == [("9782070360024", 3, "L0000001"), ("9782842604363", 1, "L0000002")]
    assert told(urgent, "operation_code", "kind") == ("**2424", "urgent")
    assert told(advance, "operation_code", "kind", "backorder_policy") == (
        "RENTREE",
        "advance",
        "keep",
    )


def test_the_gencod_file(house: Terminal) -> None:
    first, second = received(house, "orders_gencod.txt")["orders"]
    assert told(first, "reference", "buyer", "deliver_to") == ("CMD00201", SHOP, OUTLET)
    assert told(first, "operation_code", "earliest_on", "latest_on") == (
        "RENTREE",
        "2026-11-24",
        "2026-11-30",
    )
    assert told(first, "shipping_mode", "backorder_policy") == ("09", "keep")
    assert lines(first)[0] == ("9782070360024", 3, "L0000001")
    assert lines(second) == [("9782070360024", 12, "")]


def test_the_eancom_file(house: Terminal) -> None:
    first, second = received(house, "orders_eancom.edi")["orders"]
    assert told(first, "reference", "earliest_on", "latest_on") == ("CMD00301", "2026-11-24", "2026-11-30")
    assert told(second, "reference", "relay", "deliver_to") == ("CMD00302", RELAY, "")
    assert lines(second) == [("9782253121657", 12, "")]


def test_the_file_by_e_mail(house: Terminal) -> None:
    [order] = received(house, "orders.csv")["orders"]
    assert told(order, "reference", "supplier", "buyer", "operation_code") == (
        "CMD00401",
        HOUSE_GLN,
        SHOP,
        "RENTREE",
    )
    assert lines(order) == [("9782070360024", 3, ""), ("9782842604363", 1, "")]


def test_in_an_empty_house_every_line_still_has_its_fate(house: Terminal) -> None:
    orders = received(house, "orders_flat.txt")["orders"]
    assert {(line["fate"], line["reason"]) for order in orders for line in order["lines"]} == {
        ("refused", "unknown_gtin")
    }
    assert house("verify")["ok"]


def test_the_same_file_again_is_a_duplicate(house: Terminal, tmp_path: Path) -> None:
    received(house, "orders_flat.txt")
    renamed = tmp_path / "autre-nom.bin"
    renamed.write_bytes((SAMPLES / "orders_flat.txt").read_bytes())
    [again] = house("receive", renamed)["files"]
    assert again["outcome"] == "duplicate"
    assert {order["outcome"] for order in again["orders"]} == {"duplicate"}


def test_what_is_no_order_is_refused_and_kept(house: Terminal, tmp_path: Path) -> None:
    noise = tmp_path / "bruit.bin"
    noise.write_bytes(bytes(range(256)) * 40)
    [report] = house("receive", noise, code=2)["files"]
    assert report["outcome"] == "refused"
    assert report["problems"][0]["severity"] == "error"
    assert house("status")["messages"] == {"refused": 1}
