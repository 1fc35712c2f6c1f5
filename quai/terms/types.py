"""Words about terms."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from enum import StrEnum
from typing import NamedTuple

USUAL_CEILING = 5_000  # copies of one line, in a house that says nothing else
LOWEST_CEILING = 100  # a lower one would hold ordinary orders; lines within it are never even looked up


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
    """The row that decided, and what it gives, in percent; `discount_id` None: no row, no discount."""

    key: int
    discount_id: int | None
    discount: Decimal
    free_per: int  # one free copy per so many paid ones; 0: none
    cap_id: int | None = None  # the cap of the law that holds it down, if one does: see `queries.caps`


class Criterion(StrEnum):
    """By what a discount is more specific than another."""

    OPERATION = "operation"
    PRODUCT = "product"
    CUSTOMER = "customer"
    MODE_AND_KIND = "mode_and_kind"


USUAL_ORDER = tuple(Criterion)


@dataclass(frozen=True, slots=True)
class LegalCap:
    """The most a kind of customer may be given, from a day, in percent, and the law that says so."""

    customer_kind: str
    from_on: date
    percent: Decimal
    schoolbooks_free: bool
    source: str


@dataclass(frozen=True, slots=True)
class NewDiscount:
    """A discount to enter; an axis left empty means all.

    For whom: a customer, or a network, or all. On what: a product alone; or a publisher, and of it an imprint
    or a collection; or all. `base` and `extra` in percent; `free_per` 12 gives 13 for 12.
    """

    from_on: date
    base: Decimal
    extra: Decimal = Decimal(0)
    method: DiscountMethod = DiscountMethod.POINTS
    customer_id: int | None = None
    network: str = ""
    publisher_id: int | None = None
    imprint: str = ""
    collection: str = ""
    product_id: int | None = None
    sale_mode: str = ""
    order_kind: str = ""
    operation_code: str = ""
    free_per: int = 0
    price_day: PriceDay = PriceDay.ORDER


@dataclass(frozen=True, slots=True)
class PaymentTerm:
    """N days, end of month before or after, a fixed day of the month (0: none), a shift by operation."""

    days: int = 30
    month_end: MonthEnd = MonthEnd.NONE
    fixed_day: int = 0
    shift_days: int = 0


@dataclass(frozen=True, slots=True)
class NewPayment:
    """When a customer's invoices fall due, or everybody's; for all operations, or one.

    No term: what held before is ended. `keeps_days`: the operation only shifts the usual term.
    """

    customer_id: int | None = None
    operation_code: str = ""
    term: PaymentTerm | None = PaymentTerm()
    keeps_days: bool = False


class HoldChange(NamedTuple):
    """An account to block, or to free, and why."""

    customer_id: int
    held: bool
    reason: str = ""


class DueQuestion(NamedTuple):
    """When does this invoice fall due?"""

    key: int
    customer_id: int
    operation_code: str
    issued_on: date


@dataclass(frozen=True, slots=True)
class AccountView:
    """What a customer account is given. Amounts are net, in euros; a minimum of zero is none.

    No credit limit: none. A house's default limit holds for the accounts without terms of their own.
    """

    backorder_policy: str = "keep"
    rhythm: Rhythm = Rhythm.PER_NOTE
    sale_mode: SaleMode = SaleMode.SALE_OR_RETURN
    whole_order_only: bool = False
    order_minimum: Decimal = Decimal(0)
    carriage_paid_from: Decimal = Decimal(0)
    carriage_fee: Decimal = Decimal(0)
    credit_limit: Decimal | None = None
    carrier_id: int | None = None
    grouped_for_days: int = 7
    quantity_ceiling: int | None = None  # copies of a line past which a person looks; None: the house's
    shipping_days: str = ""  # days of the week in order, Monday is 1: "24"; empty: any day


@dataclass(frozen=True, slots=True)
class TerritoryRate:
    """What VAT a delivery bears in a territory for products of a mainland rate. Rates in percent.

    `category` is UNTDID 5305: S standard, G export, K intra-community, E exempt; `exemption` is printed.
    """

    territory: str
    mainland_rate: Decimal
    from_on: date
    rate: Decimal
    category: str
    exemption: str
    source: str
