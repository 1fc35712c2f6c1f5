"""The CSV that shops send by e-mail."""

from __future__ import annotations

import io

import pytest

from quai.exchange.dilicom.read import read
from quai.exchange.dilicom.tests.shelf import (
    BOOK,
    HOUSE,
    OTHER_BOOK,
    RECEIVED,
    SHOP,
    messages,
    read_bytes,
    rows,
)
from quai.orders.types import Kind, OrderedLine, OrderMessage, Problem

LAST = "9999999999999;"
ORDER = (f"{HOUSE};RENTREE", f"{SHOP};CMD1", f"{BOOK};3", f"{OTHER_BOOK};1", LAST)


def test_every_cell_is_read() -> None:
    [order], problems = read_bytes(rows(*ORDER))
    assert problems == []
    assert order == OrderMessage(
        supplier=HOUSE,
        buyer=SHOP,
        reference="CMD1",
        ordered_on=RECEIVED,
        operation_code="RENTREE",
        lines=(OrderedLine(BOOK, 3, "", 3), OrderedLine(OTHER_BOOK, 1, "", 4)),
        position=1,
    )


@pytest.mark.parametrize("separator", [";", ",", "\t", " ; "])
@pytest.mark.parametrize("quote", ["", '"', '="'])
def test_dialects_of_spreadsheets(separator: str, quote: str) -> None:
    close = quote[-1:]
    records = [separator.join(f"{quote}{cell}{close}" for cell in row.split(";")) for row in ORDER]
    [order], problems = read_bytes(b"\xef\xbb\xbf" + rows("", *records, "", separator * 2))
    assert ([line[:2] for line in order.lines], problems) == ([(BOOK, 3), (OTHER_BOOK, 1)], [])


def test_without_operation_code_and_with_more_cells() -> None:
    [order], _ = read_bytes(rows(HOUSE, f"{SHOP};CMD1;note", f"{BOOK};3;Le titre;8,50", "9999999999999"))
    assert (order.operation_code, order.lines[0].quantity) == ("", 3)


def test_urgent() -> None:
    [order], _ = read_bytes(rows(f"{HOUSE};**2424", *ORDER[1:]))
    assert order.kind is Kind.URGENT


@pytest.mark.parametrize("quantity", ["0", "1000", "", "trois", "-1", "1,5"])
def test_bad_quantity_refuses_its_line_only(quantity: str) -> None:
    [order], [problem] = read_bytes(rows(*ORDER[:2], f"{BOOK};{quantity}", *ORDER[3:]))
    assert [line.gtin for line in order.lines] == [OTHER_BOOK]
    assert (problem.severity, problem.line, problem.position) == ("error", BOOK, 3)


def test_a_code_ruined_by_a_spreadsheet_is_a_line_the_domain_refuses() -> None:
    [order], _ = read_bytes(rows(*ORDER[:2], "9,78207E+12;3", *ORDER[3:]))
    assert [line.gtin for line in order.lines] == ["9,78207E+12", OTHER_BOOK]


@pytest.mark.parametrize("kept", [1, 2, 3, 4])
def test_without_its_last_row_an_order_is_truncated_and_the_next_one_enters(kept: int) -> None:
    [order], [problem] = read_bytes(rows(*ORDER[:kept], *ORDER))
    assert (order.position, problem.severity) == (kept + 1, "error")
    orders, [alone] = read_bytes(rows(*ORDER[:kept]))
    assert (orders, alone.severity) == ([], "error")


def test_several_orders() -> None:
    orders, problems = read_bytes(rows(*ORDER, *ORDER))
    assert ([order.position for order in orders], problems) == ([1, 6], [])


def test_without_the_day_of_reception_no_order_enters() -> None:
    [problem] = read(io.BytesIO(rows(*ORDER)))
    assert isinstance(problem, Problem)
    assert "date" in problem.message


@pytest.mark.parametrize(
    ("records", "word"),
    [
        ((f"{HOUSE[:-1]};", *ORDER[1:]), "GLN du distributeur"),
        ((HOUSE, f"X{SHOP[1:]};CMD1", *ORDER[2:]), "GLN de l'acheteur"),
        ((HOUSE, f"{SHOP};", *ORDER[2:]), "référence"),
        ((*ORDER[:2], LAST), "aucune ligne"),
    ],
)
def test_what_cannot_enter(records: tuple[str, ...], word: str) -> None:
    orders, problems = read_bytes(rows(*records))
    assert orders == []
    assert word in messages(problems)
