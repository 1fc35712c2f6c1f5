"""Sets of moves, picks and counts: keys, refusals, balances against a naive ledger, numbers of statements."""

from __future__ import annotations

from collections import Counter
from typing import Any

import pytest
from django.db import Error, connection, transaction
from django.test.utils import CaptureQueriesContext
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from quai.core import caches, seals
from quai.core.refusals import InvariantError
from quai.stock import actions, checks, queries
from quai.stock.models import BinBalance, Movement, PoolBalance, Resolution
from quai.stock.tests import stand
from quai.stock.types import Arrival, Count, Demand, Missing, Move, NewPlace, PickedCopies, Reason

pytestmark = pytest.mark.django_db
few = settings(max_examples=30, deadline=None, suppress_health_check=list(HealthCheck))
REAL = ["A-01", "A-02", "R-01", "QUAI"]
PLACES = [*REAL, "supplier", "customer"]
steps = st.tuples(
    st.integers(0, 1), st.sampled_from(PLACES), st.sampled_from(PLACES), st.integers(1, 5)
).filter(lambda step: step[1] != step[2])


def move_naively(bins: Counter[tuple[int, str]], moves: list[tuple[int, str, str, int]]) -> bool:
    """Move in order; a call that leaves a real place below zero changes nothing."""
    after = Counter(bins)
    for title, origin, place, quantity in moves:
        after[title, origin] -= quantity
        after[title, place] += quantity
    if any(copies < 0 and place in REAL for (_, place), copies in after.items()):
        return False
    bins.clear()
    bins.update(after)
    return True


@few
@given(st.lists(st.lists(steps, min_size=1, max_size=6), max_size=6))
def test_moves_net_out_and_no_bin_goes_below_zero(calls: list[list[tuple[int, str, str, int]]]) -> None:
    with transaction.atomic():
        depot = stand.depot(2)
        bins: Counter[tuple[int, str]] = Counter()
        for number, call in enumerate(calls):
            moves = [
                Move(
                    depot.titles[t],
                    depot.cast.publisher,
                    depot.place(o),
                    depot.place(p),
                    q,
                    "receipt",
                    f"{number}:{rank}",
                )
                for rank, (t, o, p, q) in enumerate(call)
            ]
            before = Movement.objects.count()
            if move_naively(bins, call):
                assert actions.move(moves=moves, at=stand.AT, by=depot.by) == len(moves)
                assert actions.move(moves=moves, at=stand.AT, by=depot.by) == 0
            else:
                with pytest.raises(actions.NotThere):
                    actions.move(moves=moves, at=stand.AT, by=depot.by)
                assert Movement.objects.count() == before
        for number, title in enumerate(depot.titles):
            for code in REAL:
                found = BinBalance.objects.filter(product=title, location=depot.place(code)).values_list(
                    "on_hand", flat=True
                )
                assert sum(found) == bins[number, code]
        assert stand.findings() == []
        transaction.set_rollback(True)


def release_naively(promised: list[int], shortage: int) -> list[int]:
    """Which promises (by age) a shortage takes back: the youngest, whole, until it is covered."""
    taken_back: list[int] = []
    while shortage > sum(promised[age] for age in taken_back):
        taken_back.insert(0, len(promised) - 1 - len(taken_back))
    return taken_back


@few
@given(st.lists(st.integers(1, 5), max_size=6), st.integers(0, 30), st.integers(0, 5))
def test_a_count_takes_back_no_more_promises_than_it_must(
    promised: list[int], counted: int, spare: int
) -> None:
    with transaction.atomic():
        depot = stand.depot(1)
        [title] = depot.titles
        if sum(promised) + spare:
            depot.stock(sum(promised) + spare)
        demands = [Demand(age, title, quantity) for age, quantity in enumerate(promised)]
        actions.reserve(demands=demands, at=stand.AT, by=depot.by)
        count = Count("A-01", title, depot.cast.publisher, counted, "count")
        done = actions.adjust(counts=[count], reason="inventaire", at=stand.AT, by=depot.by)
        shortage = sum(promised) - counted
        assert [promise.key for promise in done.released] == release_naively(promised, shortage)
        assert sum(difference.quantity for difference in done.differences) == counted - sum(promised) - spare
        assert actions.adjust(counts=[count], reason="inventaire", at=stand.AT, by=depot.by) == ([], [])
        assert stand.findings() == []
        transaction.set_rollback(True)


