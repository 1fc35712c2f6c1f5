"""The discount search against a naive twin, and its cases as the trade tells them."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from datetime import date
from decimal import ROUND_HALF_UP, Decimal
from typing import Any

import pytest
from django.db import connection, transaction
from django.test.utils import CaptureQueriesContext
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from quai.access.types import Actor
from quai.catalogue.models import Schoolbook
from quai.terms import actions, checks, queries
from quai.terms.models import Discount
from quai.terms.tests.shelf import AT, NETWORK, Market, Title, day, market
from quai.terms.types import (
    USUAL_ORDER,
    Criterion,
    DiscountMethod,
    DiscountQuestion,
    LegalCap,
    NewDiscount,
    PriceDay,
)

pytestmark = pytest.mark.django_db

MODES, KINDS, OPERATIONS = ("", "firm"), ("", "restock"), ("", "ETE26")


@dataclass(frozen=True)
class Entered:
    """A row as the naive twin knows it."""

    id: int
    row: NewDiscount
    ended: bool = False

    @property
    def key(self) -> tuple[object, ...]:
        one = self.row
        return (
            one.customer_id, one.network, one.publisher_id, one.imprint, one.collection, one.product_id,
            one.sale_mode, one.order_kind, one.operation_code,
        )  # fmt: skip


@dataclass(frozen=True)
class House:
    """What the house and the law say besides: an order of search from a day, caps by kind, a schoolbook."""

    order: Sequence[Criterion]
    order_from: date
    caps: dict[str, LegalCap]
    schoolbook: int

    def order_on(self, on: date) -> Sequence[Criterion]:
        return self.order if on >= self.order_from else USUAL_ORDER

    def cap(self, kind: str, product: int, on: date) -> Decimal:
        cap = self.caps.get(kind)
        if cap is None or on < cap.from_on or (cap.schoolbooks_free and product == self.schoolbook):
            return Decimal(100)
        return cap.percent


def decide_naively(
    question: DiscountQuestion, rows: Iterable[Entered], scene: Market, house: House
) -> tuple[int, Decimal, bool] | None:
    """The most specific row in force; of each key only the latest counts, and says nothing once ended.

    What it gives is capped for some customers.
    """
    title = next(one for one in scene.titles if one.id == question.product_id)
    latest: dict[tuple[object, ...], Entered] = {}
    for one in sorted(rows, key=lambda one: (one.row.from_on, one.id)):
        on = question.shipped_on if one.row.price_day is PriceDay.SHIPPING else question.ordered_on
        if one.row.from_on <= on and matches(one.row, question, title, scene.networks[question.customer_id]):
            latest[one.key] = one
    standing = [one for one in latest.values() if not one.ended]
    if not standing:
        return None
    order = house.order_on(question.ordered_on)

    def rank(one: Entered) -> tuple[object, ...]:
        narrow = specificity(one.row)
        return (*(narrow[criterion] for criterion in order), one.row.from_on, one.id)

    best = max(standing, key=rank)
    given = percent(best.row)
    cap = house.cap(scene.kinds[question.customer_id], question.product_id, question.ordered_on)
    return best.id, min(given, cap), cap < given


def matches(row: NewDiscount, question: DiscountQuestion, title: Title, network: str) -> bool:
    said = (
        (row.customer_id, question.customer_id), (row.network, network), (row.product_id, title.id),
        (row.publisher_id, title.publisher_id), (row.imprint, title.imprint), (row.collection, title.collection),
        (row.sale_mode, question.sale_mode), (row.order_kind, question.order_kind),
        (row.operation_code, question.operation_code),
    )  # fmt: skip
    return all(asked in (None, "") or asked == is_so for asked, is_so in said)


def specificity(row: NewDiscount) -> dict[Criterion, int]:
    product = [row.publisher_id, row.imprint, row.collection, row.product_id]
    narrowest = max((rank for rank, said in enumerate(product, start=1) if said), default=0)
    customer = 2 if row.customer_id else int(bool(row.network))
    return {
        Criterion.OPERATION: bool(row.operation_code),
        Criterion.PRODUCT: narrowest,
        Criterion.CUSTOMER: customer,
        Criterion.MODE_AND_KIND: bool(row.sale_mode) + bool(row.order_kind),
    }


def percent(row: NewDiscount) -> Decimal:
    if row.method is DiscountMethod.POINTS:
        return row.base + row.extra
    left = (1 - row.base / 100) * (1 - row.extra / 100)
    return (100 * (1 - left)).quantize(Decimal("0.01"), ROUND_HALF_UP)


@st.composite
def discounts(draw: st.DrawFn, scene: Market) -> NewDiscount:
    customers: list[dict[str, Any]] = [
        {},
        {"network": NETWORK},
        *({"customer_id": i} for i in scene.customers),
    ]
    publisher = {"publisher_id": draw(st.sampled_from(scene.publishers))}
    products: list[dict[str, Any]] = [
        {},
        publisher,
        {**publisher, "imprint": "Corail"},
        {**publisher, "collection": "Poche"},
        *({"product_id": title.id} for title in scene.titles),
    ]
    axes: dict[str, Any] = {**draw(st.sampled_from(customers)), **draw(st.sampled_from(products))}
    return NewDiscount(
        from_on=day(draw(st.integers(1, 4))),
        base=Decimal(draw(st.integers(0, 6000))) / 100,
        extra=Decimal(draw(st.integers(0, 1000))) / 100,
        method=draw(st.sampled_from(DiscountMethod)),
        sale_mode=draw(st.sampled_from(MODES)),
        order_kind=draw(st.sampled_from(KINDS)),
        operation_code=draw(st.sampled_from(OPERATIONS)),
        price_day=draw(st.sampled_from(PriceDay)),
        **axes,
    )


@st.composite
def houses(draw: st.DrawFn, scene: Market) -> House:
    caps = [
        LegalCap(
            kind, day(draw(st.integers(1, 4))), Decimal(draw(st.integers(0, 40))), draw(st.booleans()), "loi"
        )
        for kind in draw(st.sets(st.sampled_from(["library", "private"])))
    ]
    return House(
        draw(st.permutations(USUAL_ORDER)),
        day(draw(st.integers(1, 5))),
        {cap.customer_kind: cap for cap in caps},
        draw(st.sampled_from(scene.titles)).id,
    )


def questions(scene: Market) -> list[DiscountQuestion]:
    asked = [
        (customer, title.id, kind, mode, operation, day(ordered), day(shipped))
        for customer in scene.customers
        for title in scene.titles
        for kind in ("restock", "office")
        for mode in ("firm", "sale_or_return")
        for operation in ("", "ETE26")
        for ordered, shipped in ((1, 3), (3, 3), (4, 5))
    ]
    return [DiscountQuestion(1000 + rank, *one) for rank, one in enumerate(asked)]


@given(st.data())
@settings(
    max_examples=40,
    deadline=None,
    suppress_health_check=[HealthCheck.function_scoped_fixture, HealthCheck.too_slow],
)
def test_the_search_decides_as_the_naive_one(actor: Actor, act: int, data: st.DataObject) -> None:
    with transaction.atomic():
        scene = market(act)
        rows: list[NewDiscount] = data.draw(st.lists(discounts(scene), min_size=4, max_size=16))
        entered: list[Entered] = []
        for row in rows:
            try:
                [identity] = actions.enter_discounts(rows=[row], at=AT, by=actor)
            except actions.DiscountTies:
                continue
            entered.append(Entered(identity, row))
        rank: int = data.draw(st.integers(0, 12))
        for ended in entered[rank : rank + 1]:
            actions.end_discounts(discounts=[ended.id], from_on=day(3), at=AT, by=actor)
            entered += [
                Entered(one.id, replace(ended.row, from_on=one.from_on), ended=True)
                for one in Discount.objects.filter(ended=True)
            ]
        house: House = data.draw(houses(scene))
        actions.set_search_order(order=house.order, from_on=house.order_from, at=AT, by=actor)
        actions.set_caps(caps=list(house.caps.values()), at=AT, by=actor)
        Schoolbook.objects.create(product_id=house.schoolbook, from_on=day(1), schoolbook=True, act_id=act)
        asked = questions(scene)
        answers = queries.discounts(asked)
        for question, answer in zip(asked, answers, strict=True):
            expected = decide_naively(question, entered, scene, house)
            capped = answer.cap_id is not None
            found = (answer.discount_id, answer.discount, capped) if answer.discount_id else None
            assert answer.key == question.key
            assert found == expected, question
        transaction.set_rollback(True)


@pytest.fixture
def scene(act: int) -> Market:
    return market(act)


def ask(
    scene: Market, *, customer: int = 1, title: int = 1, operation: str = "", shipped: int = 9
) -> Decimal:
    question = DiscountQuestion(
        7,
        scene.customers[customer],
        scene.titles[title].id,
        "restock",
        "firm",
        operation,
        day(5),
        day(shipped),
    )
    [answer] = queries.discounts([question])
    return answer.discount


def enter(actor: Actor, *rows: NewDiscount) -> list[int]:
    return actions.enter_discounts(rows=rows, at=AT, by=actor)


def test_points_and_cascade(actor: Actor, scene: Market) -> None:
    both = NewDiscount(day(1), Decimal(35), Decimal(2))
    enter(actor, both)
    assert ask(scene) == 37
    enter(actor, replace(both, from_on=day(2), method=DiscountMethod.CASCADE))
    assert ask(scene) == Decimal("36.30")


def test_from_the_general_to_the_particular(actor: Actor, scene: Market) -> None:
    """Each row beats those before it: the operation first, then the product, then the customer, then the kind."""
    customer, title = scene.customers[1], scene.titles[1]
    of_publisher: dict[str, Any] = {"publisher_id": title.publisher_id}
    ladder: list[dict[str, Any]] = [
        {},
        {"order_kind": "restock"},
        {"network": NETWORK},
        {"customer_id": customer},
        of_publisher,
        of_publisher | {"network": NETWORK},
        of_publisher | {"imprint": "Corail"},
        of_publisher | {"collection": "Poche"},
        {"product_id": title.id},
        {"product_id": title.id, "customer_id": customer},
        {"product_id": title.id, "customer_id": customer, "order_kind": "restock", "sale_mode": "firm"},
        {"operation_code": "ETE26"},
    ]
    for rank, axes in enumerate(ladder, start=20):
        enter(actor, NewDiscount(day(1), Decimal(rank), **axes))
        assert ask(scene, operation="ETE26") == rank


def test_a_future_row_takes_effect_by_itself_and_an_ended_one_no_longer_holds(
    actor: Actor, scene: Market
) -> None:
    general, own = enter(
        actor,
        NewDiscount(day(1), Decimal(30)),
        NewDiscount(day(1), Decimal(40), customer_id=scene.customers[1]),
    )
    enter(actor, NewDiscount(day(20), Decimal(50), customer_id=scene.customers[1]))
    assert ask(scene) == 40
    assert actions.end_discounts(discounts=[own], from_on=day(4), at=AT, by=actor) == 1
    assert actions.end_discounts(discounts=[own], from_on=day(4), at=AT, by=actor) == 0
    assert ask(scene) == 30
    assert general


def test_the_day_that_counts(actor: Actor, scene: Market) -> None:
    row = NewDiscount(day(6), Decimal(33), product_id=scene.titles[1].id)
    enter(actor, row)
    assert ask(scene, shipped=9) == 0  # ordered on the 5th
    enter(actor, replace(row, price_day=PriceDay.SHIPPING, from_on=day(7)))
    assert ask(scene, shipped=9) == 33


def test_free_copies_come_with_the_row_that_decides(actor: Actor, scene: Market) -> None:
    [row] = enter(actor, NewDiscount(day(1), Decimal(35), free_per=12))
    question = DiscountQuestion(1, scene.customers[0], scene.titles[0].id, "restock", "", "", day(2), day(2))
    assert queries.discounts([question])[0] == (1, row, Decimal(35), 12, None)


def test_what_nobody_said_gives_nothing(scene: Market) -> None:
    assert ask(scene) == 0
    assert queries.discounts([]) == []


def test_ties_are_refused_when_entered(actor: Actor, scene: Market) -> None:
    row = NewDiscount(day(1), Decimal(35), network=NETWORK, sale_mode="firm")
    [first] = enter(actor, row)
    crossed = replace(row, sale_mode="", order_kind="restock")
    for later, other in enumerate((replace(row, base=Decimal(36)), crossed), start=2):
        with pytest.raises(actions.DiscountTies):
            enter(actor, other)
        enter(actor, replace(other, from_on=day(later)))
    assert enter(actor, row) == [first]
    with pytest.raises(actions.DiscountTies):
        enter(actor, *(NewDiscount(day(1), Decimal(base)) for base in (30, 31)))


def test_a_mistake_is_ended_then_entered_right(actor: Actor, scene: Market) -> None:
    row = NewDiscount(day(1), Decimal(53))
    [wrong] = enter(actor, row)
    actions.end_discounts(discounts=[wrong], from_on=day(1), at=AT, by=actor)
    enter(actor, replace(row, base=Decimal(35)))
    assert ask(scene) == 35


@pytest.mark.parametrize(
    "changes",
    [
        {"base": Decimal(101)},
        {"base": Decimal(-1)},
        {"base": Decimal(60), "extra": Decimal(60)},
        {"base": Decimal("33.333")},
        {"imprint": "Corail"},
        {"publisher_id": 1, "imprint": "Corail", "collection": "Poche"},
        {"publisher_id": 1, "product_id": 1},
        {"customer_id": 1, "network": NETWORK},
    ],
)
def test_the_impossible_is_refused(actor: Actor, changes: dict[str, Any]) -> None:
    with pytest.raises(actions.ImpossibleDiscount):
        enter(actor, replace(NewDiscount(day(1), Decimal(30)), **changes))


def test_two_hundred_rows_and_questions_take_as_many_statements_as_two(actor: Actor, scene: Market) -> None:
    def statements(count: int) -> tuple[int, int]:
        with CaptureQueriesContext(connection) as entering:
            enter(actor, *(NewDiscount(day(1), Decimal(30), network=f"{count} {n}") for n in range(count)))
        with CaptureQueriesContext(connection) as asking:
            queries.discounts(questions(scene)[:count])
        return len(entering), len(asking)

    assert statements(2) == statements(200)
    assert statements(2)[1] == 1


def test_the_axes_are_written_the_same_by_the_table_and_by_the_verb(actor: Actor, scene: Market) -> None:
    """So that ties are looked for where the search looks."""
    title = scene.titles[1]
    axes: list[dict[str, Any]] = [
        {"customer_id": scene.customers[0], "publisher_id": title.publisher_id, "imprint": "Corail"},
        {"network": NETWORK, "publisher_id": title.publisher_id, "collection": "Poche"},
        {"product_id": title.id},
        {"publisher_id": title.publisher_id},
    ]
    for one in axes:
        row = NewDiscount(day(1), Decimal(30), **one)
        assert enter(actor, row) == enter(actor, row)
    assert [finding for check in checks.CHECKS for finding in check()] == []
