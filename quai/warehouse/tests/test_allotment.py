"""Which promise is fetched from which bin: the statement against a picker who counts on his fingers."""

from __future__ import annotations

from collections import defaultdict
from typing import NamedTuple

from django.db import transaction
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from quai.orders.models import TodoPrepare
from quai.stock.models import BinBalance
from quai.warehouse.actions import prepare
from quai.warehouse.models import Pick
from quai.warehouse.tests.depot import Depot

TITLES = ("Le Phare", "La Marée")
WALK = ("A-01", "A-02", "R-01")  # pick places, then the reserve


class Wish(NamedTuple):
    """One line of an order, in a first or a second wave."""

    title: str
    copies: int
    wave: int


stocks = st.fixed_dictionaries({(title, place): st.integers(0, 6) for title in TITLES for place in WALK})
wishes = st.lists(
    st.builds(Wish, st.sampled_from(TITLES), st.integers(1, 5), st.integers(1, 2)), min_size=1, max_size=8
)


def walked(shelves: dict[tuple[str, str], int], wanted: list[Wish]) -> list[tuple[str, str, int]]:
    """Fetch each promise in turn, walking the places in order; what no shelf holds is not promised."""
    left = dict(shelves)
    fetched = []
    promised: dict[int, list[tuple[str, int]]] = defaultdict(list)
    for wave in (1, 2):
        for wish in (one for one in wanted if one.wave == wave):
            free = sum(left[wish.title, place] for place in WALK) - sum(
                copies for title, copies in promised[wave] if title == wish.title
            )
            promised[wave].append((wish.title, min(wish.copies, free)))
        for title, copies in promised[wave]:
            for place in WALK:
                taken = min(copies, left[title, place])
                left[title, place] -= taken
                copies -= taken
                if taken:
                    fetched.append((title, place, taken))
    return fetched


@settings(max_examples=25, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(shelves=stocks, wanted=wishes)
def test_bins_are_those_of_the_walk(
    depot: Depot, shelves: dict[tuple[str, str], int], wanted: list[Wish]
) -> None:
    savepoint = transaction.savepoint()
    try:
        for (title, place), copies in shelves.items():
            if copies:
                depot.put(copies, title, place)
        for wave in (1, 2):
            for number, wish in enumerate(wanted):
                if wish.wave == wave:
                    depot.order(f"R{number}", (wish.copies, wish.title))
            prepare(at=depot.at, by=depot.actor)
        names = {product: title for title, product in depot.cast.titles.items()}
        picks = Pick.objects.order_by("reservation_id", "rank").values_list(
            "reservation__pool__product_id", "location__code", "quantity"
        )
        found = sorted((names[product], place, copies) for product, place, copies in picks)
        assert found == sorted(walked(shelves, wanted))
        assert not depot.findings()
    finally:
        transaction.savepoint_rollback(savepoint)


def test_what_the_bins_do_not_hold_waits_and_is_found(depot: Depot) -> None:
    depot.put(3, "Le Phare", "A-01")
    depot.put(3, "Le Phare", "R-01")
    depot.order("R1", (2, "Le Phare"))
    [late] = depot.order("R2", (4, "Le Phare"))
    shelf = BinBalance.objects.filter(location__code="R-01")
    shelf.update(on_hand=1)  # a bin and its pool have come apart, which the ledger itself never does
    prepare(at=depot.at, by=depot.actor)
    assert list(Pick.objects.values_list("quantity", flat=True)) == [2]
    assert TodoPrepare.objects.count() == 1
    assert "warehouse.unplaced" in {finding.code for finding in depot.findings()}
    shelf.update(on_hand=3)
    prepare(at=depot.at, by=depot.actor)
    assert sorted(Pick.objects.values_list("quantity", flat=True)) == [1, 2, 3]
    assert depot.fate(late) == {"reserved": 4}
    assert not depot.findings()
