"""Whatever happens to a few orders over a few days, every copy has a fate and every promise is kept once."""

from __future__ import annotations

from collections.abc import Callable
from decimal import Decimal

from django.db import transaction
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from quai.core import sql
from quai.orders import actions
from quai.orders.tests import scene as stage
from quai.orders.tests.scene import Scene
from quai.orders.types import Reason, ShippedLine, ShortLine
from quai.stock import actions as stock
from quai.stock import queries
from quai.stock.types import PickedCopies
from quai.terms.models import AccountTerms, Discount, Hold
from tests import cast

TITLES = ("Dune", "Emma")
small = st.integers(1, 6)
titles = st.sampled_from(TITLES)
happenings = st.one_of(
    st.tuples(st.just("order"), st.booleans(), st.dictionaries(titles, small, min_size=1)),
    st.tuples(st.just("arrive"), titles, small),
    st.tuples(st.just("hold"), st.booleans()),
    st.tuples(st.just("announce"), titles, st.sampled_from(["20", "32", "46", "51", "10"])),
    st.tuples(st.just("cancel"), st.integers(0, 5)),
    st.tuples(st.just("ship"), st.integers(0, 2)),
    st.tuples(st.just("reopen"), st.integers(0, 5)),
    st.tuples(st.just("days_pass"), st.integers(1, 8)),
    st.tuples(st.just("decide")),
)


class Days:
    """What may happen, by name."""

    def __init__(self, scene: Scene, *, whole: bool) -> None:
        self.scene, self.times = scene, 0
        AccountTerms.objects.create(
            customer_id=scene.cast.shop, from_on=cast.LONG_AGO, act_id=scene.act, whole_order_only=whole,
            order_minimum=Decimal(0 if whole else 60),
        )  # fmt: skip

    def order(self, blocked: bool, lines: dict[str, int]) -> None:
        buyer = cast.BLOCKED_GLN if blocked else cast.SHOP_GLN
        self.times += 1
        self.scene.order(f"R{self.times}", lines, buyer=buyer)

    def arrive(self, name: str, copies: int) -> None:
        self.scene.arrive(name, copies)

    def hold(self, held: bool) -> None:
        Hold.objects.create(
            customer_id=self.scene.cast.blocked, from_on=cast.LONG_AGO, held=held, act_id=self.scene.act
        )

    def announce(self, name: str, code: str) -> None:
        self.scene.announce(name, code)

    def cancel(self, number: int) -> None:
        lines = _lines("TRUE")[number : number + 1]
        actions.cancel(lines=lines, reason=Reason.HOUSE_CANCELLED, at=self.scene.at, by=self.scene.by)

    def ship(self, missing: int) -> None:
        """All that is ready leaves, but for so many copies of each line, which the shelf lacks."""
        actions.take_ready()
        self.times += 1
        for promise in queries.pending(_lines("reserved > 0")):
            found = max(promise.quantity - missing, 0)
            key = f"{self.times}:{promise.reservation_id}"
            picks = [PickedCopies(promise.reservation_id, queries.place("A-01"), found, key)]
            at, by = self.scene.at, self.scene.by
            stock.take(picks=picks, at=at, by=by)
            if found:
                actions.record_shipped(shipped=[ShippedLine(promise.key, found, key)], at=at, by=by)
            if found < promise.quantity:
                short = [ShortLine(promise.key, promise.quantity - found, f"short {key}")]
                actions.record_short(short=short, at=at, by=by)

    def reopen(self, number: int) -> None:
        """A line that left did not leave after all; its copies stay in staging."""
        self.times += 1
        for line in _lines("shipped > 0")[number : number + 1]:
            back = [ShippedLine(line, 1, f"back {self.times}")]
            actions.record_unshipped(unshipped=back, at=self.scene.at, by=self.scene.by)

    def days_pass(self, days: int) -> None:
        self.scene.days_pass(days)

    def decide(self) -> None:
        self.scene.decide()


def _lines(condition: str) -> list[int]:
    rows = sql.query(f"SELECT line_id FROM orders_line_state WHERE {condition} ORDER BY line_id")
    return [row.line_id for row in rows]


@settings(max_examples=30, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(whole=st.booleans(), free=st.booleans(), story=st.lists(happenings, min_size=3, max_size=12))
def test_every_copy_has_a_fate_and_every_promise_is_kept_once(
    scene: Scene, whole: bool, free: bool, story: list[tuple[object, ...]]
) -> None:
    with transaction.atomic():
        days = Days(scene, whole=whole)
        for name in TITLES:
            scene.title(name, copies=4)
        if free:
            Discount.objects.create(from_on=cast.LONG_AGO, base=Decimal(30), free_per=3, act_id=scene.act)
        for happening, *details in story:
            act: Callable[..., None] = getattr(days, str(happening))
            act(*details)
            stage.expect_sound()
        days.decide()
        before = _states()
        days.decide()
        assert _states() == before  # running it again changes nothing
        transaction.set_rollback(True)
    scene.gtins.clear()
    scene.at = stage.MORNING


def _states() -> list[object]:
    return list(sql.query("SELECT * FROM orders_line_state ORDER BY line_id"))
