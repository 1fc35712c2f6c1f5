"""A day belongs to Paris, whatever the clock of the machine says."""

from __future__ import annotations

from datetime import UTC, date, datetime

from quai.core import house


def test_the_last_evening_of_the_year_is_already_next_year() -> None:
    assert house.day(datetime(2026, 12, 31, 23, 30, tzinfo=UTC)) == date(2027, 1, 1)


def test_a_summer_evening_is_still_today_until_ten_utc() -> None:
    assert house.day(datetime(2026, 7, 1, 21, 59, tzinfo=UTC)) == date(2026, 7, 1)
    assert house.day(datetime(2026, 7, 1, 22, 0, tzinfo=UTC)) == date(2026, 7, 2)


def test_an_hour_of_the_house_is_an_instant() -> None:
    assert house.instant(date(2026, 1, 15), 9, 30) == datetime(2026, 1, 15, 8, 30, tzinfo=UTC)
