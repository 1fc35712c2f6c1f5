"""The flat format and the tolerances it needs."""

from __future__ import annotations

from datetime import date

import pytest

from quai.exchange.dilicom.detect import Format
from quai.exchange.dilicom.tests.shelf import (
    BOOK,
    HOUSE,
    OTHER_BOOK,
    OUTLET,
    SAMPLE,
    SHOP,
    messages,
    read_bytes,
    rows,
)
from quai.orders.types import BackorderPolicy, Kind, OrderedLine, OrderMessage, Problem

HEADER = (f"A0001{HOUSE}", f"B0002{SHOP}", "C0003CMD1", "D000420261123")
LINE = f"L0005{BOOK}000002"
ORDER = (*HEADER, LINE, "Q0006")


def only(data: bytes) -> OrderMessage:
    """The order of a file that holds just one, with no error."""
    [order], problems = read_bytes(data)
    assert problems == []
    return order


def test_every_column_is_read() -> None:
    [first, second, third], problems = read_bytes(SAMPLE[Format.FLAT])
    assert problems == []
    assert first == OrderMessage(
        supplier=HOUSE,
        buyer=SHOP,
        deliver_to=OUTLET,
        reference="CMD00101",
        ordered_on=date(2026, 11, 23),
        shipping_mode="09",
        discount_term="0000",
        earliest_on=date(2026, 11, 24),
        latest_on=date(2026, 11, 30),
        lines=(OrderedLine(BOOK, 3, "L0000001", 7), OrderedLine(OTHER_BOOK, 1, "L0000002", 8)),
        position=1,
    )
    assert (second.kind, second.operation_code, second.position) == (Kind.URGENT, "**2424", 10)
    assert (third.kind, third.operation_code) == (Kind.ADVANCE, "RENTREE")
    assert (third.shipping_mode, third.backorder_policy) == ("04", BackorderPolicy.KEEP)
    assert (third.earliest_on, third.latest_on) == (date(2026, 12, 1), None)


@pytest.mark.parametrize(
    ("records", "kind"),
    [
        ((f"A0001{HOUSE}RENTREE",), Kind.RESTOCK),
        ((f"A0001{HOUSE}**2424", "G00054"), Kind.URGENT),
        (("G00050",), Kind.RESTOCK),
        (("G00052",), Kind.ADVANCE),
        (("G00054" + "x" * 38,), Kind.OPERATION),
    ],
)
def test_kind(records: tuple[str, ...], kind: Kind) -> None:
    header = [*HEADER]
    if records[0][0] == "A":
        header[0], records = records[0], records[1:]
    assert only(rows(*header, *records, LINE, "Q0007")).kind is kind


@pytest.mark.parametrize(
    ("code", "policy"),
    [
        ("0", BackorderPolicy.USUAL),
        ("1", BackorderPolicy.KEEP),
        ("3", BackorderPolicy.DROP),
        ("4", BackorderPolicy.KEEP_IF_NEW),
        (" ", BackorderPolicy.USUAL),
    ],
)
def test_backorder_code(code: str, policy: BackorderPolicy) -> None:
    order = only(rows(*HEADER, f"E000501{code}", f"L0006{BOOK}000001", "Q0007"))
    assert (order.backorder_policy, order.shipping_mode, order.problems) == (policy, "01", ())


@pytest.mark.parametrize("end", ["\r\n", "\n", "\r", "\r\n\r\n", "   \r\n"])
def test_line_ends_and_trailing_blanks(end: str) -> None:
    order = only("".join(record + end for record in ORDER).encode())
    assert order.problems == ()
    assert [line[:3] for line in order.lines] == [(BOOK, 2, "")]


def test_mixed_line_ends_bom_and_dos_end_of_file() -> None:
    data = b"\xef\xbb\xbf\r\n" + b"\r".join(r.encode() for r in ORDER[:3])
    data += b"\n" + b"\r\n".join(r.encode() for r in ORDER[3:]) + b"\x1a"
    # The Ctrl-Z of DOS stands after the count and hides nothing.
    assert only(data).reference == "CMD1"


