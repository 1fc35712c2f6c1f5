"""What the codes of ONIX list 65 mean in this house."""

from __future__ import annotations

import pytest

from quai.catalogue.types import AVAILABILITIES, AVAILABILITY_LETTERS, TradeAvailability, orderable

TRADE = {
    1: "20 21 22 23",
    2: "10 12",
    3: "32",
    4: "11 30",
    5: "43 44",
    6: "40 41 48 51 52",
    7: "31 46",
    8: "33",
    9: "01",
}


@pytest.mark.parametrize(("trade", "codes"), TRADE.items())
def test_the_nine_codes_of_the_trade(trade: int, codes: str) -> None:
    of_trade = [code for code, each in AVAILABILITIES.items() if each.trade == TradeAvailability(trade)]
    assert of_trade == codes.split()


def test_only_the_codes_of_the_trade_are_sent() -> None:
    sent = {code for code, each in AVAILABILITIES.items() if each.may_be_sent}
    assert sent == {*" ".join(TRADE.values()).split(), "45", "49"}


def test_withdrawn_and_recalled_leave_the_shelf() -> None:
    assert [code for code, each in AVAILABILITIES.items() if not each.may_be_sold] == ["46", "49"]


@pytest.mark.parametrize(
    ("code", "with_stock", "without"),
    [
        ("21", True, True),
        ("23", True, True),
        ("10", True, True),
        ("31", True, True),
        ("51", True, False),
        ("43", False, False),
        ("45", False, False),
        ("01", False, False),
        ("46", False, False),
        ("", True, True),
    ],
)
def test_orderable(code: str, with_stock: bool, without: bool) -> None:
    assert orderable(code, in_stock=True) is with_stock
    assert orderable(code, in_stock=False) is without


def test_every_letter_leads_to_a_code() -> None:
    assert set(AVAILABILITY_LETTERS.values()) <= AVAILABILITIES.keys()