def test_promises_being_picked_are_taken_back_last() -> None:
    depot = stand.depot(1)
    [title] = depot.titles
    depot.stock(3)
    demands = [Demand(key, title, 1) for key in (1, 2, 3)]
    promises = actions.reserve(demands=demands, at=stand.AT, by=depot.by)
    count = Count("A-01", title, depot.cast.publisher, 1, "count")
    hand = [promises[2].reservation_id]
    done = actions.adjust(counts=[count], reason="inventaire", at=stand.AT, by=depot.by, in_hand=hand)
    assert [promise.key for promise in done.released] == [1, 2]


def test_a_key_that_comes_again_must_say_the_same() -> None:
    depot = stand.depot(1)
    [title] = depot.titles
    who = depot.cast.publisher
    arrival = Arrival(title, who, "A-01", 5, "file:1")
    assert actions.receive(arrivals=[arrival], at=stand.AT, by=depot.by) == 1
    assert (
        actions.receive(arrivals=[arrival, arrival._replace(source_key="file:2")], at=stand.AT, by=depot.by)
        == 1
    )
    with pytest.raises(actions.KeyReused, match="file:1"), transaction.atomic():
        actions.receive(arrivals=[arrival._replace(quantity=6)], at=stand.AT, by=depot.by)
    with pytest.raises(actions.UnknownPlace):
        actions.receive(arrivals=[arrival._replace(location_code="nowhere")], at=stand.AT, by=depot.by)
    count = Count("A-01", title, who, 9, "count:1")
    actions.adjust(counts=[count], reason="inventaire", at=stand.AT, by=depot.by)
    with pytest.raises(actions.KeyReused):
        actions.adjust(counts=[count._replace(counted=8)], reason="inventaire", at=stand.AT, by=depot.by)
    again = [count._replace(source_key=key) for key in ("count:2", "count:3")]
    with pytest.raises(actions.CountedTwice):
        actions.adjust(counts=again, reason="inventaire", at=stand.AT, by=depot.by)
    with (
        pytest.raises(InvariantError),
        transaction.atomic(),
    ):  # a place of the outside world has no shelf to count
        actions.adjust(
            counts=[count._replace(location_code="LOSS", source_key="c")],
            reason="x",
            at=stand.AT,
            by=depot.by,
        )
    report = Missing(depot.place("A-01"), title, who, 1, "report:1")
    assert actions.report_missing(missing=[report], at=stand.AT, by=depot.by) == []
    assert actions.report_missing(missing=[report], at=stand.AT, by=depot.by) == []
    with pytest.raises(actions.KeyReused):
        actions.report_missing(missing=[report._replace(quantity=2)], at=stand.AT, by=depot.by)
    assert [bin_.on_hand for bin_ in queries.bins([title], site_id=depot.cast.site)] == [8]
    assert stand.findings() == []


def test_picks_taken_again_change_nothing_and_taken_otherwise_are_refused() -> None:
    depot = stand.depot(2)
    depot.stock(3)
    depot.stock(3, "A-02")
    promises = actions.reserve(
        demands=[Demand(n, t, 4) for n, t in enumerate(depot.titles)], at=stand.AT, by=depot.by
    )
    one, two = (promise.reservation_id for promise in promises)
    picks = [
        PickedCopies(one, depot.place("A-01"), 3, "p1"),
        PickedCopies(one, depot.place("A-02"), 1, "p2"),
        PickedCopies(two, depot.place("A-01"), 0, "p3"),
    ]
    assert actions.take(picks=picks, at=stand.AT, by=depot.by) == 2
    assert actions.take(picks=picks, at=stand.AT, by=depot.by) == 0
    assert list(Resolution.objects.order_by("reservation").values_list("taken", "released", "reason")) == [
        (4, 0, ""), (0, 4, "shortage"),
    ]  # fmt: skip
    for wrong, refusal in [
        ([picks[0]], actions.AlreadyEnded),
        ([picks[2]._replace(quantity=1)], actions.AlreadyEnded),
        ([picks[0], picks[1]._replace(location_id=depot.place("R-01"))], actions.KeyReused),
        ([PickedCopies(two, depot.place("A-01"), 5, "p4")], actions.MoreThanPromised),
    ]:
        with pytest.raises(refusal), transaction.atomic():
            actions.take(picks=wrong, at=stand.AT, by=depot.by)
    with pytest.raises(actions.UnknownPlace):
        actions.take(picks=picks, to="nowhere", at=stand.AT, by=depot.by)
    assert queries.history(depot.titles[0], limit=2)[0].to_code == "QUAI"
    assert stand.findings() == []


