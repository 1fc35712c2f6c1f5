"""Credit limits: what would take an account over its limit is held with its copies, and leaves once paid."""

from __future__ import annotations

from datetime import timedelta
from decimal import Decimal

import pytest
from django.db import IntegrityError, connection, transaction
from django.test.utils import CaptureQueriesContext
from hypothesis import HealthCheck, example, given, settings
from hypothesis import strategies as st

from quai.core import sql
from quai.orders import actions, checks, queries
from quai.orders.models import Estimate
from quai.orders.tests.scene import (
    MORNING,
    Scene,
    expect_sound,
    limit,
    owes,
    ship,
    take,
    to_prepare,
    words,
)
from quai.orders.types import InvoicedLine, Kind, OrderOutcome, Reason, ShippedLine
from quai.stock import queries as stock
from quai.terms.models import AccountTerms, Discount
from tests import cast

PRICE = Decimal("18.9573")  # 20 euros, VAT 5.5 % off
HELD = ["1 held over_limit"]
GOES = ["1 reserved available"]


def engaged() -> Decimal:
    """What the accounts with a limit are engaged for, in all."""
    return sum((row.net for row in sql.query("SELECT net FROM orders_engaged")), Decimal(0))


def line(outcome: OrderOutcome) -> int:
    return outcome.lines[0].line_id or 0


def test_over_its_limit_an_order_is_held_with_its_copies_until_paid(scene: Scene) -> None:
    scene.title("Dune", copies=1)
    limit(scene, 100)
    owes(scene, 90, "invoice:1")
    held = scene.order("R1", {"Dune": 1})
    assert words(held.lines) == HELD
    rival = scene.order("B1", {"Dune": 1}, buyer=cast.BLOCKED_GLN)
    assert words(rival.lines) == ["1 held account_blocked"]  # and has none: the copy is kept for the first
    assert to_prepare() == []
    owes(scene, -50, "payment:1")
    scene.decide()
    assert scene.now(held) == GOES
    assert to_prepare() == [held.order_id]


def test_a_limit_raised_frees_what_it_held(scene: Scene) -> None:
    scene.title("Dune", copies=9)
    limit(scene, 10)
    held = scene.order("R1", {"Dune": 1})
    assert words(held.lines) == HELD
    limit(scene, 20)
    assert scene.now(held) == GOES


def test_what_is_promised_counts_until_it_is_cancelled(scene: Scene) -> None:
    scene.title("Dune", copies=9)
    limit(scene, 60)
    first, second = scene.order("R1", {"Dune": 3}), scene.order("R2", {"Dune": 1})
    assert words(first.lines) == ["3 reserved available"]
    assert words(second.lines) == HELD
    actions.cancel(lines=[line(first)], reason=Reason.CUSTOMER_CANCELLED, at=scene.at, by=scene.by)
    assert scene.now(second) == GOES


def test_what_left_counts_once_before_and_once_after_its_invoice(scene: Scene) -> None:
    scene.title("Dune", copies=9)
    limit(scene, 60)
    first = scene.order("R1", {"Dune": 3})
    actions.take_ready(limit=1)
    take(line(first), 3)
    actions.record_shipped(shipped=[ShippedLine(line(first), 3, "note_line:1")], at=scene.at, by=scene.by)
    second = scene.order("R2", {"Dune": 1})
    assert words(second.lines) == HELD  # delivered, not invoiced
    for new in (1, 0):
        invoiced = [InvoicedLine(line(first), 3, "note_line:1")]
        assert actions.record_invoiced(invoiced=invoiced, at=scene.at, by=scene.by) == new
    with pytest.raises(actions.KeyReused):
        invoice(scene, line(first), 2, "note_line:1")
    owes(scene, 60, "invoice:1")
    assert scene.now(second) == HELD
    owes(scene, -60, "payment:1")
    assert scene.now(second) == GOES


def invoice(scene: Scene, line_id: int, copies: int, key: str) -> None:
    """Copies of a line are invoiced, if it counts against a limit, as billing finds out."""
    if sql.query("SELECT FROM orders_read_estimate WHERE line_id = %(line)s", {"line": line_id}):
        invoiced = [InvoicedLine(line_id, copies, key)]
        actions.record_invoiced(invoiced=invoiced, at=scene.at, by=scene.by)


