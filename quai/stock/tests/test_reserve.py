"""Promises: the statement against a few lines of Python that anyone can check."""

from __future__ import annotations

from collections import Counter

import pytest
from django.db import transaction
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from quai.stock import actions, queries
from quai.stock.tests import stand
from quai.stock.types import Demand, Move

pytestmark = pytest.mark.django_db
TITLES = 4
few = settings(max_examples=40, deadline=None, suppress_health_check=list(HealthCheck))
quantities = st.integers(0, 6)


def reserve_naively(pools: dict[int, list[int]], demands: list[Demand]) -> list[tuple[int, int, int]]:
    """(demand, rank of the pool, copies) of each promise; `pools` has the free copies of each pool of a title."""
    promises = []
    for demand in demands:
        wanted = demand.quantity
        for rank, free in enumerate(pools.get(demand.product_id, [])):
            given_ = min(wanted, free)
            pools[demand.product_id][rank] -= given_
            wanted -= given_
            if given_:
                promises.append((demand.key, rank, given_))
    return promises


@few
@given(
    st.lists(st.lists(quantities, min_size=2, max_size=2), min_size=TITLES, max_size=TITLES),
    st.lists(
        st.lists(st.tuples(st.integers(1, 5), st.integers(0, TITLES), st.integers(0, 7)), max_size=8),
        max_size=3,
    ),
)
def test_reserve_is_first_come_first_served(
    copies: list[list[int]], calls: list[list[tuple[int, int, int]]]
) -> None:
    with transaction.atomic():
        depot = stand.depot(TITLES + 1)  # the last has no copies
        owners = [depot.cast.publisher, depot.cast.rival]
        for title, of_owners in zip(depot.titles, copies, strict=False):
            for owner, quantity in zip(owners, of_owners, strict=True):
                if quantity:
                    depot.stock(quantity, owner=owner, only=title)
        pools = queries.pools(depot.titles)
        free = {t: [pool.available for pool in pools if pool.product_id == t] for t in depot.titles}
        ranks = {t: [pool.owner_id for pool in pools if pool.product_id == t] for t in depot.titles}
        for call in calls:
            demands = [Demand(key, depot.titles[title], quantity) for key, title, quantity in call]
            promises = actions.reserve(demands=demands, at=stand.AT, by=depot.by)
            got = [(p.key, ranks[p.product_id].index(p.owner_id), p.quantity) for p in promises]
            assert got == reserve_naively(free, demands)
        assert stand.findings() == []
        transaction.set_rollback(True)


def test_a_demand_is_pending_until_its_promises_end() -> None:
    depot = stand.depot(2)
    depot.stock(5)
    first, second = depot.titles
    demands = [Demand(7, first, 2), Demand(8, second, 3), Demand(7, second, 1)]
    promises = actions.reserve(demands=demands, at=stand.AT, by=depot.by)
    assert queries.pending([7, 8, 9]) == promises
    assert (
        actions.release(reservations=[promises[0].reservation_id], reason="test", at=stand.AT, by=depot.by)
        == 1
    )
    assert (
        actions.release(reservations=[promises[0].reservation_id], reason="test", at=stand.AT, by=depot.by)
        == 0
    )
    assert queries.pending([7]) == [promises[2]]
    assert Counter(pool.available for pool in queries.pools(depot.titles)) == {5: 1, 1: 1}
    assert queries.pending([]) == []
    assert actions.reserve(demands=[], at=stand.AT, by=depot.by) == []


def test_copies_held_back_are_not_promised() -> None:
    depot = stand.depot(1)
    [title] = depot.titles
    move = Move(
        title,
        depot.cast.publisher,
        depot.place("supplier"),
        depot.place("A-01"),
        4,
        "opening",
        "q",
        "quarantine",
    )
    actions.move(moves=[move], at=stand.AT, by=depot.by)
    assert actions.reserve(demands=[Demand(1, title, 1)], at=stand.AT, by=depot.by) == []
    assert queries.bins([title], site_id=depot.cast.site) == []
    [pool] = queries.pools([title])
    assert (pool.state, pool.on_hand) == ("quarantine", 4)
