"""An order enters once, whatever the channel does."""

from __future__ import annotations

from dataclasses import replace
from datetime import date

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from quai.core import sql
from quai.orders import queries
from quai.orders.models import Line, Order
from quai.orders.tests.scene import Scene, to_prepare, words
from quai.orders.types import UNSORTED_GLN, OrderedLine, Standing
from quai.parties.models import Party
from tests import cast


def test_the_same_order_twice_is_recorded_twice_and_prepared_once(scene: Scene) -> None:
    scene.title("Dune", copies=9)
    first = scene.order("R1", {"Dune": 2})
    second = scene.order("R1", {"Dune": 2})
    assert second.standing is Standing.DUPLICATE
    assert (second.repeats_id, second.lines) == (first.order_id, ())
    assert second.problem == "Commande déjà reçue le 02/03/2026 : elle n’est pas préparée deux fois."
    assert Order.objects.count() == 2
    assert Line.objects.count() == 1
    assert to_prepare() == [first.order_id]
    assert queries.by_reference("R1") == [second.order_id, first.order_id]


def test_the_same_reference_with_other_content_is_for_a_person(scene: Scene) -> None:
    scene.title("Dune", copies=9)
    first, other, again = scene.receive(
        scene.message("R1", {"Dune": 2}), scene.message("R1", {"Dune": 3}), scene.message("R1", {"Dune": 2})
    )
    assert [first.standing, other.standing, again.standing] == [
        Standing.ACCEPTED,
        Standing.NEEDS_PERSON,
        Standing.DUPLICATE,
    ]
    assert other.repeats_id == first.order_id
    assert "une personne" in other.problem
    third = scene.order("R1", {"Dune": 3})
    assert third.standing is Standing.NEEDS_PERSON  # still against the order that was accepted


def test_the_same_reference_of_another_shop_is_another_order(scene: Scene) -> None:
    scene.title("Dune", copies=9)
    scene.order("R1", {"Dune": 2})
    assert scene.order("R1", {"Dune": 2}, buyer=cast.BLOCKED_GLN).standing is Standing.ACCEPTED


def test_after_a_year_a_reference_may_serve_again(scene: Scene) -> None:
    scene.title("Dune", copies=9)
    first = scene.order("R1", {"Dune": 2})
    scene.days_pass(364)
    assert scene.order("R1", {"Dune": 2}).standing is Standing.DUPLICATE
    scene.days_pass(1)
    later = scene.order("R1", {"Dune": 2})
    assert later.standing is Standing.ACCEPTED
    assert scene.order("R1", {"Dune": 2}).repeats_id == later.order_id != first.order_id


def test_what_a_format_leaves_unsaid_makes_no_other_content(scene: Scene) -> None:
    scene.title("Dune", copies=9)
    scene.order("R1", {"Dune": 2}, shipping_mode="09", deliver_to=cast.SHOP_GLN)
    assert scene.order("R1", {"Dune": 2}).standing is Standing.DUPLICATE


def test_a_file_cut_in_the_middle_resumes(scene: Scene) -> None:
    scene.title("Dune", copies=9)
    one, two = scene.message("R1", {"Dune": 2}), scene.message("R2", {"Dune": 1})
    [first] = scene.receive(one, source_key="file:A")
    told, second = scene.receive(one, two, source_key="file:A")
    assert told.already_known
    assert (told.order_id, told.standing) == (first.order_id, Standing.ACCEPTED)
    assert words(told.lines) == words(first.lines) == ["2 reserved available"]
    assert not second.already_known
    assert second.standing is Standing.ACCEPTED
    again = scene.receive(one, two, source_key="file:A")
    assert all(outcome.already_known for outcome in again)
    assert [outcome.position for outcome in again] == [1, 2]
    assert Order.objects.count() == 2


def test_an_order_for_another_house_is_recorded_and_refused(scene: Scene) -> None:
    scene.title("Dune", copies=9)
    outcome = scene.order("R1", {"Dune": 2}, supplier="3012999000098")
    assert outcome.standing is Standing.REFUSED
    assert words(outcome.lines) == ["2 refused not_ours"]