def test_more_invoiced_than_left_is_found(scene: Scene) -> None:
    scene.title("Dune", copies=9)
    limit(scene, 60)
    first = scene.order("R1", {"Dune": 2})
    ship(scene, line(first), 2, "note_line:1")
    with transaction.atomic():
        invoice(scene, line(first), 2, "note_line:1")
        assert list(checks.only_what_left_is_invoiced()) == []
        invoice(scene, line(first), 1, "note_line:2")
        [finding] = checks.only_what_left_is_invoiced()
        transaction.set_rollback(True)
    assert (finding.expected, finding.found) == (2, 3)


def test_no_copy_is_worth_less_than_nothing(scene: Scene) -> None:
    scene.title("Dune", copies=9)
    first = scene.order("R1", {"Dune": 3})
    with pytest.raises(IntegrityError, match="orders_no_estimate_negative"), transaction.atomic():
        Estimate.objects.create(
            line_id=line(first), customer_id=scene.cast.shop, net=Decimal("-0.01"), act_id=scene.act
        )


def test_no_limit_is_negative(scene: Scene) -> None:
    with pytest.raises(IntegrityError, match="terms_account_credit_limit"), transaction.atomic():
        limit(scene, -1)


@pytest.mark.parametrize("invoiced", ["before the limit", "once the rest left"])
def test_a_line_begun_before_the_limit_is_held_and_never_counted(scene: Scene, invoiced: str) -> None:
    scene.title("Dune", copies=4)
    begun = scene.order("R1", {"Dune": 10})
    ship(scene, line(begun), 4, "note_line:1")
    if invoiced == "before the limit":
        invoice(scene, line(begun), 4, "note_line:1")
    limit(scene, 100)
    scene.arrive("Dune", 6)
    scene.decide()
    assert scene.now(begun) == ["4 shipped shipped + 6 held over_limit"]
    limit(scene, 120)
    scene.decide()
    assert scene.now(begun) == ["6 reserved available + 4 shipped shipped"]
    assert engaged() == 0
    expect_sound()
    ship(scene, line(begun), 6, "note_line:2")
    if invoiced == "once the rest left":
        invoice(scene, line(begun), 4, "note_line:1")
    invoice(scene, line(begun), 6, "note_line:2")
    assert engaged() == 0


def test_a_line_on_its_way_when_the_limit_comes_goes_on(scene: Scene) -> None:
    scene.title("Dune", copies=4)
    begun = scene.order("R1", {"Dune": 10})
    limit(scene, 10)
    scene.arrive("Dune", 3)
    scene.decide()
    assert scene.now(begun) == ["7 reserved available + 3 backordered missing"]
    ship(scene, line(begun), 4, "note_line:1")
    expect_sound()


def test_a_note_reopened_once_the_limit_is_known_counts_anew(scene: Scene) -> None:
    scene.title("Dune", copies=3)
    begun = scene.order("R1", {"Dune": 3})
    ship(scene, line(begun), 3, "note_line:1")
    limit(scene, 60)
    scene.arrive("Dune", 3)  # back on the shelf
    back = [ShippedLine(line(begun), 3, "reopen:1")]
    actions.record_unshipped(unshipped=back, at=scene.at, by=scene.by)
    assert scene.now(begun) == ["3 reserved available"]
    assert engaged() == 3 * PRICE
    ship(scene, line(begun), 3, "note_line:2")
    invoice(scene, line(begun), 3, "note_line:2")
    assert engaged() == 0


def test_a_large_order_is_held_and_a_smaller_one_after_it_leaves(scene: Scene) -> None:
    scene.title("Dune", copies=99)
    limit(scene, 100)
    large, small = scene.receive(scene.message("R1", {"Dune": 10}), scene.message("R2", {"Dune": 1}))
    assert words(large.lines) == ["10 held over_limit"]
    assert words(small.lines) == GOES


def test_missing_copies_are_awaited_and_cost_nothing_yet(scene: Scene) -> None:
    scene.title("Dune")
    limit(scene, 10)
    outcome = scene.order("R1", {"Dune": 1})
    assert words(outcome.lines) == ["1 backordered missing"]
    scene.arrive("Dune", 1)
    scene.decide()
    assert scene.now(outcome) == HELD


