"""The house's day. Instants are UTC; a price, a year and a series belong to a day in Paris."""

from __future__ import annotations

from datetime import UTC, date, datetime
from zoneinfo import ZoneInfo

PARIS = ZoneInfo("Europe/Paris")


def day(at: datetime) -> date:
    """The day of the house at this instant: at 23:30 UTC on 31 December it is already next year."""
    return at.astimezone(PARIS).date()


def instant(on: date, hour: int = 0, minute: int = 0) -> datetime:
    """The instant at which the house's clock shows this hour of this day."""
    return datetime(on.year, on.month, on.day, hour, minute, tzinfo=PARIS).astimezone(UTC)
