"""What customers owe: kept as entries are posted, and always what the lines say."""

from __future__ import annotations

from decimal import Decimal

import pytest
from django.db import transaction
from hypothesis import given
from hypothesis import strategies as st

from quai.access.types import Actor
from quai.accounts import actions, chart, checks, queries
from quai.accounts.tests.test_post import AT, ON, ZERO, amounts, few
from quai.accounts.types import NewEntry, Posting
from quai.core import caches
from quai.parties.models import Party

pytestmark = pytest.mark.django_db
movements = st.lists(st.tuples(st.integers(0, 2), amounts, st.booleans()), max_size=8)


def entry(key: int, party: int | None, amount: Decimal, *, paid: bool) -> NewEntry:
    """An invoice of a customer, or his payment; no customer: cash, which nobody owes."""
    account = chart.account("customers") if party else chart.account("carriage")
    his = Posting(account, ZERO if paid else amount, amount if paid else ZERO, party)
    ours = Posting(chart.account("carriage"), his.credit, his.debit)
    return NewEntry("VT", ON, f"P{key}", "Essai", f"test:{key}", (his, ours))


@few
@given(movements)
def test_a_customer_owes_what_his_lines_add_up_to(
    actor: Actor, act: int, said: list[tuple[int, Decimal, bool]]
) -> None:
    with transaction.atomic():
        actions.open_chart(at=AT, by=actor)
        parties = [None, *(Party.objects.create(act_id=act).id for _ in range(2))]
        expected = {party: ZERO for party in parties if party}
        entries = [
            entry(key, parties[who], amount, paid=paid) for key, (who, amount, paid) in enumerate(said)
        ]
        for one, (who, amount, paid) in zip(entries, said, strict=True):
            if party := parties[who]:
                expected[party] += -amount if paid else amount
            actions.post(entries=[one], at=AT, by=actor)
        actions.post(entries=entries, at=AT, by=actor)  # posted already
        assert queries.debts(expected) == expected
        assert [found for cache in checks.CACHES for found in caches.drift(cache)] == []
        transaction.set_rollback(True)


def test_what_is_owed_on_other_accounts_is_not_a_customers_debt(actor: Actor, act: int) -> None:
    actions.open_chart(at=AT, by=actor)
    party = Party.objects.create(act_id=act).id
    lines = (
        Posting(chart.account("carriage"), Decimal(10), ZERO, party),
        Posting(chart.account("carriage"), ZERO, Decimal(10)),
    )
    actions.post(entries=[NewEntry("VT", ON, "P", "Essai", "test", lines)], at=AT, by=actor)
    assert queries.debts([party]) == {party: 0}
