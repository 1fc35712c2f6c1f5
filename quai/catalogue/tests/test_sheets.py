"""What a notice makes of a title, and what is true of any sequence of price announcements."""

from __future__ import annotations

from datetime import date
from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from quai.catalogue.sheets import BOOK_VAT, CannotEnter, Sheet, Step, new_steps, told
from quai.catalogue.types import Block, Notification, PriceNotice, ProductNotice, TaxedPart

TODAY = date(2026, 3, 2)
PUBLISHER = 7


def notice(*prices: PriceNotice, **said: object) -> ProductNotice:
    return ProductNotice(gtin="9782000000006", title="La Vague", prices=prices, **said)  # type: ignore[arg-type]


def price(amount: str, from_on: date | None = None, until_on: date | None = None) -> PriceNotice:
    return PriceNotice(Decimal(amount), "EUR", from_on, until_on, (TaxedPart(BOOK_VAT, Decimal(amount)),))


def after(*notices: ProductNotice, today: date = TODAY) -> Sheet:
    sheet = Sheet()
    for one in notices:
        sheet = told(one, sheet, publisher_id=PUBLISHER, today=today)
    return sheet


def amounts(sheet: Sheet) -> list[tuple[date, str]]:
    return [(step.from_on, str(step.retail_price)) for step in sheet.prices]


MAY, JUNE = date(2026, 5, 1), date(2026, 6, 1)


def test_one_price_now_and_one_to_come() -> None:
    sheet = after(notice(price("20.00", None, MAY), price("22.00", MAY)))
    assert amounts(sheet) == [(TODAY, "20.00"), (MAY, "22.00")]


def test_a_price_to_come_is_moved_or_withdrawn_by_a_new_row() -> None:
    announced = notice(price("20.00"), price("22.00", MAY))
    moved = after(announced, notice(price("20.00"), price("22.00", JUNE)))
    assert amounts(moved) == [(TODAY, "20.00"), (MAY, "20.00"), (JUNE, "22.00")]
    withdrawn = after(announced, notice(price("20.00")))
    assert amounts(withdrawn) == [(TODAY, "20.00"), (MAY, "20.00")]


def test_a_first_price_holds_at_once_so_that_copies_can_leave_before_the_sale() -> None:
    assert amounts(after(notice(price("20.00", MAY)))) == [(TODAY, "20.00")]


def test_a_price_backdated_before_the_one_in_force_holds_from_today() -> None:
    sheet = after(notice(price("20.00", date(2026, 2, 1))), notice(price("25.00", date(2020, 1, 1))))
    assert amounts(sheet) == [(TODAY, "25.00")]


def test_a_price_without_rates_keeps_those_known() -> None:
    disc = (TaxedPart(BOOK_VAT, Decimal("15.00")), TaxedPart(Decimal(20), Decimal("5.00")))
    boxed = after(notice(PriceNotice(Decimal("20.00"), parts=disc)))
    again = told(notice(PriceNotice(Decimal("20.00"))), boxed, publisher_id=None, today=TODAY)
    assert again.prices[0].parts == disc
    with pytest.raises(CannotEnter):
        told(notice(PriceNotice(Decimal("21.00"))), boxed, publisher_id=None, today=TODAY)
    assert after(notice(PriceNotice(Decimal("9.00")))).warnings != ()


@pytest.mark.parametrize(
    "bad",
    [
        notice(PriceNotice(Decimal("20.00"), parts=(TaxedPart(BOOK_VAT, Decimal("19.00")),))),
        notice(PriceNotice(Decimal("-1.00"))),
        notice(weight_g=-1),
        ProductNotice(gtin="9782000000006"),
    ],
)
def test_what_cannot_enter_says_why(bad: ProductNotice) -> None:
    with pytest.raises(CannotEnter, match=r"\w+ .+\.$"):
        after(bad)


