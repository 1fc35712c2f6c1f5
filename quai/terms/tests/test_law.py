"""What the law caps, and the order in which a house searches its discounts."""

from __future__ import annotations

from dataclasses import replace
from decimal import Decimal

import pytest

from quai.access.types import Actor
from quai.catalogue.models import Schoolbook
from quai.terms import actions, queries
from quai.terms.actions.law import default_caps
from quai.terms.models import Cap, SearchOrder
from quai.terms.tests.shelf import AT, Market, day, market
from quai.terms.types import USUAL_ORDER, Criterion, DiscountAnswer, DiscountQuestion, NewDiscount

pytestmark = pytest.mark.django_db


@pytest.fixture
def scene(actor: Actor, act: int) -> Market:
    """Everybody has 30 %, by a row for all."""
    made = market(act)
    actions.enter_discounts(rows=[NewDiscount(day(1), Decimal(30))], at=AT, by=actor)
    return made


def ask(scene: Market, kind: str, *, title: int = 0, on: int = 9) -> DiscountAnswer:
    customer = next(one for one, is_a in scene.kinds.items() if is_a == kind)
    asked = DiscountQuestion(1, customer, scene.titles[title].id, "restock", "", "", day(on), day(on))
    [answer] = queries.discounts([asked])
    return answer


def test_french_law_caps_readers_and_libraries_and_says_why(actor: Actor, act: int, scene: Market) -> None:
    for _ in range(2):
        actions.load_caps(at=AT, by=actor)
    assert Cap.objects.count() == 4
    Schoolbook.objects.create(product_id=scene.titles[1].id, from_on=day(1), schoolbook=True, act_id=act)
    given = {
        (kind, title): ask(scene, kind, title=title) for kind in scene.kinds.values() for title in (0, 1)
    }
    assert {key: answer.discount for key, answer in given.items()} == {
        ("shop", 0): 30, ("shop", 1): 30, ("private", 0): 5, ("private", 1): 5, ("library", 0): 9, ("library", 1): 30,
    }  # fmt: skip
    assert given["shop", 0].cap_id is given["library", 1].cap_id is None
    capped = given["library", 0]
    assert capped.discount_id == given["shop", 0].discount_id  # the row that decided still says so
    [why] = queries.caps([capped.cap_id or 0]).values()
    assert (why.percent, why.source) == (
        Decimal(9),
        "Loi n° 81-766 du 10 août 1981, article 3, modifié par la loi n° 2003-517",
    )


def test_a_smaller_discount_is_not_raised_to_the_cap(actor: Actor, scene: Market) -> None:
    actions.load_caps(at=AT, by=actor)
    actions.enter_discounts(rows=[NewDiscount(day(2), Decimal(4))], at=AT, by=actor)
    answer = ask(scene, "library")
    assert answer.discount == 4
    assert answer.cap_id is None


def test_a_cap_changes_on_its_day(actor: Actor, scene: Market) -> None:
    actions.load_caps(at=AT, by=actor)
    [reader] = [cap for cap in default_caps() if cap.customer_kind == "private"]
    actions.set_caps(caps=[replace(reader, from_on=day(6), percent=Decimal(6))], at=AT, by=actor)
    assert [ask(scene, "private", on=on).discount for on in (5, 6)] == [5, 6]


def test_a_house_may_put_its_customer_before_the_title(actor: Actor, scene: Market) -> None:
    shop, title = scene.customers[0], scene.titles[0]
    rows = [
        NewDiscount(day(1), Decimal(35), customer_id=shop),
        NewDiscount(day(1), Decimal(40), product_id=title.id),
    ]
    actions.enter_discounts(rows=rows, at=AT, by=actor)
    order = (Criterion.CUSTOMER, Criterion.PRODUCT, Criterion.OPERATION, Criterion.MODE_AND_KIND)
    for _ in range(2):
        actions.set_search_order(order=order, from_on=day(6), at=AT, by=actor)
    assert [ask(scene, "shop", on=on).discount for on in (5, 6)] == [40, 35]
    actions.set_search_order(order=USUAL_ORDER, from_on=day(8), at=AT, by=actor)
    assert ask(scene, "shop", on=8).discount == 40
    assert SearchOrder.objects.count() == 2


def test_an_order_of_search_names_each_criterion_once(actor: Actor) -> None:
    with pytest.raises(actions.NotAnOrder):
        actions.set_search_order(
            order=(Criterion.CUSTOMER, Criterion.CUSTOMER), from_on=day(1), at=AT, by=actor
        )
