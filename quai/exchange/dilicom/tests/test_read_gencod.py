"""GENCOD V4 and the tolerances it needs."""

from __future__ import annotations

from datetime import date

import pytest

from quai.exchange.dilicom.detect import Format
from quai.exchange.dilicom.tests.shelf import (
    BOOK,
    HOUSE,
    OTHER_BOOK,
    OUTLET,
    RELAY,
    SAMPLE,
    SHOP,
    messages,
    read_bytes,
    rows,
)
from quai.orders.types import BackorderPolicy, Kind, OrderedLine, OrderMessage

OPENING = ("03503", "190000001", "199000002")
HEADER = ("02303", f"100{HOUSE}", f"221{SHOP}CMD1", f"223{SHOP}", "176231126")
LINE = f"290   0001{BOOK}0000000002000"
ORDER = (*HEADER, LINE, "199000006")


def closing(acts: int) -> tuple[str, ...]:
    return ("03503", f"191{acts:06}", "199000002")


def only(*records: str) -> OrderMessage:
    """The order of a file that holds just one, with nothing to say of the file."""
    [order], problems = read_bytes(rows(*OPENING, *records, *closing(3)))
    assert problems == []
    return order


def test_every_column_is_read() -> None:
    [first, second], problems = read_bytes(SAMPLE[Format.GENCOD])
    assert problems == []
    assert first == OrderMessage(
        supplier=HOUSE,
        buyer=SHOP,
        deliver_to=OUTLET,
        reference="CMD00201",
        ordered_on=date(2026, 11, 23),
        operation_code="RENTREE",
        shipping_mode="09",
        backorder_policy=BackorderPolicy.KEEP,
        earliest_on=date(2026, 11, 24),
        latest_on=date(2026, 11, 30),
        lines=(OrderedLine(BOOK, 3, "L0000001", 10), OrderedLine(OTHER_BOOK, 1, "L0000002", 11)),
        position=4,
    )
    assert (second.deliver_to, second.lines) == ("", (OrderedLine(BOOK, 12, "", 20),))


def test_options() -> None:
    order = only(
        *HEADER[:4],
        f"140{RELAY}",
        HEADER[4],
        f"20232{'':8}4{'':12}NOEL",
        LINE.ljust(60),
        "192241126",
        "199000009",
    )
    assert (order.relay, order.kind, order.operation_code) == (RELAY, Kind.OPERATION, "NOEL")
    assert (order.backorder_policy, order.shipping_mode) == (BackorderPolicy.DROP, "02")
    # A delivery date alone is imperative.
    assert order.earliest_on == order.latest_on == date(2026, 11, 24)
    assert order.problems == ()


def test_cut_trailing_blanks_and_wishes_of_five_digits() -> None:
    # "20219" looks like the code of an act; acts begin with 0.
    order = only(*HEADER, "20219", LINE, "199000007")
    assert (order.backorder_policy, order.shipping_mode) == (BackorderPolicy.KEEP, "09")


def test_urgent() -> None:
    assert only(*HEADER, f"2020 {'':8}0{'':12}**2424", LINE, "199000007").kind is Kind.URGENT


def test_fewer_records_than_announced_is_truncated() -> None:
    orders, [problem] = read_bytes(rows(*OPENING, *HEADER, LINE, "199000007", *closing(3)))
    assert orders == []
    assert (problem.severity, problem.order) == ("error", "CMD1")
    assert "7 enregistrements" in problem.message


def test_more_records_than_announced_only_warns() -> None:
    order = only(*HEADER, LINE, LINE, "199000006")
    assert len(order.lines) == 2
    assert "6 enregistrements" in messages(order.problems)


@pytest.mark.parametrize(
    ("end", "word"),
    [((), "n'a pas d'enveloppe de fin"), (closing(4), "annonce"), (("03503",), "n'a pas d'enveloppe de fin")],
)
def test_wrong_closing_envelope_only_warns(end: tuple[str, ...], word: str) -> None:
    [order], [problem] = read_bytes(rows(*OPENING, *ORDER, *end))
    assert order.reference == "CMD1"
    assert (problem.severity, problem.order) == ("warning", "")
    assert word in problem.message


def test_without_any_envelope() -> None:
    [order], problems = read_bytes(rows(*ORDER))
    assert (order.position, problems) == (1, [])


def test_two_files_in_one() -> None:
    whole = rows(*OPENING, *ORDER, *closing(3))
    orders, problems = read_bytes(whole + whole)
    assert (len(orders), problems) == (2, [])


def test_another_act_is_told_and_skipped() -> None:
    [order], [problem] = read_bytes(rows(*OPENING, "02403", f"100{HOUSE}", "199000002", *ORDER, *closing(4)))
    assert order.reference == "CMD1"
    assert problem.severity == "warning"
    assert "02403" in problem.message


@pytest.mark.parametrize(
    ("records", "word"),
    [
        ((*HEADER, LINE), "199"),
        ((*HEADER, LINE, "19900000"), "coupée"),
        ((*HEADER, LINE, *HEADER[1:], LINE, "199000011"), "mêlées"),
        ((*HEADER[:4], "176310226", LINE, "199000006"), "date"),
        ((*HEADER[:2], *HEADER[3:], LINE, "199000005"), "GLN de l'acheteur"),
        ((*HEADER, "199000005"), "aucune ligne"),
    ],
)
def test_what_is_not_whole_never_enters_and_the_next_one_does(records: tuple[str, ...], word: str) -> None:
    [order], [problem] = read_bytes(rows(*OPENING, *records, *ORDER, *closing(4)))
    assert order.position == 4 + len(records)
    assert problem.severity == "error"
    assert word in problem.message


def test_bad_lines_are_told_and_the_others_enter() -> None:
    zero = f"290   0001{OTHER_BOOK}0000000000000{'':9}CLIENT 7"
    [order], [first, second] = read_bytes(rows(*HEADER, zero, LINE, "280 UN TEXTE", "199000008"))
    assert [line.gtin for line in order.lines] == [BOOK]
    assert (first.severity, first.line, first.position) == ("error", "CLIENT 7", 6)
    assert (second.severity, second.position) == ("error", 8)


def test_records_between_orders_are_told_once() -> None:
    [_, last], [problem] = read_bytes(rows(*ORDER, LINE, LINE, *ORDER))
    assert last.position == 10
    assert (problem.severity, problem.position) == ("error", 8)
