"""Verbs on customer accounts: what they are given, when they pay, whether they are blocked."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from datetime import date, datetime

from django.db import transaction

from quai.access.types import Actor
from quai.core import house, journal, sql
from quai.core.refusals import Refusal
from quai.terms import queries
from quai.terms.types import AccountView, HoldChange, NewPayment, PaymentTerm

_ACCOUNT = (
    "customer_id", "from_on", "backorder_policy", "rhythm", "sale_mode", "whole_order_only", "order_minimum",
    "carriage_paid_from", "carriage_fee", "credit_limit", "carrier_id", "grouped_for_days", "quantity_ceiling",
    "shipping_days",
)  # fmt: skip
_PAYMENT = (
    "customer_id", "operation_code", "from_on", "ended", "days", "month_end", "fixed_day", "shift_days",
)  # fmt: skip


class ImpossibleDays(Refusal):
    """« %(days)s » does not name days of the week: write them in order, Monday is 1, Sunday is 7."""

    code = "terms.impossible_days"


@transaction.atomic
def set_account_terms(
    *, accounts: Mapping[int | None, AccountView], from_on: date, at: datetime, by: Actor
) -> None:
    """Say what each account is given from a day; None is the house's default. Same terms, no row.

    :raises ImpossibleDays: shipping days that are not days of the week in their order.
    """
    for account in accounts.values():
        if account.shipping_days != "".join(sorted(set(account.shipping_days) & set("1234567"))):
            raise ImpossibleDays(days=account.shipping_days)
    before = _rows_in_force("terms/own_accounts.sql", accounts, _ACCOUNT, from_on)
    records = [
        (customer_id, from_on, *_account_record(account))
        for customer_id, account in accounts.items()
        if (customer_id, *_account_record(account)) not in before
    ]
    _write("terms.set_account_terms", "terms_account", _ACCOUNT, records, at=at, by=by)


@transaction.atomic
def set_payment_terms(*, payments: Sequence[NewPayment], from_on: date, at: datetime, by: Actor) -> None:
    """Say when invoices fall due from a day. Same terms, no row."""
    before = _rows_in_force(
        "terms/own_payments.sql", [payment.customer_id for payment in payments], _PAYMENT, from_on
    )
    records = [
        (payment.customer_id, payment.operation_code, from_on, *_payment_record(payment))
        for payment in payments
        if (payment.customer_id, payment.operation_code, *_payment_record(payment)) not in before
    ]
    _write("terms.set_payment_terms", "terms_payment", _PAYMENT, records, at=at, by=by)


@transaction.atomic
def hold(*, customers: Iterable[int], reason: str, at: datetime, by: Actor) -> None:
    """Block these accounts from today; the act says who and why. One that is blocked already stays so."""
    changes = [HoldChange(customer, True, reason) for customer in sorted(set(customers))]
    change_holds(changes=changes, from_on=house.day(at), at=at, by=by)


@transaction.atomic
def free(*, customers: Iterable[int], reason: str, at: datetime, by: Actor) -> None:
    """Free these accounts from today. One that is not blocked stays so."""
    changes = [HoldChange(customer, False, reason) for customer in sorted(set(customers))]
    change_holds(changes=changes, from_on=house.day(at), at=at, by=by)


@transaction.atomic
def change_holds(*, changes: Sequence[HoldChange], from_on: date, at: datetime, by: Actor) -> None:
    """Block or free these accounts from a day, each with its reason. One that is so already stays so."""
    blocked = queries.held((change.customer_id for change in changes), on=from_on)
    new = [change for change in changes if (change.customer_id in blocked) is not change.held]
    why = list(dict.fromkeys((change.held, change.reason) for change in new))
    verbs = [("terms.hold" if held else "terms.free", reason) for held, reason in why]
    acts = dict(zip(why, journal.record_each(verbs, at=at, by=by), strict=True))
    records = [(one.customer_id, from_on, one.held, acts[one.held, one.reason]) for one in new]
    if records:
        sql.copy_in("terms_hold", ("customer_id", "from_on", "held", "act_id"), records)


def _rows_in_force(
    statement: str, customers: Iterable[int | None], columns: Sequence[str], on: date
) -> set[tuple[object, ...]]:
    """The rows in force of these customers themselves (and the default), without their day."""
    rows = sql.rows(statement, {"customers": [one for one in customers if one is not None], "on": on})
    return {tuple(getattr(row, column) for column in columns if column != "from_on") for row in rows}


def _account_record(account: AccountView) -> tuple[object, ...]:
    return (
        account.backorder_policy,
        str(account.rhythm),
        str(account.sale_mode),
        account.whole_order_only,
        account.order_minimum,
        account.carriage_paid_from,
        account.carriage_fee,
        account.credit_limit,
        account.carrier_id,
        account.grouped_for_days,
        account.quantity_ceiling,
        account.shipping_days,
    )


def _payment_record(payment: NewPayment) -> tuple[object, ...]:
    term = payment.term or PaymentTerm()
    days = None if payment.keeps_days else term.days
    return (payment.term is None, days, str(term.month_end), term.fixed_day, term.shift_days)


def _write(
    verb: str,
    table: str,
    columns: Sequence[str],
    records: Sequence[tuple[object, ...]],
    *,
    at: datetime,
    by: Actor,
) -> None:
    if records:
        act = journal.record(verb, at=at, by=by)
        sql.copy_in(table, (*columns, "act_id"), ((*record, act) for record in records))
