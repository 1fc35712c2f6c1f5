"""Answers about terms."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from datetime import date
from decimal import Decimal
from typing import TypeVar

from quai.core import sql
from quai.terms.due import due_on
from quai.terms.types import (
    AccountView,
    DiscountAnswer,
    DiscountQuestion,
    DueQuestion,
    LegalCap,
    MonthEnd,
    PaymentTerm,
    Rhythm,
    SaleMode,
    TerritoryRate,
)

NO_DISCOUNT = (None, Decimal(0), 0, None)
_Key = TypeVar("_Key")


def discounts(questions: Sequence[DiscountQuestion]) -> list[DiscountAnswer]:
    """Find the discount row that decides each question, in the order asked.

    One statement, however many: questions that only differ by their key are searched once.
    """
    if not questions:
        return []
    distinct = _numbered(question[1:] for question in questions)
    customers = _numbered((customer, on) for customer, _, _, _, _, on, _ in distinct)
    titles = _numbered((product, on) for _, product, _, _, _, on, _ in distinct)
    situations = _numbered(question[2:] for question in distinct)
    kinds, modes, operations, ordered_on, shipped_on = zip(*situations, strict=True)
    rows = sql.rows(
        "terms/discounts.sql",
        {
            "customers": [customer for customer, _ in customers],
            "customer_days": [on for _, on in customers],
            "products": [product for product, _ in titles],
            "product_days": [on for _, on in titles],
            "kinds": list(kinds),
            "modes": list(modes),
            "operations": list(operations),
            "ordered_on": list(ordered_on),
            "shipped_on": list(shipped_on),
            "asked_customers": [customers[customer, on] for customer, _, _, _, _, on, _ in distinct],
            "asked_titles": [titles[product, on] for _, product, _, _, _, on, _ in distinct],
            "asked_situations": [situations[question[2:]] for question in distinct],
        },
    )
    found = {row.question: row[1:] for row in rows}
    return [
        DiscountAnswer(question.key, *found.get(distinct[question[1:]], NO_DISCOUNT))
        for question in questions
    ]


def accounts(customer_ids: Iterable[int], *, on: date) -> dict[int, AccountView]:
    """Give the terms of each account on a day: its own, else the house's default, else the plainest."""
    asked = list(set(customer_ids))
    found = sql.rows("terms/accounts.sql", {"customers": asked, "on": on})
    return dict.fromkeys(asked, AccountView()) | {row.asked_id: _account(row) for row in found}


def held(customer_ids: Iterable[int], *, on: date) -> set[int]:
    """Say which of these customers are blocked on a day."""
    found = sql.rows("terms/held.sql", {"customers": list(set(customer_ids)), "on": on})
    return {row.customer_id for row in found}


def due_dates(questions: Sequence[DueQuestion]) -> list[date]:
    """Compute when each invoice falls due, in the order asked, by the terms of the day it is issued."""
    distinct: dict[tuple[int, str, date], int] = {}
    asked = [distinct.setdefault(question[1:], len(distinct)) for question in questions]
    if not distinct:
        return []
    rows = sql.rows(
        "terms/payment_terms.sql",
        {
            "customers": [customer for customer, _, _ in distinct],
            "operations": [operation for _, operation, _ in distinct],
            "days": [issued_on for _, _, issued_on in distinct],
        },
    )
    terms = {row.question - 1: _payment_term(row) for row in rows}
    due = [due_on(terms[number], issued_on) for (_, _, issued_on), number in distinct.items()]
    return [due[number] for number in asked]


def caps(cap_ids: Iterable[int]) -> dict[int, LegalCap]:
    """Say what each of these caps is, so that a screen can tell why a discount is not the one agreed."""
    found = sql.rows("terms/caps.sql", {"caps": list(set(cap_ids))})
    return {row.id: LegalCap(*row[1:]) for row in found}


def territory_vat(
    asked: Iterable[tuple[str, Decimal]], *, on: date
) -> dict[tuple[str, Decimal], TerritoryRate]:
    """Give the VAT of deliveries in a territory, for products of a mainland rate, on a day.

    :param asked: pairs of territory and mainland rate in percent; what no data says is left out.
    """
    pairs = list({(str(territory), rate) for territory, rate in asked})
    found = sql.rows(
        "terms/territory_vat.sql",
        {"territories": [pair[0] for pair in pairs], "rates": [pair[1] for pair in pairs], "on": on},
    )
    return {
        (row.asked_territory, row.asked_rate): TerritoryRate(
            row.territory, row.mainland_rate, row.from_on, row.rate, row.category, row.exemption, row.source
        )
        for row in found
    }


def mainland_rates() -> dict[Decimal, date]:
    """Give the VAT rates that a product may bear on the mainland, in percent, and since when each is known."""
    return {row.rate: row.from_on for row in sql.rows("terms/mainland_rates.sql")}


def _numbered(keys: Iterable[_Key]) -> dict[_Key, int]:
    """Number what is distinct, from 1, in the order met."""
    return {key: number for number, key in enumerate(dict.fromkeys(keys), start=1)}


def _account(row: sql.Row) -> AccountView:
    return AccountView(
        backorder_policy=row.backorder_policy,
        rhythm=Rhythm(row.rhythm),
        sale_mode=SaleMode(row.sale_mode),
        whole_order_only=row.whole_order_only,
        order_minimum=row.order_minimum,
        carriage_paid_from=row.carriage_paid_from,
        carriage_fee=row.carriage_fee,
        credit_limit=row.credit_limit,
        carrier_id=row.carrier_id,
        grouped_for_days=row.grouped_for_days,
        quantity_ceiling=row.quantity_ceiling,
        shipping_days=row.shipping_days,
    )


def _payment_term(row: sql.Row) -> PaymentTerm:
    """The usual term, or that of the operation; an operation without days only shifts the usual one."""
    usual = PaymentTerm()
    if row.days is not None:
        usual = PaymentTerm(row.days, MonthEnd(row.month_end), row.fixed_day, row.shift_days)
    if row.operation_id is None:
        return usual
    if row.operation_days is None:
        shift = usual.shift_days + row.operation_shift_days
        return PaymentTerm(usual.days, usual.month_end, usual.fixed_day, shift)
    return PaymentTerm(
        row.operation_days,
        MonthEnd(row.operation_month_end),
        row.operation_fixed_day,
        row.operation_shift_days,
    )