def test_places_are_opened_once_and_never_become_others() -> None:
    depot = stand.depot(0)
    where: dict[str, Any] = {"site_code": "D2", "site_name": "Annexe", "at": stand.AT, "by": depot.by}
    places = [NewPlace("B-01", "pick", 3), NewPlace("B-QUAI", "staging")]
    site = actions.open_places(places=places, **where)
    assert actions.open_places(places=places, **where) == site == queries.site("D2")
    assert queries.place("CONSIGNMENT")
    with pytest.raises(actions.PlaceDiffers):
        actions.open_places(places=[NewPlace("B-01", "bulk")], **where)
    with pytest.raises(actions.PlaceDiffers):
        actions.open_places(places=[NewPlace("A-01", "pick")], **where)
    with pytest.raises(queries.UnknownSite):
        queries.site("D9")


def _statements(depot: stand.Depot, titles: list[int], key: str) -> list[int]:
    """How many statements each verb takes for these titles."""
    shelf, bulk, who = depot.place("A-01"), depot.place("R-01"), depot.cast.publisher
    counted = []

    def run(verb: str, **given_: object) -> object:
        with CaptureQueriesContext(connection) as queries_:
            result = getattr(actions, verb)(**given_, at=stand.AT, by=depot.by)
        counted.append(len(queries_))
        return result

    run("receive", arrivals=[Arrival(t, who, "R-01", 9, f"{key}a{t}") for t in titles])
    run("move", moves=[Move(t, who, bulk, shelf, 5, Reason.REPLENISHMENT, f"{key}m{t}") for t in titles])
    promises = run("reserve", demands=[Demand(t, t, 1) for t in titles for _ in range(4)])
    assert isinstance(promises, list)
    half = len(promises) // 2
    picks = [PickedCopies(p.reservation_id, shelf, 1, f"{key}p{p.reservation_id}") for p in promises[:half]]
    run("take", picks=picks)
    run("take", picks=picks)
    run("report_missing", missing=[Missing(shelf, t, who, 1, f"{key}x{t}") for t in titles])
    run("adjust", counts=[Count("R-01", t, who, 0, f"{key}c{t}") for t in titles], reason="inventaire")
    run("release", reservations=[p.reservation_id for p in promises[half:]], reason="test")
    return counted


def test_statements_do_not_grow_with_lines() -> None:
    depot = stand.depot(60)
    assert _statements(depot, depot.titles[:2], "few") == _statements(depot, depot.titles[2:], "many")
    assert stand.findings() == []


def test_tampering_and_drift_are_found() -> None:
    depot = stand.depot(1)
    depot.stock(5)
    actions.reserve(demands=[Demand(1, depot.titles[0], 2)], at=stand.AT, by=depot.by)
    PoolBalance.objects.update(reserved=1)
    BinBalance.objects.update(on_hand=6)
    assert {finding.code for finding in stand.findings()} == {
        "stock_pool_balance.drift",
        "stock_bin_balance.drift",
    }
    for cache in checks.CACHES:
        caches.rebuild(cache)
    assert stand.findings() == []
    assert list(seals.broken(checks.SEALED)) == []


@pytest.mark.parametrize(
    "statement",
    [
        "UPDATE stock_pool_balance SET reserved = on_hand + 1",
        "UPDATE stock_bin_balance SET on_hand = -1",
        "UPDATE stock_movement SET quantity = 9",
        "DELETE FROM stock_resolution",
        "SELECT * FROM stock_reservation FOR UPDATE",
    ],
)
def test_the_database_itself_refuses(statement: str) -> None:
    depot = stand.depot(1)
    depot.stock(5)
    with pytest.raises(Error), transaction.atomic(), connection.cursor() as cursor:
        cursor.execute(statement)
    assert stand.findings() == []


@pytest.mark.parametrize(
    ("index", "statement"),
    [
        ("stock_movement_of_product", "stock/history.sql"),
        ("stock_movement_once", "stock/known_moves.sql"),
        ("stock_reservation_demand", "stock/pending.sql"),
        ("stock_reservation_of_pool", "stock/youngest.sql"),
        ("stock_pool_once", "stock/pools.sql"),
    ],
)
def test_every_index_has_its_query(index: str, statement: str) -> None:
    from quai.core import sql

    given_: dict[str, Any] = {
        "product": 1, "before": 1, "limit": 1, "demands": [1], "pools": [1], "copies": [1], "in_hand": [],
        "products": [1],
        "owners": [1], "states": ["sellable"], "origins": [1], "places": [2], "quantities": [1], "reasons": ["pick"],
        "keys": ["k"],
    }  # fmt: skip
    with connection.cursor() as cursor:
        cursor.execute("SET LOCAL enable_seqscan = off")
        cursor.execute("SET LOCAL enable_bitmapscan = off")
        cursor.execute("EXPLAIN " + sql.text(statement), given_)
        assert index in "\n".join(row[0] for row in cursor.fetchall())
