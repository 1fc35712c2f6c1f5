"""Copies in = copies out, however a line splits."""

from __future__ import annotations

from collections import Counter

from hypothesis import given
from hypothesis import strategies as st

from quai.orders.splitting import Verdict, changes, parts
from quai.orders.types import OPEN_FATES, Fate, LinePart, Reason

verdicts = st.builds(
    Verdict,
    st.sampled_from([Fate.RESERVED, Fate.GROUPED, Fate.HELD, Fate.WAITING, Fate.REFUSED]),
    st.sampled_from(Reason),
    st.none(),
    st.sampled_from([Fate.BACKORDERED, Fate.REFUSED]),
    st.sampled_from(Reason),
    st.none(),
)
copies = st.integers(1, 20)


@given(quantity=copies, there=st.integers(0, 20), verdict=verdicts)
def test_every_copy_gets_one_fate(quantity: int, there: int, verdict: Verdict) -> None:
    ready = min(there, quantity)
    split = parts(quantity, ready, verdict)
    assert sum(part.quantity for part in split) == quantity
    assert all(part.quantity > 0 for part in split)
    assert sum(part.quantity for part in split if part.fate is Fate.RESERVED) <= ready


@given(data=st.data())
def test_moves_lead_from_the_fates_there_are_to_those_wanted(data: st.DataObject) -> None:
    current = data.draw(st.dictionaries(st.sampled_from(OPEN_FATES), copies, min_size=1))
    left = sum(current.values())
    wanted: list[LinePart] = []
    for fate in data.draw(st.permutations([Fate.RESERVED, Fate.BACKORDERED, Fate.HELD])):
        if left:
            quantity = left if len(wanted) == 2 else data.draw(st.integers(1, left))
            wanted.append(LinePart(fate, quantity, Reason.AVAILABLE, None))
            left -= quantity
    wanted[-1] = wanted[-1]._replace(quantity=wanted[-1].quantity + left)
    now = Counter(current)
    for change in changes(tuple(current.items()), wanted):
        assert change.quantity > 0
        assert now[change.from_fate] >= change.quantity
        now[change.from_fate] -= change.quantity
        now[change.to_fate] += change.quantity
    assert +now == Counter({part.fate: part.quantity for part in wanted})


def test_copies_that_stay_do_not_move() -> None:
    wanted = parts(
        5, 2, Verdict(Fate.RESERVED, Reason.AVAILABLE, None, Fate.BACKORDERED, Reason.MISSING, None)
    )
    [change] = changes(((Fate.BACKORDERED, 5),), wanted)
    assert (change.from_fate, change.to_fate, change.quantity) == (Fate.BACKORDERED, Fate.RESERVED, 2)
