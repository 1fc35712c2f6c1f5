"""What people stop: a shop wants less, an account is blocked. What a wave holds goes on its way, and is told."""

from __future__ import annotations

from datetime import timedelta

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from quai.access.actions import system
from quai.core import sql
from quai.core.findings import Finding
from quai.core.models import Act
from quai.orders.checks import CHECKS as ORDER_CHECKS
from quai.orders.models import LineMove, TodoPrepare
from quai.orders.types import CancelOutcome, Reason
from quai.stock import queries as stock
from quai.terms.models import Hold
from quai.warehouse import actions, queries
from quai.warehouse.tests.depot import OTHER_GLN, Depot
from tests.meanwhile import meanwhile


def cancel(depot: Depot, copies: dict[int, int | None]) -> list[CancelOutcome]:
    return actions.cancel(copies=copies, reason=Reason.CUSTOMER_CANCELLED, at=depot.at, by=depot.actor)


def prepare(depot: Depot) -> None:
    actions.prepare(at=depot.at, by=depot.actor)


def available(depot: Depot, title: str) -> int:
    return sum(pool.available for pool in stock.pools([depot.cast.titles[title]]))


def findings(depot: Depot) -> list[Finding]:
    return depot.findings() + [finding for check in ORDER_CHECKS for finding in check()]


def test_an_order_is_cancelled_and_its_copies_are_free_for_others(depot: Depot) -> None:
    depot.put(3, "Le Phare", "A-01")
    line, other = depot.order("R1", (2, "Le Phare"), (5, "La Marée"))
    assert cancel(depot, {line: None, other: None}) == [
        CancelOutcome(line, 2, 0, 0),
        CancelOutcome(other, 5, 0, 0),
    ]
    assert (depot.fate(line), depot.fate(other)) == ({"cancelled": 2}, {"cancelled": 5})
    assert available(depot, "Le Phare") == 3
    assert not TodoPrepare.objects.exists()
    moves = LineMove.objects.count()
    assert cancel(depot, {line: None, other: None}) == [
        CancelOutcome(line, 0, 0, 0),
        CancelOutcome(other, 0, 0, 0),
    ]
    assert LineMove.objects.count() == moves
    assert not findings(depot)


def test_what_a_picker_fetches_or_the_truck_took_is_told_not_cancelled(depot: Depot) -> None:
    depot.put(3, "Le Phare", "A-01")
    [line] = depot.order("R1", (5, "Le Phare"))
    prepare(depot)
    assert cancel(depot, {line: None}) == [CancelOutcome(line, 2, 3, 0)]
    assert depot.fate(line) == {"reserved": 3, "cancelled": 2}
    actions.ship(shorts={}, at=depot.at, by=depot.actor)
    assert cancel(depot, {line: None}) == [CancelOutcome(line, 0, 0, 3)]
    assert depot.fate(line) == {"shipped": 3, "cancelled": 2}
    assert not findings(depot)


def test_copies_on_the_dock_are_not_cancelled(depot: Depot) -> None:
    """Fetched, their note not closed yet, while another line of the order is to be prepared."""
    depot.put(3, "Le Phare", "A-01")
    line, other = depot.order("R1", (3, "Le Phare"), (1, "La Marée"))
    prepare(depot)
    [shipment] = {
        stop.shipment_id for wave in queries.open_waves() for stop in queries.pick_list(wave.wave_id).stops
    }
    actions.record_picks(shipments=[shipment], shorts={}, at=depot.at, by=depot.actor)
    depot.put(1, "La Marée", "A-01")
    depot.decide()
    assert cancel(depot, {line: None, other: None}) == [
        CancelOutcome(line, 0, 3, 0),
        CancelOutcome(other, 1, 0, 0),
    ]
    assert not depot.findings()
    assert len(actions.ship(shorts={}, at=depot.at, by=depot.actor).notes) == 1
    assert not findings(depot)


def test_a_shop_wants_fewer_copies_and_those_missing_go_first(depot: Depot) -> None:
    depot.put(3, "Le Phare", "A-01")
    [line] = depot.order("R1", (5, "Le Phare"))
    assert cancel(depot, {line: 1}) == [CancelOutcome(line, 1, 0, 0)]
    assert depot.fate(line) == {"reserved": 3, "backordered": 1, "cancelled": 1}
    assert cancel(depot, {line: 1}) == [CancelOutcome(line, 0, 0, 0)]  # the same command again
    assert cancel(depot, {line: 4}) == [CancelOutcome(line, 3, 0, 0)]
    assert depot.fate(line) == {"reserved": 1, "cancelled": 4}
    assert available(depot, "Le Phare") == 2
    prepare(depot)
    assert [wave.shipments for wave in queries.open_waves()] == [1]
    assert not findings(depot)


