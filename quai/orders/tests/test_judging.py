"""A known reference comes with other content: a person accepts it as a new order, or refuses it."""

from __future__ import annotations

from functools import partial
from typing import Any

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from quai.access.actions import system
from quai.core.refusals import InvariantError
from quai.orders import actions, queries
from quai.orders.models import Judgement, Line, Order
from quai.orders.tests import scene as stage
from quai.orders.tests.scene import Scene, words
from quai.orders.tests.test_crowd import together
from quai.orders.types import OrderMessage, OrderOutcome, Standing


def other(scene: Scene, reference: str = "R1", copies: int = 3) -> tuple[OrderMessage, int]:
    """The shop sends its reference again, and wants something else; the order that waits for a person."""
    if not queries.by_reference(reference):
        scene.order(reference, {"Dune": 1})
    message = scene.message(reference, {"Dune": copies, "9780000000000": 1})
    [outcome] = scene.receive(message)
    assert outcome.standing is Standing.NEEDS_PERSON
    return message, outcome.order_id or 0


def accept(scene: Scene, messages: dict[int, OrderMessage]) -> list[OrderOutcome]:
    return actions.accept(messages=messages, at=scene.at, by=scene.by)


def refuse(scene: Scene, order: int) -> list[int]:
    return actions.refuse(orders=[order], reason="saisie en double", at=scene.at, by=scene.by)


def test_an_order_accepted_enters_as_a_new_one(scene: Scene) -> None:
    scene.title("Dune", copies=9)
    message, order = other(scene)
    [entered] = accept(scene, {order: message})
    assert (entered.standing, entered.reference, entered.already_known) == (Standing.ACCEPTED, "R1", False)
    assert words(entered.lines) == ["3 reserved available", "1 refused unknown_gtin"]
    assert not Line.objects.filter(order_id=order).exists()
    assert Judgement.objects.get(order_id=order).became_id == entered.order_id


def test_accepted_twice_it_enters_once(scene: Scene) -> None:
    scene.title("Dune", copies=9)
    message, order = other(scene)
    [first] = accept(scene, {order: message})
    [again] = accept(scene, {order: message})
    assert again == first._replace(position=0, already_known=True, lines=again.lines)
    assert [line.line_id for line in again.lines] == [line.line_id for line in first.lines]
    assert Order.objects.count() == 3


def test_it_keeps_the_day_it_came_whose_terms_count(scene: Scene) -> None:
    scene.title("Dune", copies=9)
    message, order = other(scene)
    came = scene.at.date()
    scene.days_pass(4)
    [entered] = accept(scene, {order: message})
    assert Order.objects.get(id=entered.order_id or 0).received_on == came


def test_afterwards_the_same_content_is_a_duplicate(scene: Scene) -> None:
    scene.title("Dune", copies=9)
    message, order = other(scene)
    accept(scene, {order: message})
    [again] = scene.receive(message)
    assert again.standing is Standing.DUPLICATE
    assert other(scene, copies=5)


def test_an_order_refused_stays_without_lines(scene: Scene) -> None:
    scene.title("Dune", copies=9)
    message, order = other(scene)
    assert refuse(scene, order) == [order]
    assert refuse(scene, order) == []
    with pytest.raises(actions.JudgedOtherwise):
        accept(scene, {order: message})
    assert Line.objects.count() == 1


def test_what_was_accepted_is_not_refused_after_all(scene: Scene) -> None:
    scene.title("Dune", copies=9)
    message, order = other(scene)
    accept(scene, {order: message})
    with pytest.raises(actions.JudgedOtherwise):
        refuse(scene, order)


def test_only_what_needs_a_person_is_judged(scene: Scene) -> None:
    scene.title("Dune", copies=9)
    plain = scene.order("R7", {"Dune": 1}).order_id or 0
    with pytest.raises(actions.NotToJudge):
        refuse(scene, plain)
    with pytest.raises(actions.UnknownOrder):
        refuse(scene, plain + 99)


def test_what_is_read_again_must_be_what_came(scene: Scene) -> None:
    scene.title("Dune", copies=9)
    _, order = other(scene)
    with pytest.raises(InvariantError):
        accept(scene, {order: scene.message("R1", {"Dune": 8})})


def test_statements_do_not_grow_with_orders_or_lines(scene: Scene) -> None:
    for number in range(9):
        scene.title(f"T{number}", copies=200)

    def statements(first: int, orders: int) -> int:
        messages: dict[int, OrderMessage] = {}
        for number in range(first, first + orders):
            scene.order(f"S{number}", {"T0": 1})
            message = scene.message(f"S{number}", {f"T{title}": 2 for title in range(9)})
            messages[scene.receive(message)[0].order_id or 0] = message
        with CaptureQueriesContext(connection) as asked:
            accept(scene, messages)
        return len(asked)

    assert statements(0, 1) == statements(10, 12)


def test_two_persons_accept_the_same_order_at_once(fresh_house: Any) -> None:
    scene = stage.make(system())
    scene.title("Dune", copies=9)
    message, order = other(scene)
    one, two = together(*[partial(accept, scene, {order: message})] * 2)
    assert one[0].order_id == two[0].order_id
    assert sorted([one[0].already_known, two[0].already_known]) == [False, True]
    stage.expect_sound()