def test_the_discount_counts_and_free_copies_do_not(scene: Scene) -> None:
    scene.title("Dune", copies=99)
    Discount.objects.create(from_on=cast.LONG_AGO, base=Decimal(50), free_per=12, act_id=scene.act)
    limit(scene, 114)  # twelve copies at half of 18.9573 are 113.74
    assert words(scene.order("R1", {"Dune": 12}).lines) == ["12 reserved available", "1 reserved available"]
    assert words(scene.order("R2", {"Dune": 1}).lines) == HELD


def test_a_consignee_owes_what_it_sells(scene: Scene) -> None:
    scene.title("Dune", copies=9)
    limit(scene, 10, sale_mode="consignment")
    assert words(scene.order("R1", {"Dune": 1}).lines) == GOES


def test_a_house_may_have_a_limit_for_everybody(scene: Scene) -> None:
    scene.title("Dune", copies=9)
    AccountTerms.objects.create(from_on=cast.LONG_AGO, credit_limit=10, act_id=scene.act)
    assert words(scene.order("R1", {"Dune": 1}).lines) == HELD
    limit(scene, None)
    assert words(scene.order("R2", {"Dune": 1}).lines) == GOES


def test_under_the_minimum_nothing_is_owed_yet(scene: Scene) -> None:
    scene.title("Dune", copies=9)
    limit(scene, 30, order_minimum=Decimal(25))
    first = scene.order("R1", {"Dune": 1})
    assert words(first.lines) == ["1 grouped below_minimum until 2026-03-09"]
    second = scene.order("R2", {"Dune": 1})
    assert [scene.now(first), words(second.lines)] == [GOES, HELD]


def test_copies_of_a_limited_account_take_as_many_statements_however_many(scene: Scene) -> None:
    for name in "abcdefgh":
        scene.title(name, copies=99)
    limit(scene, 100_000)
    scene.order("R0", {"a": 1})

    def statements(reference: str, titles: str) -> int:
        with CaptureQueriesContext(connection) as asked:
            scene.receive(
                *(scene.message(f"{reference}{n}", dict.fromkeys(titles, 1)) for n in range(len(titles)))
            )
        return len(asked)

    assert statements("A", "a") == statements("B", "abcdefgh")


def test_an_account_without_a_limit_costs_no_statement(scene: Scene) -> None:
    scene.title("Dune", copies=9)
    with CaptureQueriesContext(connection) as asked:
        scene.order("R1", {"Dune": 1})
    said = " ".join(query["sql"] for query in asked.captured_queries)
    assert not [table for table in ("orders_estimate", "orders_engaged", "debt") if table in said]


# The whole against its naive twin: orders, payments and cancellations in any order

steps = st.lists(
    st.one_of(
        st.tuples(st.just("order"), st.integers(1, 8)),
        st.tuples(st.just("urgent"), st.integers(1, 8)),
        st.tuples(st.just("owe"), st.integers(-80, 80).filter(bool)),
        st.tuples(st.just("cancel"), st.integers(0, 5)),
        st.tuples(st.just("decide"), st.just(0)),
    ),
    min_size=1,
    max_size=8,
)


class Naive:
    """The rule as a clerk would apply it, order by order, with a pencil."""

    def __init__(self, limit: int) -> None:
        self.limit, self.debt = limit, Decimal(0)
        self.orders: list[tuple[bool, int, str]] = []  # urgent, copies, fate

    def engaged(self) -> Decimal:
        return sum((PRICE * copies for _, copies, fate in self.orders if fate == "reserved"), Decimal(0))

    def order(self, copies: int, *, urgent: bool) -> None:
        self.orders.append((urgent, copies, "held"))
        self._try(len(self.orders) - 1)

    def decide(self) -> None:
        for number in sorted(range(len(self.orders)), key=lambda one: (not self.orders[one][0], one)):
            if self.orders[number][2] == "held":
                self._try(number)

    def cancel(self, number: int) -> None:
        if number < len(self.orders):
            self.orders[number] = (*self.orders[number][:2], "cancelled")

    def _try(self, number: int) -> None:
        urgent, copies, _ = self.orders[number]
        if self.debt + self.engaged() + PRICE * copies <= self.limit:
            self.orders[number] = (urgent, copies, "reserved")