@pytest.mark.parametrize(
    "records",
    [
        (*HEADER, LINE, "Q0001"),
        (*HEADER, f"L0007{BOOK}000002", "Q0006"),
        (f"A0009{HOUSE}", *HEADER[1:], LINE, "Q0006"),
        (*HEADER, LINE, "Q  6x"),
        (*HEADER, LINE, "Q0099"),
    ],
)
def test_wrong_running_numbers_only_warn(records: tuple[str, ...]) -> None:
    order = only(rows(*records))
    assert len(order.lines) == 1
    assert [problem.severity for problem in order.problems] == ["warning"]


def test_wrong_running_numbers_warn_once_per_order() -> None:
    order = only(rows(*HEADER, *[f"L0001{BOOK}000001"] * 500, "Q0505"))
    assert len(order.lines) == 500
    assert len(order.problems) == 1


@pytest.mark.parametrize("numbers", [("0005", "0005", "0005"), ("0077", "0012", "0044"), ("9999",) * 3])
def test_numbers_that_run_nowhere_are_no_hole(numbers: tuple[str, str, str]) -> None:
    first, second, last = numbers
    order = only(rows(*HEADER, f"L{first}{BOOK}000002", f"L{second}{OTHER_BOOK}000001", f"Q{last}"))
    assert len(order.lines) == 2
    assert {problem.severity for problem in order.problems} == {"warning"}


@pytest.mark.parametrize("quantity", ["    12", "12    ", "  12  ", "000012", "12"])
def test_quantity_with_blanks(quantity: str) -> None:
    assert only(rows(*HEADER, f"L0005{BOOK}{quantity}", "Q0006")).lines[0].quantity == 12


@pytest.mark.parametrize(
    "quantity", ["000000", "      ", "", "-00001", "0001.5", "DOUZE ", "1 0000", "1_0000"]
)
def test_bad_quantity_refuses_its_line_only(quantity: str) -> None:
    data = rows(*HEADER, f"L0005{BOOK}{quantity}", f"L0006{OTHER_BOOK}000001CLIENT 7", "Q0007")
    [order], [problem] = read_bytes(data)
    assert [line.gtin for line in order.lines] == [OTHER_BOOK]
    assert (problem.severity, problem.order, problem.line, problem.position) == ("error", "CMD1", BOOK, 5)
    assert "ligne 5" in problem.message
    assert "colonnes 19 à 24" in problem.message


@pytest.mark.parametrize(
    ("written", "read_as", "warnings"),
    [
        ("ABCDEFGHIJKLM", "ABCDEFGHIJKLM", 0),  # the domain says unknown
        ("978207036002 ", "978207036002", 0),
        ("9782070360025", "9782070360025", 1),  # wrong check digit
        ("2070360024   ", BOOK, 0),
        ("2-07-036002-4", BOOK, 0),
        ("043942089X   ", "9780439420891", 0),
    ],
)
def test_odd_codes_still_make_lines(written: str, read_as: str, warnings: int) -> None:
    order = only(rows(*HEADER, f"L0005{written}000001", "Q0006"))
    assert [line.gtin for line in order.lines] == [read_as]
    assert len(order.problems) == warnings


def test_wrong_check_digit_warns_each_order_that_has_it() -> None:
    wrong = rows(*HEADER, "L00059782070360025000001", "Q0006")
    orders, _ = read_bytes(wrong + wrong)
    assert [len(order.problems) for order in orders] == [1, 1]


def test_wrong_check_digit_of_a_gln_warns() -> None:
    order = only(rows(f"A0001{HOUSE[:-1]}9", *ORDER[1:]))
    assert order.supplier == f"{HOUSE[:-1]}9"
    assert "clé de contrôle du GLN" in messages(order.problems)


@pytest.mark.parametrize(("written", "reference"), [("CMD1", "CMD1"), ("  7 ", "7"), ("CMDÉ 12", "CMDÉ 12")])
@pytest.mark.parametrize("encoding", ["latin-1", "utf-8", "cp850"])
def test_short_references_in_any_encoding(written: str, reference: str, encoding: str) -> None:
    records = (*HEADER[:2], f"C0003{written}", HEADER[3], LINE, "Q0006")
    order = only("\r\n".join(records).encode(encoding))
    assert (order.reference, order.problems) == (reference, ())


