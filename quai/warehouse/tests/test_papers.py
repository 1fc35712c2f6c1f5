"""Boxes, their labels, and what a small note pays for its carriage."""

from __future__ import annotations

from decimal import Decimal

from hypothesis import given
from hypothesis import strategies as st
from stdnum import ean

from quai.core.schema import NODE_IDS
from quai.warehouse.carriage import net_of
from quai.warehouse.parcels import BOX_G, Box, check_digit, pack, sscc

HOUSE = "3012999000012"


def test_the_label_of_a_parcel_is_its_rank_on_its_node() -> None:
    assert check_digit("10614141123456789") == "7"  # the example of GS1
    assert sscc(1, house_gln=HOUSE) == "030129990000000012"
    assert sscc(42, house_gln=HOUSE)[:17] == "0" + "301299900" + "0000042"
    relief = sscc(2 * NODE_IDS + 42, house_gln=HOUSE)
    assert relief[:17] == "2" + "301299900" + "0000042"


@given(st.text("0123456789", min_size=12, max_size=12))
def test_the_check_digit_is_that_of_the_trade(digits: str) -> None:
    assert check_digit(digits) == ean.calc_check_digit(digits)


def test_boxes_are_filled_in_the_order_of_the_lines() -> None:
    assert pack([]) == []
    assert pack([(None, 2)]) == [Box(2, 600)]
    assert pack([(5_000, 3)]) == [Box(2, 10_000), Box(1, 5_000)]
    assert pack([(20_000, 2), (100, 1)]) == [Box(1, 20_000), Box(1, 20_000), Box(1, 100)]


@given(st.lists(st.tuples(st.integers(1, 15_000), st.integers(1, 60)), max_size=12))
def test_every_copy_is_in_one_box_and_no_box_of_several_is_too_heavy(lines: list[tuple[int, int]]) -> None:
    boxes = pack(lines)
    assert sum(box.copies for box in boxes) == sum(quantity for _, quantity in lines)
    assert sum(box.weight_g for box in boxes) == sum(weight * quantity for weight, quantity in lines)
    assert all(box.copies == 1 or box.weight_g <= BOX_G for box in boxes)


def test_a_line_without_a_price_is_worth_nothing() -> None:
    assert net_of(3, Decimal("35.00"), ()) == Decimal("0.00")
