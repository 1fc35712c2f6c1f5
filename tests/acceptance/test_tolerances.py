"""What senders in the wild do to the four formats: the order still enters as its table says."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from typing import Any

from tests.acceptance.conftest import HOUSE_GLN, Terminal

SHOP, OUTLET, RELAY = "3025993020900", "3025993020917", "3025993020924"
BOOK, OTHER = "9782070360024", "9782842604363"
USUAL: dict[str, Any] = {
    "supplier": HOUSE_GLN, "buyer": SHOP, "deliver_to": "", "relay": "", "earliest_on": None, "latest_on": None,
    "operation_code": "", "kind": "restock", "shipping_mode": "", "backorder_policy": "usual", "outcome": "received",
}  # fmt: skip
DATED = USUAL | {"ordered_on": "2026-11-23"}

FLAT = """\
A00013012999000012
B00023025993020900
C0003CMD1
D000420261123
L00079782070360024000003L0000001
L00089782842604363000001L0000002
Q0009
"""
GENCOD = """\
03503
190000001
199000002
05003
1003025993020900
2213012999000012BL000042
176241126
199000004
02303
1003012999000012
2213025993020900CMD2
2233025993020917
1403025993020924
176231126
20242        2            RENTREE
290   000197820703600240000000003000         L0000001
290   000197828426043630000000001000
192301126
199000009
03503
191000099
199000002
"""
EANCOM = """\
UNA|^,! ~UNB^UNOC|3^3025590000008^3012999000012^261123|0912^20261123000001~
UNH^1^ORDERS|D|96A|UN|EAN008~
BGM^220^CMD3^9~
DTM^137|202611230912|203~
DTM^64|2026112420261130|718~
DTM^2|0800|401~
FTX^AAI^^^LIBRAIRIE L!~ENCRE !^ CIE~
NAD^SU^3012999000012||9~
NAD^BY^3025993020900||9^^LIBRAIRIE~
NAD^ST^3025993020924||9~
TOD^3~
LIN^1^^9782070360024|EN~
PIA^1^ABC|SA~
QTY^21|3,000~
RFF^CR|A!|B~
LIN^2^^9782842604363|EN~
QTY^21|1~
UNS^S~
UNT^18^1~
UNZ^7^20261123000001~
"""
CSV = """\
3012999000012;**2424
"3025993020900" ; CMD4;
="9782070360024"; 3 ;
;
9782842604363;1
9999999999999
"""
TWO_LINES = [(BOOK, 3, "L0000001"), (OTHER, 1, "L0000002")]
FILES: dict[str, tuple[str, dict[str, Any], list[tuple[str, int, str]]]] = {
    "flat, running numbers from 7 on and a reference of four": (FLAT, DATED | {"reference": "CMD1"}, TWO_LINES),
    "flat, a Q of 0001": (FLAT.replace("Q0009", "Q0001"), DATED | {"reference": "CMD1"}, TWO_LINES),
    "flat, every number the same": (
        FLAT.replace("L0007", "L0005").replace("L0008", "L0005").replace("Q0009", "Q0005"),
        DATED | {"reference": "CMD1"}, TWO_LINES),
    "flat, chosen by the network, urgent, to another address, with its wishes": (
        FLAT.replace("A00013012999000012", "A00013035593037000**2424")
        .replace("B00023025993020900", "B000230259930209003025993020917")
        .replace("L0007", "E000502300002026112420261130\nG00062ANYTHING\nL0007"),
        DATED | {
            "reference": "CMD1", "supplier": "3035593037000", "operation_code": "**2424", "kind": "urgent",
            "deliver_to": OUTLET, "shipping_mode": "02", "backorder_policy": "drop",
            "earliest_on": "2026-11-24", "latest_on": "2026-11-30"},
        TWO_LINES),
    "GENCOD, a report before, relay, one imperative day, blanks cut, a wrong count of acts": (
        GENCOD, DATED | {
            "reference": "CMD2", "deliver_to": OUTLET, "relay": RELAY, "operation_code": "RENTREE", "kind": "advance",
            "shipping_mode": "02", "backorder_policy": "keep_if_new",
            "earliest_on": "2026-11-30", "latest_on": "2026-11-30"},
        [(BOOK, 3, "L0000001"), (OTHER, 1, "")]),
    "EANCOM, other separators, escapes, a period, a time of day, no qualifier, wrong counts": (
        EANCOM, DATED | {
            "reference": "CMD3", "relay": RELAY, "earliest_on": "2026-11-24", "latest_on": "2026-11-30"},
        [(BOOK, 3, "A|B"), (OTHER, 1, "")]),
    "CSV, quoted by a spreadsheet, with blank cells": (
        CSV, USUAL | {"reference": "CMD4", "operation_code": "**2424", "kind": "urgent"},
        [(BOOK, 3, ""), (OTHER, 1, "")]),
}  # fmt: skip
DRESSED: dict[str, Callable[[str], bytes]] = {
    "as Windows writes": lambda text: text.replace("\n", "\r\n").encode(),
    "as Unix writes": lambda text: text.encode(),
    "with a byte order mark, a Ctrl-Z and blank lines": lambda text: (
        b"\xef\xbb\xbf" + text.replace("\n", "\r\n").encode() + b"\r\n\r\n\x1a"
    ),
}


def test_every_order_enters_as_its_table_says(house: Terminal, tmp_path: Path) -> None:
    for number, (text, _, _) in enumerate(FILES.values()):
        for way, dress in enumerate(DRESSED.values()):
            # Another reference for each: the same order comes in once, however it is dressed.
            (tmp_path / f"{number}-{way}.txt").write_bytes(dress(text.replace("CMD", f"C{number}{way}")))
    told = iter(house("receive", tmp_path)["files"])
    for number, (name, (_, expected, lines)) in enumerate(FILES.items()):
        for way, dressed in enumerate(DRESSED):
            file = next(told)
            [order] = file["orders"]
            reference = expected["reference"].replace("CMD", f"C{number}{way}")
            assert {key: order[key] for key in expected} == expected | {"reference": reference}, (
                name,
                dressed,
            )
            assert [
                (line["ean"], line["quantity"], line["line_reference"]) for line in order["lines"]
            ] == lines, (name, dressed)
            assert {problem["severity"] for problem in file["problems"]} <= {"warning"}, (name, dressed)


def test_what_a_report_among_orders_says_is_not_taken_for_an_order(house: Terminal, tmp_path: Path) -> None:
    (tmp_path / "lot.txt").write_text(GENCOD)
    [file] = house("receive", tmp_path / "lot.txt")["files"]
    assert (file["kind"], file["outcome"], len(file["orders"])) == ("gencod", "received", 1)
    assert any("05003" in problem["message"] for problem in file["problems"])
    assert any("000099" in problem["message"] for problem in file["problems"])


def test_a_file_cut_anywhere_enters_whole_orders_only(house: Terminal, tmp_path: Path) -> None:
    for name, text in (("flat", FLAT), ("gencod", GENCOD), ("eancom", EANCOM), ("csv", CSV)):
        for size in range(1, len(text) - 1, 17):
            (tmp_path / f"{name}-{size:04}").write_text(text[:size])
    told = house("receive", tmp_path)["files"]
    entered = [order for file in told for order in file["orders"] if order["outcome"] != "refused"]
    assert {order["reference"] for order in entered} <= {"CMD2", "CMD3"}  # whole before their envelope ends
    for order in entered:
        if order["outcome"] == "received":
            assert [(line["ean"], line["quantity"]) for line in order["lines"]] == [(BOOK, 3), (OTHER, 1)]
    assert all(file["problems"] for file in told)
    assert house("verify")["ok"]
