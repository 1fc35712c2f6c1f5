"""A scene for the tests of orders: the cast, a few titles with copies on the shelf, and short words to order them."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import UTC, date, datetime, timedelta
from decimal import Decimal
from typing import Any

from quai.access.actions import system
from quai.access.types import Actor
from quai.accounts import actions as accounts
from quai.accounts import chart
from quai.accounts.types import NewEntry, Posting
from quai.catalogue.models import Availability
from quai.core import caches, journal, sql
from quai.orders import actions, checks
from quai.orders.types import Fate, LineOutcome, OrderedLine, OrderMessage, OrderOutcome, Reason, ShippedLine
from quai.stock import actions as stock
from quai.stock import queries as stock_queries
from quai.stock.types import Arrival, PickedCopies
from quai.terms.models import AccountTerms
from tests import cast

MORNING = datetime(2026, 3, 2, 9, tzinfo=UTC)
TODAY = date(2026, 3, 2)


@dataclass
class Scene:
    """The house on the morning of Monday 2 March 2026."""

    by: Actor
    act: int
    cast: cast.Cast
    gtins: dict[str, str] = field(default_factory=dict)
    at: datetime = MORNING
    files: int = 0

    def title(self, name: str, *, copies: int = 0, code: str = "20", **said: Any) -> int:
        """A title, so many copies of it, and what its availability says."""
        gtin = f"97823000{len(self.gtins):05}"
        self.gtins[name] = gtin
        product = cast.title(self.cast, self.act, name, gtin, code=code)
        if said:
            self.announce(name, code, **said)
        if copies:
            self.arrive(name, copies)
        return product

    def announce(self, name: str, code: str, **said: Any) -> None:
        """A new availability of a title, from long ago on."""
        product = self.cast.titles[name]
        Availability.objects.create(
            product_id=product, from_on=cast.LONG_AGO, code=code, act_id=self.act, **said
        )

    def arrive(self, name: str, copies: int) -> None:
        """Copies of a title come in, straight to the pick face."""
        self.files += 1
        arrival = Arrival(
            self.cast.titles[name], self.cast.publisher, "A-01", copies, f"truck:{self.files}:{name}"
        )
        stock.receive(arrivals=[arrival], at=self.at, by=self.by)

    def message(self, reference: str, lines: Mapping[str, int], **said: Any) -> OrderMessage:
        """An order of so many copies of each title; a name that is no title is taken as a code."""
        ordered = tuple(
            OrderedLine(self.gtins.get(name, name), quantity, f"L{number}", number)
            for number, (name, quantity) in enumerate(lines.items(), start=1)
        )
        plain = {"supplier": cast.HOUSE_GLN, "buyer": cast.SHOP_GLN, "ordered_on": TODAY}
        return OrderMessage(reference=reference, lines=ordered, **{**plain, **said})

    def receive(self, *messages: OrderMessage, source_key: str = "") -> list[OrderOutcome]:
        """Take in these orders as one file."""
        self.files += 1
        numbered = [
            replaced if (replaced := message).position else _at(message, number)
            for number, message in enumerate(messages, start=1)
        ]
        key = source_key or f"file:{self.files}"
        return actions.receive(messages=numbered, channel="test", source_key=key, at=self.at, by=self.by)

    def order(self, reference: str, lines: Mapping[str, int], **said: Any) -> OrderOutcome:
        """Take in one order."""
        [outcome] = self.receive(self.message(reference, lines, **said))
        return outcome

    def decide(self) -> None:
        """Decide all open lines again."""
        actions.decide(at=self.at, by=self.by)

    def days_pass(self, days: int) -> None:
        """Later, at the same hour."""
        self.at += timedelta(days=days)

    def now(self, outcome: OrderOutcome) -> list[str]:
        """The fates of an order's lines as they stand now, in words."""
        [confirmation] = actions.confirm(orders=[outcome.order_id or 0], at=self.at, by=self.by)
        return words(confirmation.lines)


def _at(message: OrderMessage, position: int) -> OrderMessage:
    values = {name: getattr(message, name) for name in message.__dataclass_fields__}
    return OrderMessage(**{**values, "position": position})


def words(lines: tuple[LineOutcome, ...]) -> list[str]:
    """Each line as people say it: `2 reserved available + 1 backordered missing until 2026-04-01`."""
    return [" + ".join(_part(*part) for part in line.parts) for line in lines]


def _part(fate: Fate, quantity: int, reason: Reason, until_on: date | None) -> str:
    return f"{quantity} {fate} {reason}" + (f" until {until_on}" if until_on else "")


def make(by: Actor) -> Scene:
    """Bring everybody on stage."""
    act = journal.record("test", at=MORNING, by=by)
    return Scene(by, act, cast.make(act))


def to_prepare() -> list[int]:
    """The orders on the list of those to prepare."""
    return [row.order_id for row in sql.query("SELECT order_id FROM orders_todo_prepare ORDER BY 1")]


def take(line: int, quantity: int) -> None:
    """The picker takes so many copies of the first promised to a line; the rest of that promise is released."""
    [promise, *_] = stock_queries.pending([line])
    place = stock_queries.place("A-01")
    picks = [PickedCopies(promise.reservation_id, place, quantity, f"pick:{promise.reservation_id}")]
    stock.take(picks=picks, at=MORNING, by=system())


def limit(scene: Scene, amount: int | None, **terms: object) -> None:
    """The shop's limit, said last."""
    AccountTerms.objects.create(
        customer_id=scene.cast.shop, from_on=cast.LONG_AGO, credit_limit=amount, act_id=scene.act, **terms
    )


def owes(scene: Scene, amount: int, key: str) -> None:
    """The ledger of money says that the shop owes more, or less."""
    accounts.open_chart(at=scene.at, by=scene.by)
    his = Posting(
        chart.account("customers"), Decimal(max(amount, 0)), Decimal(max(-amount, 0)), scene.cast.shop
    )
    ours = Posting(chart.account("carriage"), his.credit, his.debit)
    accounts.post(entries=[NewEntry("VT", TODAY, key, "Essai", key, (his, ours))], at=scene.at, by=scene.by)


def ship(scene: Scene, line_id: int, copies: int, key: str) -> None:
    """Copies of a line leave on a note."""
    take(line_id, copies)
    actions.record_shipped(shipped=[ShippedLine(line_id, copies, key)], at=scene.at, by=scene.by)


def expect_sound() -> None:
    """Every cache is what the facts say, every check finds nothing."""
    found = [str(finding) for cache in checks.CACHES for finding in caches.drift(cache)]
    found += [str(finding) for check in checks.CHECKS for finding in check()]
    assert found == []