@settings(max_examples=25, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(amount=st.integers(0, 400), said=steps)
def test_the_house_holds_what_a_clerk_would(scene: Scene, amount: int, said: list[tuple[str, int]]) -> None:
    naive = Naive(amount)
    outcomes: list[OrderOutcome] = []
    with transaction.atomic():
        scene.at = MORNING
        scene.title(f"Dune {scene.files}", copies=500)
        title = list(scene.gtins)[-1]
        limit(scene, amount)
        for number, (what, many) in enumerate(said):
            if what in ("order", "urgent"):
                kind = Kind.URGENT if what == "urgent" else Kind.RESTOCK
                outcomes.append(scene.order(f"N{scene.files}-{number}", {title: many}, kind=kind))
                naive.order(many, urgent=what == "urgent")
            elif what == "owe":
                owes(scene, many, f"step:{scene.files}:{number}")
                naive.debt += many
            elif what == "cancel":
                if many < len(outcomes):
                    actions.cancel(
                        lines=[line(outcomes[many])],
                        reason=Reason.CUSTOMER_CANCELLED,
                        at=scene.at,
                        by=scene.by,
                    )
                naive.cancel(many)
            else:
                scene.at += timedelta(hours=1)
                scene.decide()
                naive.decide()
        told = queries.fates(outcome.order_id or 0 for outcome in outcomes)
        found = [str(part.fate) for one in told for told_line in one.lines for part in told_line.parts]
        expect_sound()
        transaction.set_rollback(True)
    assert found == [fate for _, _, fate in naive.orders]


# A limit that comes, goes and changes while lines live: whatever happens to them, the cache is what the facts say

lives = st.lists(
    st.one_of(
        st.tuples(st.just("limit"), st.sampled_from([None, 0, 100, 400])),
        st.tuples(st.just("order"), st.integers(1, 8)),
        st.tuples(st.just("arrive"), st.integers(1, 8)),
        st.tuples(st.just("ship"), st.integers(0, 3)),
        st.tuples(st.just("invoice"), st.integers(0, 3)),
        st.tuples(st.just("cancel"), st.integers(0, 3)),
    ),
    min_size=4,
    max_size=12,
)


@settings(max_examples=25, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(said=lives)
@example(
    said=[
        ("arrive", 4), ("order", 8), ("ship", 0), ("limit", 400), ("arrive", 4), ("ship", 0), ("invoice", 0)
    ]
)  # fmt: skip
def test_whenever_the_limit_comes_what_counts_is_what_the_facts_say(
    scene: Scene, said: list[tuple[str, int | None]]
) -> None:
    lines: list[int] = []
    left: dict[str, tuple[int, int]] = {}  # note line -> line and copies not invoiced yet
    with transaction.atomic():
        scene.at = MORNING
        scene.title(f"Dune {scene.files}")
        title = list(scene.gtins)[-1]
        for number, (what, many) in enumerate(said):
            if what == "limit":
                limit(scene, many)
            elif what == "order":
                lines.append(line(scene.order(f"L{scene.files}-{number}", {title: many or 0})))
            elif what == "arrive":
                scene.arrive(title, many or 0)
                scene.decide()
            elif what == "cancel":
                chosen = lines[many : (many or 0) + 1]
                actions.cancel(lines=chosen, reason=Reason.CUSTOMER_CANCELLED, at=scene.at, by=scene.by)
            elif what == "ship":
                for one in lines[many : (many or 0) + 1]:
                    left |= _all_that_is_reserved(scene, one, f"note_line:{number}")
            elif what == "invoice" and left:
                key = sorted(left)[(many or 0) % len(left)]
                invoice(scene, *left.pop(key), key)
            expect_sound()
        for key, gone in left.items():
            invoice(scene, *gone, key)
        expect_sound()
        transaction.set_rollback(True)


def _all_that_is_reserved(scene: Scene, line_id: int, key: str) -> dict[str, tuple[int, int]]:
    """Every copy reserved of a line leaves, one note line for each promise."""
    [state] = sql.query("SELECT reserved FROM orders_line_state WHERE line_id = %(line)s", {"line": line_id})
    notes: dict[str, tuple[int, int]] = {}
    for promise in stock.pending([line_id]) if state.reserved else ():
        ship(scene, line_id, promise.quantity, f"{key}.{promise.reservation_id}")
        notes[f"{key}.{promise.reservation_id}"] = line_id, promise.quantity
    return notes
