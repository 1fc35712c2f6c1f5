"""Words about terms."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from enum import StrEnum
from typing import NamedTuple


class DiscountMethod(StrEnum):
    """How the base discount b and the extra e combine."""

    POINTS = "points"  # b + e
    CASCADE = "cascade"  # 1 - (1 - b)(1 - e)


class PriceDay(StrEnum):
    """Which day's discount row counts; the public price is always that of the day the note is closed."""

    ORDER = "order"
    SHIPPING = "shipping"


class SaleMode(StrEnum):
    """On what condition copies are sold."""

    SALE_OR_RETURN = "sale_or_return"
    FIRM = "firm"
    CONSIGNMENT = "consignment"


class Rhythm(StrEnum):
    """How often an account is invoiced."""

    PER_NOTE = "per_note"
    TEN_DAYS = "ten_days"
    MONTH = "month"


class MonthEnd(StrEnum):
    """Where the end of month falls in a payment term."""

    NONE = "none"
    BEFORE = "before"  # end of month, then N days
    AFTER = "after"  # N days, then end of month


class DiscountQuestion(NamedTuple):
    """One line's question: which discount row decides?"""

    key: int
    customer_id: int
    product_id: int
    order_kind: str
    sale_mode: str
    operation_code: str
    ordered_on: date  # day of receipt (of the freeze, for an office)
    shipped_on: date  # day the note is closed


class DiscountAnswer(NamedTuple):
    """The row that decided, and what it gives. `discount` in percent; `discount_id` None: no row, no discount."""

    key: int
    discount_id: int | None
    discount: Decimal
    free_per: int  # one free copy per so many paid ones; 0: none


@dataclass(frozen=True, slots=True)
class PaymentTerm:
    """N days, end of month before or after, a fixed day of the month, a shift by operation."""

    days: int = 30
    month_end: MonthEnd = MonthEnd.NONE
    fixed_day: int = 0
    shift_days: int = 0