def test_control_characters_are_blanks() -> None:
    order = only(rows(*HEADER[:2], "C0003A\0B\x07", HEADER[3], LINE, "Q0006"))
    assert order.reference == "A B"


def test_deliver_to_the_buyer_is_no_other_place() -> None:
    assert only(rows(HEADER[0], f"B0002{SHOP}{SHOP}", *ORDER[2:])).deliver_to == ""


@pytest.mark.parametrize(
    ("record", "word"),
    [
        ("E000577", "expédition"),
        ("E0005  9", "notation"),
        ("E0005090    20261399", "n'existe pas"),
        ("E0005090    2026121020261201", "précède"),
        ("G00055", "type de commande"),
        ("C0003CMD1ET LA SUITE", "8 caractères"),
    ],
)
def test_odd_headings_warn(record: str, word: str) -> None:
    if record[0] == "C":
        records: tuple[str, ...] = (*HEADER[:2], record, HEADER[3], LINE, "Q0006")
    else:
        records = (*HEADER, record, f"L0006{BOOK}000001", "Q0007")
    order = only(rows(*records))
    assert word in messages(order.problems)


@pytest.mark.parametrize(
    ("records", "word"),
    [
        ((*HEADER, LINE), "s'arrête avant"),
        ((*HEADER, LINE, "Q00"), "coupée"),
        ((*HEADER, "Q0005"), "aucune ligne"),
        ((*HEADER, f"L0005{BOOK}000000", "Q0006"), "aucune de ses lignes"),
        ((HEADER[0], *HEADER[2:], LINE, "Q0005"), "GLN de l'acheteur"),
        ((*HEADER[:2], HEADER[3], LINE, "Q0005"), "référence"),
        ((*HEADER[:3], LINE, "Q0005"), "date"),
        ((*HEADER[:3], "D000400000000", LINE, "Q0006"), "date"),
        ((*HEADER[:3], "D000499991231", LINE, "Q0006"), "date"),
        ((f"A0001{HOUSE[:-1]}X", *ORDER[1:]), "GLN du distributeur"),
        ((HEADER[0], f"B0002{SHOP}12345", *ORDER[2:]), "lieu de livraison"),
        ((*HEADER, LINE, *HEADER[1:], LINE, "Q0010"), "mêlées"),  # the Q and the A between were lost
        ((*HEADER, LINE, f"L0009{OTHER_BOOK}000001", "Q0010"), "il manque des lignes"),
        ((*HEADER, LINE + f"L0006{OTHER_BOOK}000001", "Q0007"), "collées"),
    ],
)
def test_what_is_not_whole_never_enters_and_the_next_one_does(records: tuple[str, ...], word: str) -> None:
    [order], [problem] = read_bytes(rows(*records, *ORDER))
    expected = "manque avant la commande suivante" if word == "s'arrête avant" else word
    assert expected in problem.message
    assert problem.severity == "error"
    assert order.position == len(records) + 1

    alone, [problem] = read_bytes(rows(*records))
    assert alone == []
    assert word in problem.message


def test_an_unknown_record_is_told_and_the_order_enters() -> None:
    [order], [problem] = read_bytes(rows(*HEADER, LINE, f"M0006{BOOK}000001", "Q0007"))
    assert len(order.lines) == 1
    assert (problem.severity, problem.position) == ("error", 6)


def test_text_glued_to_the_end_is_told() -> None:
    [order], [problem] = read_bytes(rows(*ORDER[:-1], "Q0006" + ORDER[0], *ORDER[1:]))
    assert order.reference == "CMD1"
    assert (problem.severity, problem.position) == ("error", 6)


def test_debris_before_the_first_order_is_told_once() -> None:
    [order], [problem] = read_bytes(rows(LINE, LINE, LINE, "Q0003", *ORDER))
    assert order.position == 5
    assert problem == Problem("error", problem.message, position=1)


def test_a_flood_of_warnings_is_summed_up() -> None:
    order = only(rows(*HEADER, *["L00059782070360025000001"] * 1_000, "Q1005"))
    assert len(order.lines) == 1_000
    assert len(order.problems) == 101
    assert "autres avertissements" in order.problems[-1].message
