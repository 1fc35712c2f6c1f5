"""Discounts and holds as lists bring them: row by row answers, in as many statements for many rows as for few."""

from __future__ import annotations

from datetime import date

import pytest
from django.db import transaction
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from quai.access.actions import system
from quai.access.types import Actor
from quai.core import journal
from quai.core.models import Act
from quai.terms import actions, queries
from quai.terms.models import Discount, Hold
from quai.terms.tests.shelf import AT, day, market
from quai.terms.tests.test_discounts import Entered, discounts
from quai.terms.types import HoldChange, NewDiscount

pytestmark = pytest.mark.django_db
KEY = (
    "customer_id", "network", "publisher_id", "imprint", "collection", "product_id", "sale_mode", "order_kind",
    "operation_code",
)  # fmt: skip
few = settings(max_examples=40, deadline=None, suppress_health_check=list(HealthCheck))


@few
@given(st.data())
def test_what_is_objected_to_is_what_entering_row_by_row_refuses(data: st.DataObject) -> None:
    with transaction.atomic():
        by = system()
        rows = data.draw(st.lists(discounts(market(journal.record("test", at=AT, by=by))), max_size=8))
        objected = set(actions.objections(rows=rows))
        refused = set()
        for place, row in enumerate(rows):
            try:
                actions.enter_discounts(rows=[row], at=AT, by=by)
            except (actions.DiscountTies, actions.ImpossibleDiscount):
                refused.add(place)
        assert objected == refused
        transaction.set_rollback(True)


@few
@given(st.data())
def test_ending_by_axes_ends_what_stands_there_and_what_is_to_come(data: st.DataObject) -> None:
    """The naive twin looks at every row entered: of the same key none stands from the day on, others are untouched."""
    with transaction.atomic():
        by = system()
        drawn = st.lists(discounts(market(journal.record("test", at=AT, by=by))), min_size=1, max_size=8)
        rows = data.draw(drawn)
        objected = actions.objections(rows=rows)
        entered = [row for place, row in enumerate(rows) if place not in objected]
        ids = actions.enter_discounts(rows=entered, at=AT, by=by)
        ending = data.draw(drawn)
        answers = actions.end_discounts_like(rows=ending, at=AT, by=by)
        known = [Entered(identity, row) for identity, row in zip(ids, entered, strict=True)]
        assert answers == [any(one.key == _key(row) for one in known) for row in ending]
        for one in known:
            ends = min((row.from_on for row in ending if _key(row) == one.key), default=day(31))
            for number in range(1, 7):
                assert _stands(one.key, day(number)) in (None, ends > day(number)), (one, number)
        transaction.set_rollback(True)


def _key(row: NewDiscount) -> tuple[object, ...]:
    return Entered(0, row).key


def _stands(key: tuple[object, ...], on: date) -> bool | None:
    """Whether the latest row of a key holds on a day; None: it has not begun."""
    last = Discount.objects.filter(from_on__lte=on, **dict(zip(KEY, key, strict=True)))
    found = last.order_by("-from_on", "-id").first()
    return None if found is None else not found.ended


def test_accounts_are_blocked_each_for_its_reason(actor: Actor, act: int) -> None:
    first, second, *_ = market(act).customers
    changes = [HoldChange(first, True, "Impayé"), HoldChange(second, True, "Litige")]
    actions.change_holds(changes=changes, from_on=day(2), at=AT, by=actor)
    actions.change_holds(changes=changes, from_on=day(3), at=AT, by=actor)
    assert Hold.objects.count() == 2
    reasons = {hold.customer_id: Act.objects.get(id=hold.act_id).reason for hold in Hold.objects.all()}
    assert reasons == {first: "Impayé", second: "Litige"}
    assert queries.held([first, second], on=date(2026, 3, 1)) == set()
    free = [HoldChange(first, False, "Réglé")]
    actions.change_holds(changes=free, from_on=day(3), at=AT, by=actor)
    assert queries.held([first, second], on=day(3)) == {second}
