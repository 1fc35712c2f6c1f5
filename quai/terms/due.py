"""The due-date engine: payment terms are free in this trade, so they are computed, never enumerated."""

from __future__ import annotations

from calendar import monthrange
from datetime import date, timedelta

from quai.terms.types import MonthEnd, PaymentTerm


def due_on(term: PaymentTerm, issued_on: date) -> date:
    """Compute the day an invoice falls due, never before it is issued.

    The shift moves the day that is counted from, so that ends of month and fixed days still hold after it. A
    fixed day is the next one, or the last of a month too short for it.
    """
    counted_from = issued_on + timedelta(days=term.shift_days)
    if term.month_end is MonthEnd.BEFORE:
        counted_from = _end_of_month(counted_from)
    due = counted_from + timedelta(days=term.days)
    if term.month_end is MonthEnd.AFTER:
        due = _end_of_month(due)
    return max(_next_fixed_day(due, term.fixed_day), issued_on)


def _end_of_month(day: date) -> date:
    return day.replace(day=monthrange(day.year, day.month)[1])


def _next_fixed_day(day: date, fixed_day: int) -> date:
    if not fixed_day:
        return day
    for first in (day.replace(day=1), _end_of_month(day) + timedelta(days=1)):
        fixed = first.replace(day=min(fixed_day, monthrange(first.year, first.month)[1]))
        if fixed >= day:
            return fixed
    raise AssertionError("the fixed day of the next month is always later")