def test_thirteen_to_the_dozen_is_earned_by_what_remains(depot: Depot) -> None:
    depot.put(40, "Le Phare", "A-01")
    depot.discount("36", free_per=12)
    [line, free] = depot.order("R1", (24, "Le Phare"))
    assert depot.fate(free) == {"reserved": 2}
    cancel(depot, {line: 1})
    assert depot.fate(free) == {"reserved": 1, "cancelled": 1}
    cancel(depot, {line: 12})
    assert depot.fate(free) == {"reserved": 1, "cancelled": 1}
    cancel(depot, {line: None})
    assert (depot.fate(line), depot.fate(free)) == ({"cancelled": 24}, {"cancelled": 2})
    assert not findings(depot)


@given(
    there=st.integers(0, 6),
    ordered=st.integers(1, 6),
    asked=st.lists(st.one_of(st.none(), st.integers(1, 7)), min_size=1, max_size=3),
    wave=st.booleans(),
    blocked=st.booleans(),
)
@settings(max_examples=25, deadline=None, suppress_health_check=list(HealthCheck))
def test_cancelling_is_the_naive_arithmetic(
    depot: Depot, there: int, ordered: int, asked: list[int | None], *, wave: bool, blocked: bool
) -> None:
    from django.db import transaction

    with transaction.atomic():
        if there:
            depot.put(there, "Le Phare", "A-01")
        [line] = depot.order(f"R{depot.received}", (ordered, "Le Phare"))
        if wave:
            prepare(depot)
        if blocked:
            actions.hold(customers=[depot.cast.shop], reason="impayé", at=depot.at, by=depot.actor)
        stays = min(there, ordered) if wave else 0
        cancelled = 0
        for one in asked:
            wanted = min(ordered if one is None else one, ordered)
            cancelled = max(cancelled, min(wanted, ordered - stays))
            cancel(depot, {line: one})
            assert depot.fate(line).get("cancelled", 0) == cancelled
            assert not findings(depot)
        transaction.set_rollback(True)


def test_blocking_an_account_holds_what_no_wave_holds_and_lists_the_rest(depot: Depot) -> None:
    depot.put(9, "Le Phare", "A-01")
    depot.put(2, "La Marée", "A-02")
    [gone] = depot.order("R0", (1, "Le Phare"))
    prepare(depot)
    actions.close(shorts={}, at=depot.at, by=depot.actor)
    [going] = depot.order("R1", (2, "Le Phare"))
    prepare(depot)
    [stopped] = depot.order("R2", (3, "Le Phare"))
    [mixed] = depot.order("R3", (5, "La Marée"))

    held = actions.hold(customers=[depot.cast.shop], reason="impayé", at=depot.at, by=depot.actor)
    assert held.going == (going,)
    assert [note.number for note in held.notes] == ["BL2026-000001"]
    assert depot.fate(gone) == {"shipped": 1}
    assert depot.fate(going) == {"reserved": 2}
    assert (depot.fate(stopped), depot.fate(mixed)) == ({"held": 3}, {"held": 5})
    assert available(depot, "Le Phare") == 9 - 1 - 2 - 3  # held copies keep their promise
    assert not actions.prepare(at=depot.at, by=depot.actor)
    assert not findings(depot)

    again = actions.hold(customers=[depot.cast.shop], reason="impayé", at=depot.at, by=depot.actor)
    assert (again.going, again.decided.changed) == ((going,), 0)
    assert Hold.objects.filter(customer_id=depot.cast.shop).count() == 1

    actions.free(customers=[depot.cast.shop], reason="payé", at=depot.at, by=depot.actor)
    assert (depot.fate(stopped), depot.fate(mixed)) == ({"reserved": 3}, {"reserved": 2, "backordered": 3})
    assert len(actions.prepare(at=depot.at, by=depot.actor)) == 1
    assert not actions.free(customers=[depot.cast.shop], reason="payé", at=depot.at, by=depot.actor).changed
    assert not findings(depot)


