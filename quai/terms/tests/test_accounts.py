"""Account terms, payment terms, holds and the VAT of territories."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, date, datetime
from decimal import Decimal

import pytest

from quai.access.types import Actor
from quai.core.models import Act
from quai.terms import actions, queries
from quai.terms.models import AccountTerms, Hold, Payment, TerritoryVat
from quai.terms.tests.shelf import AT, market
from quai.terms.types import AccountView, DueQuestion, MonthEnd, NewPayment, PaymentTerm, Rhythm

pytestmark = pytest.mark.django_db

TODAY, LATER = date(2026, 3, 2), date(2026, 6, 1)


def test_an_account_has_its_own_terms_else_the_houses(actor: Actor, act: int) -> None:
    own, other = market(act).customers[:2]
    assert queries.accounts([own], on=TODAY) == {own: AccountView()}
    monthly = AccountView(rhythm=Rhythm.MONTH, order_minimum=Decimal("50.00"))
    for _ in range(2):
        actions.set_account_terms(accounts={None: monthly}, from_on=TODAY, at=AT, by=actor)
        actions.set_account_terms(
            accounts={own: replace(monthly, backorder_policy="drop")}, from_on=LATER, at=AT, by=actor
        )
    assert AccountTerms.objects.count() == 2
    assert queries.accounts([own, other], on=TODAY) == {own: monthly, other: monthly}
    assert queries.accounts([own], on=LATER)[own].backorder_policy == "drop"


def test_a_hold_says_who_and_why_and_is_lifted(actor: Actor, act: int) -> None:
    customer, other = market(act).customers[:2]
    for _ in range(2):
        actions.hold(customers=[customer], reason="impayés", at=AT, by=actor)
    assert queries.held([customer, other], on=TODAY) == {customer}
    assert queries.held([customer], on=date(2026, 3, 1)) == set()
    assert Act.objects.get(id=Hold.objects.get().act_id).reason == "impayés"
    actions.free(customers=[customer, other], reason="payé", at=AT, by=actor)
    assert queries.held([customer, other], on=TODAY) == set()
    assert Hold.objects.count() == 2


def test_a_hold_is_of_the_houses_day(actor: Actor, act: int) -> None:
    customer = market(act).customers[0]
    actions.hold(customers=[customer], reason="", at=datetime(2026, 12, 31, 23, 30, tzinfo=UTC), by=actor)
    assert Hold.objects.get().from_on == date(2027, 1, 1)


def due(customer: int, operation: str = "", on: date = TODAY) -> date:
    [day] = queries.due_dates([DueQuestion(1, customer, operation, on)])
    return day


def test_who_pays_when(actor: Actor, act: int) -> None:
    """The customer's own term, else the default; an operation shifts it, or has its own."""
    own, other = market(act).customers[:2]
    assert due(own) == date(2026, 4, 1)  # thirty days when nothing is said
    payments = [
        NewPayment(term=PaymentTerm(60)),
        NewPayment(own, term=PaymentTerm(30, MonthEnd.AFTER)),
        NewPayment(operation_code="ETE26", term=PaymentTerm(shift_days=30), keeps_days=True),
        NewPayment(own, "NOEL26", PaymentTerm(10)),
    ]
    for _ in range(2):
        actions.set_payment_terms(payments=payments, from_on=TODAY, at=AT, by=actor)
    assert Payment.objects.count() == 4
    assert due(other) == date(2026, 5, 1)
    assert due(own) == date(2026, 4, 30)
    assert due(other, "ETE26") == date(2026, 5, 31)
    assert due(own, "ETE26") == date(2026, 5, 31)
    assert due(own, "NOEL26") == date(2026, 3, 12)
    assert due(other, "NOEL26") == date(2026, 5, 1)
    actions.set_payment_terms(payments=[NewPayment(own, term=None)], from_on=LATER, at=AT, by=actor)
    assert due(own, on=LATER) == date(2026, 7, 31)


def test_due_dates_answer_in_the_order_asked(act: int) -> None:
    first, second = market(act).customers[:2]
    days = [date(2026, 3, 3), date(2026, 3, 1), date(2026, 3, 3)]
    asked = [
        DueQuestion(key, one, "", on)
        for key, (one, on) in enumerate(zip((first, second, first), days, strict=True))
    ]
    assert queries.due_dates(asked) == [date(2026, 4, 2), date(2026, 3, 31), date(2026, 4, 2)]
    assert queries.due_dates([]) == []


def test_the_vat_of_territories_is_data_with_a_source(actor: Actor) -> None:
    for _ in range(2):
        actions.load_territory_vat(at=AT, by=actor)
    assert TerritoryVat.objects.count() == 20
    book = Decimal("5.50")
    found = queries.territory_vat(
        [(t, book) for t in ("mainland", "corsica", "overseas", "eu", "third")], on=TODAY
    )
    assert {territory: (one.rate, one.category) for (territory, _), one in found.items()} == {
        "mainland": (book, "S"),
        "corsica": (Decimal("2.10"), "S"),
        "overseas": (Decimal(0), "G"),
        "eu": (Decimal(0), "K"),
        "third": (Decimal(0), "G"),
    }
    assert found["overseas", book].exemption == "Exonération de TVA, article 294 du CGI"
    assert all(one.source and (bool(one.exemption) == (one.category != "S")) for one in found.values())


def test_a_new_rate_takes_effect_on_its_day(actor: Actor) -> None:
    actions.load_territory_vat(at=AT, by=actor)
    book = Decimal("5.50")
    [known] = queries.territory_vat([("corsica", book)], on=TODAY).values()
    actions.set_territory_vat(rates=[replace(known, from_on=LATER, rate=Decimal("1.05"))], at=AT, by=actor)
    assert queries.territory_vat([("corsica", book)], on=TODAY)["corsica", book].rate == Decimal("2.10")
    assert queries.territory_vat([("corsica", book)], on=LATER)["corsica", book].rate == Decimal("1.05")


@pytest.mark.parametrize("days", ["21", "8", "11", "lundi"])
def test_shipping_days_are_days_of_the_week(actor: Actor, days: str) -> None:
    with pytest.raises(actions.ImpossibleDays):
        actions.set_account_terms(
            accounts={None: AccountView(shipping_days=days)}, from_on=TODAY, at=AT, by=actor
        )