def test_an_unsorted_order_is_a_normal_one(scene: Scene) -> None:
    scene.title("Dune", copies=9)
    assert words(scene.order("R1", {"Dune": 2}, supplier=UNSORTED_GLN).lines) == ["2 reserved available"]


@pytest.mark.parametrize(
    "said",
    [{"buyer": "302599"}, {"supplier": ""}, {"reference": "R" * 36}, {"reference": "\x00"}, {"relay": "abc"}],
)
def test_an_order_that_cannot_be_recorded_stops_no_other(scene: Scene, said: dict[str, str]) -> None:
    scene.title("Dune", copies=9)
    good = scene.message("R1", {"Dune": 2})
    bad, fine = scene.receive(replace(good, position=7, **said), good)  # type: ignore[arg-type]
    assert (bad.standing, bad.order_id, bad.position) == (Standing.REFUSED, None, 7)
    assert bad.problem.endswith("n’entre pas.")
    assert fine.standing is Standing.ACCEPTED


def test_texts_too_long_for_a_column_are_cut_not_refused(scene: Scene) -> None:
    message = scene.message("R1", {})
    message = replace(message, lines=(OrderedLine("x" * 60, 1, "y\x00" * 60, 1),))
    [outcome] = scene.receive(message)
    assert words(outcome.lines) == ["1 refused not_a_gtin"]


def test_an_outlet_orders_for_its_shop(scene: Scene) -> None:
    scene.title("Dune", copies=9)
    scene.order("R1", {"Dune": 2}, buyer=cast.SHOP_OUTLET_GLN)
    order = Order.objects.get()
    assert (order.customer_id, order.outlet_id) == (scene.cast.shop, scene.cast.shop_outlet)
    assert Party.objects.count() == 5


def test_statements_do_not_grow_with_lines(scene: Scene) -> None:
    for number in range(40):
        scene.title(f"T{number}", copies=40)
    counts = []
    for orders, lines in ((1, 2), (10, 40)):
        messages = [
            scene.message(f"{orders}-{number}", {f"T{line}": 1 for line in range(lines)})
            for number in range(orders)
        ]
        with CaptureQueriesContext(connection) as captured:
            scene.receive(*messages)
        counts.append(len(captured))
    assert counts[0] == counts[1] < 25


def test_a_customer_sees_what_it_waits_for(scene: Scene) -> None:
    scene.title("Dune", copies=1)
    scene.order("R1", {"Dune": 3})
    scene.days_pass(10)
    found = queries.portfolio(scene.cast.shop, on=date(2026, 3, 12))
    assert [(one.fate, one.quantity, one.reason, one.days) for one in found] == [
        ("backordered", 2, "missing", 10),
        ("reserved", 1, "available", 10),
    ]


INDEXES = {
    "orders_order_reference": "SELECT id FROM orders_order WHERE reference = 'R1'",
    "orders_order_of_customer": "SELECT id FROM orders_order WHERE customer_id = 1 ORDER BY id DESC",
    "orders_line_of_order": "SELECT id FROM orders_line WHERE order_id = ANY ('{1,2}')",
    "orders_line_move_once": "SELECT id FROM orders_line_move WHERE line_id = 1",
    "orders_grouped_lines": "SELECT line_id FROM orders_line_state WHERE grouped > 0",
    "orders_open_lines": "SELECT line_id FROM orders_line_state WHERE product_id = ANY ('{1}') AND (undecided > 0 "
    "OR waiting > 0 OR backordered > 0 OR held > 0 OR grouped > 0)",
}


@pytest.mark.parametrize("index", INDEXES)
def test_every_index_is_read(db: None, index: str) -> None:
    """The conditions of by_reference, portfolio, fates twice, grouped_lines, open_lines."""
    for scan in ("seqscan", "bitmapscan", "sort"):
        sql.query(f"SELECT set_config('enable_{scan}', 'off', true)")
    plan = "\n".join(row[0] for row in _explain(INDEXES[index]))
    assert index in plan


def _explain(statement: str) -> list[tuple[str]]:
    with connection.cursor() as cursor:
        cursor.execute(f"EXPLAIN {statement}")
        return list(cursor.fetchall())