def test_what_entered_a_wave_while_the_block_waited_goes_on(fresh_house: str) -> None:
    """An order comes and is prepared by somebody else, while whoever blocks the account waits for the preparer."""
    depot = Depot(system())
    depot.put(9, "Le Phare", "A-01")
    lines: list[int] = []

    def wave() -> None:
        lines.extend(depot.order("R1", (2, "Le Phare")))
        prepare(depot)

    held = meanwhile(
        lambda: actions.hold(customers=[depot.cast.shop], reason="impayé", at=depot.at, by=depot.actor),
        first=lambda: sql.rows("warehouse/one_preparer.sql"),
        then=wave,
    )
    assert held.going == tuple(lines)
    assert depot.fate(lines[0]) == {"reserved": 2}
    assert not findings(depot)


def test_blocking_an_account_whose_copies_all_go_decides_nothing(depot: Depot) -> None:
    depot.put(2, "Le Phare", "A-01")
    [going] = depot.order("R1", (2, "Le Phare"))
    prepare(depot)
    held = actions.hold(customers=[depot.cast.shop], reason="impayé", at=depot.at, by=depot.actor)
    assert (held.going, held.decided.considered) == ((going,), 0)
    assert not Act.objects.filter(verb="orders.decide").exists()
    assert not findings(depot)


def test_only_the_blocked_account_stops(depot: Depot) -> None:
    other = depot.another_shop()
    depot.put(9, "Le Phare", "A-01")
    [line] = depot.order("R1", (2, "Le Phare"))
    [others] = depot.order("R2", (2, "Le Phare"), shop=OTHER_GLN)
    actions.hold(customers=[other], reason="impayé", at=depot.at, by=depot.actor)
    assert (depot.fate(line), depot.fate(others)) == ({"reserved": 2}, {"held": 2})


def test_a_note_taken_back_from_a_blocked_account_is_held(depot: Depot) -> None:
    depot.put(3, "Le Phare", "A-01")
    [line] = depot.order("R1", (2, "Le Phare"))
    prepare(depot)
    actions.close(shorts={}, at=depot.at, by=depot.actor)
    [note] = actions.hold(customers=[depot.cast.shop], reason="impayé", at=depot.at, by=depot.actor).notes
    actions.reopen(notes=[note.note_id], at=depot.at, by=depot.actor, reason="compte bloqué")
    assert depot.fate(line) == {"held": 2}
    assert not findings(depot)


def test_notes_closed_and_left_on_the_dock_leave_with_their_truck(depot: Depot) -> None:
    depot.put(9, "Le Phare", "A-01")
    depot.order("R1", (2, "Le Phare"))
    prepare(depot)
    closed = actions.close(shorts={}, at=depot.at, by=depot.actor)
    assert (len(closed.notes), closed.departed) == (1, ())
    assert not actions.close(shorts={}, at=depot.at, by=depot.actor).notes
    assert not actions.take_departed(until=depot.at.date())
    later = depot.at + timedelta(hours=3)
    [waiting] = queries.notes_on_the_dock()
    assert waiting.number == "BL2026-000001"
    assert queries.notes_on_the_dock(customers=[depot.cast.blocked]) == []
    assert queries.notes_on_the_dock(carrier=depot.cast.shop) == []
    assert actions.ship(shorts={}, at=later, by=depot.actor).departed == closed.notes
    assert not findings(depot)


@pytest.mark.parametrize("verb", ["cancel", "hold", "free"])
def test_statements_do_not_grow_with_lines(depot: Depot, verb: str) -> None:
    def statements(reference: str, orders: int) -> int:
        depot.put(500, "Le Phare", "A-01")
        lines = [
            line
            for number in range(orders)
            for line in depot.order(f"{reference}{number}", (2, "Le Phare"), (1, "La Marée"))
        ]
        if verb == "free":
            actions.hold(customers=[depot.cast.shop], reason="", at=depot.at, by=depot.actor)
        with CaptureQueriesContext(connection) as asked:
            if verb == "cancel":
                cancel(depot, dict.fromkeys(lines, 1))
            else:
                verb_of = {"hold": actions.hold, "free": actions.free}[verb]
                verb_of(customers=[depot.cast.shop], reason="", at=depot.at, by=depot.actor)
        actions.free(customers=[depot.cast.shop], reason="", at=depot.at, by=depot.actor)
        return len(asked)

    few = statements("A", 1)
    assert statements("B", 20) <= few + 1
