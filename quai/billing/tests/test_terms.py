"""Terms from one end to the other: what the account was promised is what its invoice says, and what it then owes."""

from __future__ import annotations

from datetime import timedelta
from decimal import Decimal

import pytest

from quai.access.types import Actor
from quai.accounts import queries as accounts
from quai.accounts.actions import open_chart
from quai.billing import actions, queries
from quai.billing.types import BillingReport
from quai.core import caches, house, sql
from quai.orders.checks import CACHES
from quai.parties.models import Profile
from quai.terms import actions as terms
from quai.terms.types import AccountView, NewDiscount, PriceDay
from quai.warehouse.actions import prepare, ship
from quai.warehouse.tests.depot import Depot
from tests.cast import LONG_AGO

BOOK = Decimal("18.9573")


@pytest.fixture
def depot(actor: Actor) -> Depot:
    """A depot with a shelf of one title, and its books open."""
    made = Depot(actor)
    open_chart(at=made.at, by=actor)
    made.put(50, "Le Phare", "A-01")
    return made


def leave(depot: Depot) -> None:
    prepare(at=depot.at, by=depot.actor)
    ship(shorts={}, at=depot.at, by=depot.actor)


def bill(depot: Depot) -> BillingReport:
    return actions.invoice_delivered(until=house.day(depot.at), at=depot.at, by=depot.actor)


def discount_billed(report: BillingReport) -> Decimal:
    [issued] = report.issued
    [line] = queries.by_number(issued.number).document.lines
    return line.discount


@pytest.mark.parametrize(("day", "billed"), [(PriceDay.ORDER, 35), (PriceDay.SHIPPING, 40)])
def test_the_invoice_has_the_discount_of_the_day_that_counts(
    depot: Depot, day: PriceDay, billed: int
) -> None:
    """Ordered on the 2nd, shipped on the 3rd, from when more is given."""
    today = house.day(depot.at)
    rows = [
        NewDiscount(LONG_AGO, Decimal(35)),
        NewDiscount(today + timedelta(1), Decimal(40), price_day=day),
    ]
    terms.enter_discounts(rows=rows, at=depot.at, by=depot.actor)
    depot.order("CMD1", (1, "Le Phare"))
    depot.at += timedelta(days=1)
    leave(depot)
    depot.at += timedelta(hours=8)
    assert discount_billed(bill(depot)) == billed


def test_a_library_is_invoiced_at_the_cap_of_the_law(depot: Depot) -> None:
    terms.load_caps(at=depot.at, by=depot.actor)
    depot.discount("30.00")
    Profile.objects.create(
        party_id=depot.cast.shop, from_on=LONG_AGO, name="Médiathèque", legal_name="Ville de Brest",
        siren="732829320", customer_kind="library", act_id=depot.act,
    )  # fmt: skip
    depot.order("CMD1", (1, "Le Phare"))
    leave(depot)
    assert discount_billed(bill(depot)) == 9


def test_an_account_with_a_limit_is_held_from_promise_to_payment(depot: Depot) -> None:
    limited = AccountView(credit_limit=Decimal(70))
    terms.set_account_terms(
        accounts={depot.cast.shop: limited}, from_on=house.day(depot.at), at=depot.at, by=depot.actor
    )
    depot.order("CMD1", (3, "Le Phare"))
    [held] = depot.order("CMD2", (1, "Le Phare"))
    assert (depot.fate(held), engaged()) == ({"held": 1}, 3 * BOOK)  # promised
    leave(depot)
    assert (depot.fate(held), engaged()) == ({"held": 1}, 3 * BOOK)  # delivered, not invoiced
    bill(depot)
    assert engaged() == 0
    assert accounts.debts([depot.cast.shop])[depot.cast.shop] == Decimal("60.00")
    assert bill(depot).issued == ()
    assert [str(found) for cache in CACHES for found in caches.drift(cache)] == []


def engaged() -> Decimal:
    [row] = sql.query("SELECT net FROM orders_engaged")
    return Decimal(row.net)
