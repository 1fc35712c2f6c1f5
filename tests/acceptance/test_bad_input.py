"""Bad and hostile files at the command line: no crash, no half order, each one told, the next one goes on."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from tests.acceptance.conftest import HOUSE_GLN, Terminal

SHOP, BOOK, OTHER_BOOK = "3025993020900", "9782070360024", "9782842604363"
DAY = "20261120"
MEGABYTE = 1 << 20


def flat(reference: str, *lines: str, end: str = "\r\n", whole: bool = True) -> str:
    """A flat order; a line is its GTIN and quantity."""
    head = [f"A0001{HOUSE_GLN}", f"B0002{SHOP}", f"C0003{reference}", f"D0004{DAY}"]
    body = [f"L{number:04}{line}" for number, line in enumerate(lines, 5)]
    last = [f"Q{len(head) + len(body) + 1:04}"] * whole
    return end.join([*head, *body, *last, ""])


def eancom(reference: str, *segments: str) -> str:
    """An EANCOM order whose lines are given, closed and counted."""
    head = [f"BGM+220+{reference}+9", f"DTM+137:{DAY}:102", f"NAD+SU+{HOUSE_GLN}::9", f"NAD+BY+{SHOP}::9"]
    body = ["UNH+1+ORDERS:D:96A", *head, *segments]
    envelope = f"UNB+UNOC:3+{SHOP}:14+{HOUSE_GLN}:14+261120:0900+1"
    return "".join(f"{one}'" for one in (envelope, *body, f"UNT+{len(body) + 1}+1", "UNZ+1+1"))


def onix(inside: str, prologue: str = "") -> str:
    return f'<?xml version="1.0"?>{prologue}<ONIXMessage release="3.0">{inside}</ONIXMessage>'


LAUGHS = "".join(f'<!ENTITY l{n} "{f"&l{n - 1};" * 10}">' for n in range(1, 10))
BAD: dict[str, bytes] = {
    "empty.txt": b"",
    "binary.bin": bytes(range(256)) * 400,
    "truncated.txt": flat("CUT", f"{BOOK}000003", whole=False).encode(),
    "truncated.edi": eancom("CUT2", f"LIN+1++{BOOK}:EN", "QTY+21:3").encode()[:-12],
    "laughs.xml": onix(
        "<Product><RecordReference>&l9;</RecordReference></Product>",
        f'<!DOCTYPE x [<!ENTITY l0 "ha">{LAUGHS}]>',
    ).encode(),
    "outside.xml": onix(
        "<Product><RecordReference>&x;</RecordReference></Product>",
        '<!DOCTYPE x [<!ENTITY x SYSTEM "file:///etc/passwd">]>',
    ).encode(),
    "nested.xml": onix(f"<Product><RecordReference>r</RecordReference>{'<a>' * 100_000}").encode(),
    "segments.edi": b"UNB+UNOC:3+A:14+B:14+261120:0900+1'UNH+1+ORDERS:D:96A'" + b"FTX+AAI'" * 1_000_000,
    "endless.txt": b"A0001" + b"9" * MEGABYTE,
    "huge.txt": flat("HUGE", f"{BOOK}000001").encode() * (51 * MEGABYTE // 90),
}
ODD: dict[str, bytes] = {
    "latin-1.txt": flat("ÉTÉ 26", f"{BOOK}000001").encode("latin-1"),
    "bom.txt": b"\xef\xbb\xbf" + flat("BOM", f"{BOOK}000001").encode(),
    "mixed.txt": flat("MIXED", f"{BOOK}000001").replace("\r\n", "\n", 2).replace("\r\n", "\r", 1).encode(),
    "letters.txt": flat("LETTERS", "ABCDEFGHIJKLM000001").encode(),
}
HALF: dict[str, bytes] = {
    "quantity.csv": f"{HOUSE_GLN};\r\n{SHOP};MANY\r\n{BOOK};999999999\r\n{BOOK};1\r\n9999999999999\r\n".encode(),
    "quantity.edi": eancom(
        "MANY2", f"LIN+1++{BOOK}:EN", "QTY+21:999999999", f"LIN+2++{BOOK}:EN", "QTY+21:1", "UNS+S"
    ).encode(),
}
Reports = dict[str, dict[str, Any]]


@pytest.fixture
def inbox(tmp_path: Path) -> Path:
    folder = tmp_path / "inbox"
    folder.mkdir()
    for name, content in (BAD | ODD | HALF).items():
        (folder / name).write_bytes(content)
    (folder / "back").symlink_to(folder)
    (folder / "loop").symlink_to(folder / "loop")
    return folder


@pytest.fixture
def received(house: Terminal, inbox: Path) -> Callable[[], Reports]:
    """Give the folder, twice, and a file that is not there."""

    def receive() -> Reports:
        files = house("receive", inbox, inbox, inbox / "never.txt")["files"]
        assert len({report["name"] for report in files}) == len(files)
        return {report["name"]: report for report in files}

    return receive


def test_a_folder_of_bad_files(house: Terminal, received: Callable[[], Reports]) -> None:
    reports = received()
    assert set(reports) == {*BAD, *ODD, *HALF, "back", "loop", "never.txt"}
    outcomes = {name: report["outcome"] for name, report in reports.items()}
    assert outcomes == {
        **dict.fromkeys((*BAD, "back", "loop", "never.txt"), "refused"),
        **dict.fromkeys(ODD, "received"),
        **dict.fromkeys(HALF, "partial"),
    }
    _expect_each_refusal_told(reports)
    assert orders(reports["truncated.txt"]) == [
        ("CUT", "refused", [(BOOK, 3, "refused", "incomplete_order")])
    ]
    assert orders(reports["truncated.edi"]) == [
        ("CUT2", "refused", [(BOOK, 3, "refused", "incomplete_order")])
    ]
    assert orders(reports["letters.txt"]) == [
        ("LETTERS", "received", [("ABCDEFGHIJKLM", 1, "refused", "not_a_gtin")])
    ]
    for name, reference in (("quantity.csv", "MANY"), ("quantity.edi", "MANY2")):
        assert orders(reports[name]) == [
            (reference, "received", [
                (BOOK, 1, "refused", "unknown_gtin"), (BOOK, 999_999_999, "refused", "bad_quantity"),
            ])
        ]  # fmt: skip
    assert [order["reference"] for order in reports["latin-1.txt"]["orders"]] == ["ÉTÉ 26"]
    assert house("verify")["ok"]

    again = received()
    assert {name: report["outcome"] for name, report in again.items()} == outcomes | dict.fromkeys(
        ODD, "duplicate"
    )
    assert house("status")["orders"] == {"accepted": len(ODD) + len(HALF)}


def orders(report: dict[str, Any]) -> list[tuple[str, str, list[tuple[str, int, str, str]]]]:
    return [
        (
            order["reference"],
            order["outcome"],
            [(line["ean"], line["quantity"], line["fate"], line["reason"]) for line in order["lines"]],
        )
        for order in report["orders"]
    ]


def _expect_each_refusal_told(reports: Reports) -> None:
    """In whole French sentences, with the order, the line and the position where there are any."""
    for name, report in reports.items():
        errors = [problem for problem in report["problems"] if problem["severity"] == "error"]
        assert bool(errors) == (report["outcome"] != "received"), name
        for problem in errors:
            assert problem["message"][0].isupper(), name
            assert problem["message"].endswith("."), name
            assert "Traceback" not in problem["message"]
    cut = reports["truncated.txt"]["problems"][0]
    assert (cut["order"], cut["position"]) == ("CUT", 5)
    many = reports["quantity.csv"]["problems"][0]
    assert (many["order"], many["line"], many["position"]) == ("MANY", BOOK, 3)
    assert "999999999" in many["message"]
    assert "Commande MANY2, segment" in reports["quantity.edi"]["problems"][0]["message"]
    assert reports["laughs.xml"]["problems"][0]["position"] > 0


@pytest.mark.parametrize("name", ["empty.txt", "truncated.txt", "laughs.xml"])
def test_nothing_but_bad_files_is_exit_code_2(house: Terminal, inbox: Path, name: str) -> None:
    [report] = house("receive", inbox / name, code=2)["files"]
    assert report["outcome"] == "refused"
    assert house("status")["messages"] == {"refused": 1}


def test_a_missing_file_is_told_in_json_too(house: Terminal, inbox: Path) -> None:
    [report] = house("receive", inbox / "never.txt", code=2)["files"]
    assert report["problems"][0]["message"] == "Ce fichier n’existe pas, ou n’existe plus : rien n’est lu."