def test_a_block_update_leaves_the_other_blocks_alone() -> None:
    whole = notice(price("20.00"), weight_g=300, availability="20", imprint_name="Corail", subtitle="roman")
    sheet = after(whole)
    supply = notice(
        price("21.00"),
        notification=Notification.BLOCK_UPDATE,
        blocks=frozenset({Block.SUPPLY}),
        availability="32",
        imprint_name="Autre",
    )
    updated = told(supply, sheet, publisher_id=None, today=TODAY)
    assert updated.described == sheet.described
    assert (updated.available.code, amounts(updated)) == ("32", [(TODAY, "21.00")])
    texts = notice(
        notification=Notification.BLOCK_UPDATE, blocks=frozenset({Block.DESCRIPTIVE}), weight_g=310
    )
    rewritten = told(texts, updated, publisher_id=None, today=TODAY)
    assert (rewritten.available, rewritten.prices) == (updated.available, updated.prices)
    assert rewritten.described
    assert updated.described
    assert rewritten.described == updated.described._replace(weight_g=310, subtitle="")


def test_a_whole_notice_replaces_all_but_measures_left_out() -> None:
    sheet = after(notice(weight_g=300, subtitle="roman"), notice())
    assert sheet.described
    assert (sheet.described.weight_g, sheet.described.subtitle) == (300, "")


def test_a_withdrawn_notice_makes_the_title_no_longer_ours() -> None:
    sheet = after(notice(availability="20", on_sale_on=MAY))
    removed = told(notice(notification=Notification.DELETE), sheet, publisher_id=None, today=TODAY)
    assert (removed.available.code, removed.available.on_sale_on) == ("43", MAY)
    assert told(notice(notification=Notification.DELETE), removed, publisher_id=None, today=TODAY) == removed


ANNOUNCED = st.lists(
    st.builds(
        price,
        st.sampled_from(["9.00", "10.00", "11.00"]),
        st.none() | st.dates(date(2026, 2, 25), date(2026, 3, 9)),
        st.none() | st.dates(date(2026, 2, 25), date(2026, 3, 9)),
    ),
    max_size=4,
)


def said_naively(prices: list[PriceNotice], day: date, standing: str | None) -> str | None:
    """What a list of prices says of a day: the latest one begun and not over when the notice came."""
    live = [one for one in prices if one.until_on is None or one.until_on > TODAY]
    if not live:
        return standing
    if standing is None and all((one.from_on or TODAY) > TODAY for one in live):
        first = min(one.from_on or TODAY for one in live)
        day = max(day, first)
    begun = [one for one in live if (one.from_on or date.min) <= day]
    if not begun:
        return standing
    latest = max(one.from_on or date.min for one in begun)
    return str(next(one.retail_price for one in begun if (one.from_on or date.min) == latest))


def price_on(steps: list[Step], day: date) -> str | None:
    """The row in force as the tables have it: latest start, then latest recorded."""
    begun = [(step.from_on, rank, step) for rank, step in enumerate(steps) if step.from_on <= day]
    return str(max(begun)[2].retail_price) if begun else None


@given(ANNOUNCED, ANNOUNCED)
def test_on_every_day_to_come_the_price_is_what_the_last_notice_says(
    first: list[PriceNotice], second: list[PriceNotice]
) -> None:
    one = after(notice(*first))
    two = told(notice(*second), one, publisher_id=PUBLISHER, today=TODAY)
    recorded = [*one.prices, *new_steps(one.prices, two.prices)]
    today = said_naively(first, TODAY, None)
    for offset in range(12):
        day = date.fromordinal(TODAY.toordinal() + offset)
        expected = said_naively(first, day, today)
        if any(each.until_on is None or each.until_on > TODAY for each in second):
            expected = said_naively(second, day, today)
        assert price_on(recorded, day) == expected
    assert new_steps(two.prices, told(notice(*second), two, publisher_id=PUBLISHER, today=TODAY).prices) == []
