"""What does not enter is read all the same: the order, its lines, and why."""

from __future__ import annotations

import io
from datetime import date

import pytest

from quai.exchange.dilicom.detect import Format
from quai.exchange.dilicom.draft import HiddenOrder
from quai.exchange.dilicom.read import read
from quai.exchange.dilicom.tests.shelf import (
    BOOK,
    HOUSE,
    ORDER_FORMATS,
    OTHER_BOOK,
    OUTLET,
    RECEIVED,
    SAMPLE,
    SHOP,
    read_bytes,
    rows,
)
from quai.exchange.types import OrderReport
from quai.orders.types import Reason, RefusedLine

HEADER = (f"A0001{HOUSE}RENTREE", f"B0002{SHOP}{OUTLET}", "C0003CMD1", "D000420261123")
LINE = f"L0005{BOOK}000002CLIENT 7"


def hidden(data: bytes) -> OrderReport:
    """The one order of a file, which does not enter."""
    orders, [problem] = read_bytes(data)
    assert orders == []
    assert isinstance(problem, HiddenOrder)
    assert problem.told.outcome == "refused"
    return problem.told


def fates(order: OrderReport) -> list[tuple[str, int, str, str]]:
    assert all(line.fate == "refused" for line in order.lines)
    return [(line.ean, line.quantity, line.line_reference, line.reason) for line in order.lines]


def test_an_order_cut_by_the_end_of_the_file_is_told_as_far_as_it_goes() -> None:
    order = hidden(rows(*HEADER, "E000509320261201", LINE, f"L0006{OTHER_BOOK}0000"))
    assert (order.reference, order.supplier, order.buyer, order.deliver_to) == ("CMD1", HOUSE, SHOP, OUTLET)
    assert (order.ordered_on, order.earliest_on, order.operation_code) == (
        date(2026, 11, 23),
        None,
        "RENTREE",
    )
    assert (order.shipping_mode, order.backorder_policy, order.kind) == ("09", "drop", "restock")
    assert fates(order) == [
        (BOOK, 2, "CLIENT 7", "incomplete_order"),
        (OTHER_BOOK, 0, "", "bad_quantity"),  # the cut went through it
    ]


@pytest.mark.parametrize(
    ("records", "empty"),
    [
        ((HEADER[0], "B0002", *HEADER[2:]), "buyer"),
        ((*HEADER[:2], HEADER[3]), "reference"),
        (HEADER[:3], "ordered_on"),
        (("A0001", *HEADER[1:]), "supplier"),
    ],
)
def test_what_the_heading_does_not_say_stays_empty(records: tuple[str, ...], empty: str) -> None:
    order = hidden(rows(*records, LINE, "Q0009"))
    told = {name: getattr(order, name) for name in ("supplier", "buyer", "reference", "ordered_on")}
    assert [name for name, value in told.items() if not value] == [empty]
    assert fates(order) == [(BOOK, 2, "CLIENT 7", "bad_heading")]


def test_a_gln_that_is_none_is_told_as_written() -> None:
    assert hidden(rows(HEADER[0], f"B0002{SHOP}NOWHERE", *HEADER[2:], LINE, "Q0006")).deliver_to == "NOWHERE"


@pytest.mark.parametrize(
    ("written", "quantity"), [("000000", 0), ("DOUZE ", 0), ("-00001", 0), ("0001.5", 0), ("", 0)]
)
def test_a_line_without_quantity_goes_with_its_order(written: str, quantity: int) -> None:
    data = rows(*HEADER, f"L0005{BOOK}{written}", f"L0006{OTHER_BOOK}000001CLIENT 7", "Q0007")
    [order], [problem] = read_bytes(data)
    assert [line.gtin for line in order.lines] == [OTHER_BOOK]
    assert order.refused == (RefusedLine(BOOK, quantity, "", Reason.BAD_QUANTITY),)
    assert problem.line == BOOK


def test_a_quantity_too_large_for_the_format_is_told_as_the_number_it_is() -> None:
    by_mail = rows(f"{HOUSE};", f"{SHOP};CMD1", f"{BOOK};999999999", f"{OTHER_BOOK};1", "9999999999999")
    [order], _ = read_bytes(by_mail)
    assert order.refused == (RefusedLine(BOOK, 999_999_999, "", Reason.BAD_QUANTITY),)


def test_an_order_of_bad_lines_only_is_refused_with_them() -> None:
    order = hidden(rows(*HEADER, f"L0005{BOOK}000000", "Q0006"))
    assert fates(order) == [(BOOK, 0, "", "bad_quantity")]


def test_the_open_line_of_a_cut_eancom_message_is_told() -> None:
    head = f"UNH+1+ORDERS:D:96A'BGM+220+C1+9'NAD+SU+{HOUSE}'NAD+BY+{SHOP}'"
    order = hidden(f"{head}LIN+1++{BOOK}:EN'QTY+21:3'".encode())
    assert (order.reference, order.ordered_on) == ("C1", None)
    assert fates(order) == [(BOOK, 3, "", "incomplete_order")]


def test_a_cancelling_message_is_no_order() -> None:
    head = f"UNH+1+ORDERS:D:96A'BGM+220+C1+1'DTM+137:20261123:102'NAD+SU+{HOUSE}'NAD+BY+{SHOP}'"
    order = hidden(f"{head}LIN+1++{BOOK}:EN'QTY+21:3'UNT+8+1'".encode())
    assert fates(order) == [(BOOK, 3, "", "not_an_order")]


@pytest.mark.parametrize("form", ORDER_FORMATS)
def test_wherever_a_file_is_cut_every_order_begun_is_told(form: Format) -> None:
    whole, _ = read_bytes(SAMPLE[form])
    beginnings = [order.reference for order in whole]
    for length in range(1, len(SAMPLE[form]), 3):
        items = list(read(io.BytesIO(SAMPLE[form][:length]), received_on=RECEIVED))
        told = [
            item.told.reference if isinstance(item, HiddenOrder) else getattr(item, "reference", None)
            for item in items
        ]
        references = [reference for reference in told if reference]
        # The last may be cut within its reference.
        assert references[:-1] == beginnings[: len(references[:-1])]
        assert not references or beginnings[len(references) - 1].startswith(references[-1])
