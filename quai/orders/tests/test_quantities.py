"""A typing slip must not empty the shelf: what nobody can mean waits for a person, without a copy."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from decimal import Decimal

import pytest
from django.db import connection, transaction
from django.test.utils import CaptureQueriesContext
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from quai.core import sql
from quai.orders import actions, queries
from quai.orders.models import AcceptedQuantity, Line, Order
from quai.orders.tests.scene import TODAY, Scene, to_prepare, words
from quai.parties.types import PartyRole
from quai.stock import queries as stock
from quai.terms import actions as terms
from quai.terms.types import LOWEST_CEILING, USUAL_CEILING, AccountView, NewDiscount
from tests import cast


def free(scene: Scene, title: str) -> int:
    """Copies of a title that nobody was promised."""
    [pool] = stock.pools([scene.cast.titles[title]])
    return pool.available


def ceiling(scene: Scene, copies: int | None, customer: int | None = None) -> None:
    terms.set_account_terms(
        accounts={customer: AccountView(quantity_ceiling=copies)}, from_on=TODAY, at=scene.at, by=scene.by
    )


def test_a_typing_slip_is_held_and_takes_no_copy_from_anybody(scene: Scene) -> None:
    scene.title("Dune", copies=90)
    slip, other = scene.receive(
        scene.message("R1", {"Dune": 99_999}, kind="urgent"), scene.message("R2", {"Dune": 3})
    )
    assert words(slip.lines) == ["99999 held absurd_quantity"]
    assert words(other.lines) == ["3 reserved available"]
    assert free(scene, "Dune") == 87
    assert to_prepare() == [other.order_id]
    assert scene.now(slip) == ["99999 held absurd_quantity"]


def test_the_usual_ceiling_itself_is_no_slip(scene: Scene) -> None:
    scene.title("Dune", copies=9)
    assert words(scene.order("R1", {"Dune": USUAL_CEILING}).lines) == [
        "9 reserved available + 4991 backordered missing"
    ]
    assert words(scene.order("R2", {"Dune": USUAL_CEILING + 1}).lines) == ["5001 held absurd_quantity"]


def test_a_person_accepts_the_quantity_once(scene: Scene) -> None:
    scene.title("Dune", copies=9)
    order = scene.order("R1", {"Dune": 6_000})
    [line] = [line.line_id or 0 for line in order.lines]
    for _ in range(2):
        actions.accept_quantities(lines=[line], at=scene.at, by=scene.by)
    assert scene.now(order) == ["9 reserved available + 5991 backordered missing"]
    assert AcceptedQuantity.objects.count() == 1
    scene.arrive("Dune", 20)
    assert scene.now(order) == ["29 reserved available + 5971 backordered missing"]


def test_only_lines_held_for_their_quantity_are_accepted(scene: Scene) -> None:
    scene.title("Dune", copies=9)
    plain = scene.order("R1", {"Dune": 2})
    blocked = scene.order("R2", {"Dune": 2}, buyer=cast.BLOCKED_GLN)
    lines = [line.line_id for order in (plain, blocked) for line in order.lines if line.line_id]
    assert actions.accept_quantities(lines=lines, at=scene.at, by=scene.by).considered == 0
    assert not AcceptedQuantity.objects.exists()


def test_a_person_refuses_the_quantity(scene: Scene) -> None:
    scene.title("Dune", copies=9)
    order = scene.order("R1", {"Dune": 6_000})
    actions.refuse_held(lines=[order.lines[0].line_id or 0], at=scene.at, by=scene.by)
    assert scene.now(order) == ["6000 refused person_refused"]


def test_the_blocked_account_of_a_typing_slip_keeps_no_copies_either(scene: Scene) -> None:
    scene.title("Dune", copies=9)
    order = scene.order("R1", {"Dune": 6_000}, buyer=cast.BLOCKED_GLN)
    assert words(order.lines) == ["6000 held absurd_quantity"]
    assert free(scene, "Dune") == 9
    actions.accept_quantities(lines=[order.lines[0].line_id or 0], at=scene.at, by=scene.by)
    assert free(scene, "Dune") == 0  # held by its account only, and promised


def test_free_copies_wait_with_the_line_that_earns_them(scene: Scene) -> None:
    scene.title("Dune", copies=9_000)
    thirteen_for_twelve = NewDiscount(from_on=cast.LONG_AGO, base=Decimal(35), free_per=12)
    terms.enter_discounts(rows=[thirteen_for_twelve], at=scene.at, by=scene.by)
    order = scene.order("R1", {"Dune": 6_000})
    assert words(order.lines) == ["6000 held absurd_quantity", "500 held absurd_quantity"]
    actions.accept_quantities(lines=[order.lines[0].line_id or 0], at=scene.at, by=scene.by)
    assert scene.now(order) == ["6000 reserved available", "500 reserved available"]


def test_the_ceiling_is_a_term_of_the_account_from_a_date(scene: Scene) -> None:
    scene.title("Dune", copies=9_000)
    ceiling(scene, 200)
    assert words(scene.order("R1", {"Dune": 201}).lines) == ["201 held absurd_quantity"]
    ceiling(scene, 8_000, customer=scene.cast.shop)
    assert words(scene.order("R2", {"Dune": 5_001}).lines) == ["5001 reserved available"]


def test_a_raised_ceiling_frees_what_it_held(scene: Scene) -> None:
    scene.title("Dune", copies=9)
    order = scene.order("R1", {"Dune": 6_000})
    ceiling(scene, 6_000)
    scene.decide()
    assert scene.now(order) == ["9 reserved available + 5991 backordered missing"]


def test_ordinary_lines_are_not_even_looked_up(scene: Scene) -> None:
    scene.title("Dune", copies=9)
    with CaptureQueriesContext(
        connection,
    ) as asked:
        scene.order("R1", {"Dune": LOWEST_CEILING})
    assert not any("quantity_ceiling" in query["sql"] and "absurd" in query["sql"] for query in asked)


@dataclass(frozen=True)
class Asked:
    """A line and all that says whether its quantity is absurd."""

    quantity: int
    own: int | None
    own_later: bool
    accepted: bool
    free: bool


asked_lines = st.builds(
    Asked,
    quantity=st.sampled_from([1, 100, 101, 300, 301, 5_000, 5_001, 999_999]),
    own=st.none() | st.sampled_from([100, 300, 6_000]),
    own_later=st.booleans(),
    accepted=st.booleans(),
    free=st.booleans(),
)


def absurd_naively(asked: Asked, house: int | None) -> bool:
    own = None if asked.own_later else asked.own
    limit = own if own is not None else house if house is not None else USUAL_CEILING
    return asked.quantity > limit and not asked.accepted


@pytest.mark.django_db
@settings(max_examples=30, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(drawn=st.lists(asked_lines, min_size=1, max_size=6), house=st.none() | st.sampled_from([100, 300]))
def test_the_statement_and_its_twin_agree(scene: Scene, drawn: list[Asked], house: int | None) -> None:
    with transaction.atomic():
        ceiling(scene, house)
        lines = [_enter(scene, number, asked) for number, asked in enumerate(drawn)]
        given_lines = [
            (line, order, one.quantity) for (line, order, _), one in zip(lines, drawn, strict=True)
        ]
        found = queries.absurd_quantities(given_lines, on=TODAY)
        transaction.set_rollback(True)
    expected: set[int] = set()
    for (line, _, earned), asked in zip(lines, drawn, strict=True):
        if absurd_naively(asked, house):
            expected |= {line} | ({earned} if earned else set())
    assert found == expected


def _enter(scene: Scene, number: int, asked: Asked) -> tuple[int, int, int | None]:
    """Write a line, its account and its acceptance; line, order, free line."""
    act = scene.act
    customer = cast.party(act, f"Librairie {number}", f"30250000000{number:02}", PartyRole.CUSTOMER)
    if asked.own is not None:
        ceiling_from = date(2026, 12, 1) if asked.own_later else cast.LONG_AGO
        terms.set_account_terms(
            accounts={customer: AccountView(quantity_ceiling=asked.own)},
            from_on=ceiling_from, at=scene.at, by=scene.by,
        )  # fmt: skip
    order = Order.objects.create(
        act_id=act, channel="test", standing="accepted", supplier_gln=cast.HOUSE_GLN, buyer_gln=cast.SHOP_GLN,
        customer_id=customer, reference=f"R{number}", ordered_on=TODAY, received_on=TODAY, kind="restock",
        backorder_policy="usual", content_digest=b"", source_key=f"case:{number}",
    )  # fmt: skip
    line = Line.objects.create(act_id=act, order=order, position=1, gtin="x", quantity=asked.quantity)
    earned = None
    if asked.free:
        earned = Line.objects.create(
            act_id=act, order=order, position=1, gtin="x", quantity=1, free_with=line
        ).id
    if asked.accepted:
        sql.run("orders/accept_quantities.sql", {"lines": [line.id], "act": act})
    return line.id, order.id, earned
