"""A small depot to ship from: the cast, titles on shelves, and orders as shops send them."""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import UTC, date, datetime

from quai.access.types import Actor
from quai.catalogue.models import Description
from quai.core import caches, journal, sql
from quai.core.findings import Finding
from quai.orders import actions as orders
from quai.orders.checks import CACHES as ORDER_CACHES
from quai.orders.types import Kind, OrderedLine, OrderMessage
from quai.parties.models import Gln, Outlet, OutletProfile
from quai.parties.types import PartyRole
from quai.stock import actions as stock
from quai.stock import queries as stock_queries
from quai.stock.checks import CACHES as STOCK_CACHES
from quai.stock.checks import CHECKS as STOCK_CHECKS
from quai.stock.types import Arrival
from quai.terms.models import AccountTerms, Discount
from quai.warehouse import checks
from tests import cast as casting

AT = datetime(2026, 3, 2, 9, tzinfo=UTC)
GTINS = {
    "Le Phare": "9782070360024",
    "La Marée": "9782253004226",
    "L’Estran": "9782207249291",
    "Les Dunes": "9782070413119",
}
OTHER_GLN = "3025993020931"


@dataclass
class Depot:
    """One depot, one morning; `at` moves on when a test says so."""

    actor: Actor
    act: int = 0
    at: datetime = AT
    cast: casting.Cast = field(default_factory=casting.Cast)
    received: int = 0

    def __post_init__(self) -> None:
        self.act = journal.record("test", at=AT, by=self.actor)
        self.cast = casting.make(self.act)
        stock.open_places(site_code="D1", site_name="Dépôt", places=[], at=AT, by=self.actor)
        for name, gtin in GTINS.items():
            casting.title(self.cast, self.act, name, gtin)

    def put(self, copies: int, title: str, place: str) -> None:
        """Copies of a title arrive on a shelf."""
        self.received += 1
        arrival = Arrival(
            self.cast.titles[title], self.cast.publisher, place, copies, f"arrival:{self.received}"
        )
        stock.receive(arrivals=[arrival], at=self.at, by=self.actor)

    def order(
        self,
        reference: str,
        *wanted: tuple[int, str],
        kind: Kind = Kind.RESTOCK,
        shop: str = casting.SHOP_GLN,
        to: str = "",
        customers: tuple[str, ...] = (),
    ) -> list[int]:
        """A shop orders copies of titles; the ids of the lines."""
        message = OrderMessage(
            supplier=casting.HOUSE_GLN,
            buyer=shop,
            deliver_to=to,
            reference=reference,
            ordered_on=date(2026, 3, 2),
            kind=kind,
            lines=tuple(
                OrderedLine(GTINS[title], copies, customer, position)
                for position, ((copies, title), customer) in enumerate(
                    zip(wanted, customers or [""] * len(wanted), strict=True), start=1
                )
            ),
        )
        [outcome] = orders.receive(
            messages=[message], channel="test", source_key=reference, at=self.at, by=self.actor
        )
        return [line.line_id for line in outcome.lines if line.line_id is not None]

    def decide(self) -> None:
        """Decide all open lines again."""
        orders.decide(at=self.at, by=self.actor)

    def another_shop(self) -> int:
        """A second bookseller."""
        return casting.party(self.act, "Librairie du Môle", OTHER_GLN, PartyRole.CUSTOMER)

    def another_address(self, gln: str) -> int:
        """A second delivery address of the good bookseller."""
        outlet = Outlet.objects.create(party_id=self.cast.shop, act_id=self.act)
        OutletProfile.objects.create(
            outlet=outlet, from_on=casting.LONG_AGO, name="L’Embellie, gare", city="Brest", act_id=self.act
        )
        Gln.objects.create(gln=gln, party_id=self.cast.shop, outlet=outlet, act_id=self.act)
        return outlet.id

    def terms(self, **given: object) -> None:
        """The good bookseller's account terms, from long ago."""
        AccountTerms.objects.create(
            customer_id=self.cast.shop, from_on=date(2021, 1, 1), act_id=self.act, **given
        )

    def discount(self, percent: str, **given: object) -> int:
        """A discount for everybody, from long ago."""
        return Discount.objects.create(from_on=casting.LONG_AGO, base=percent, act_id=self.act, **given).id

    def heavy(self, title: str, grams: int) -> None:
        """A title turns out to weigh so much."""
        Description.objects.create(
            product_id=self.cast.titles[title],
            from_on=date(2021, 1, 1),
            publisher_id=self.cast.publisher,
            title=title,
            weight_g=grams,
            act_id=self.act,
        )

    def on_hand(self, title: str, place: str) -> int:
        """Copies that the ledger has at a place."""
        place_id = stock_queries.place(place)
        rows = sql.query(
            "SELECT on_hand FROM stock_read_bin WHERE location_id = %(place)s AND product_id = %(product)s",
            {"place": place_id, "product": self.cast.titles[title]},
        )
        return sum(row.on_hand for row in rows)

    def fate(self, line: int) -> dict[str, int]:
        """How many copies of a line have which fate."""
        [row] = sql.query("SELECT * FROM orders_read_line_state WHERE line_id = %(line)s", {"line": line})
        fates = ("undecided", "reserved", "waiting", "backordered", "held", "grouped", "shipped", "cancelled")
        return {fate: getattr(row, fate) for fate in fates if getattr(row, fate)}

    def findings(self) -> list[Finding]:
        """Whatever is not as it must be, here and below."""
        found = [finding for check in [*STOCK_CHECKS, *checks.CHECKS] for finding in check()]
        for cache in [*STOCK_CACHES, *ORDER_CACHES, *checks.CACHES]:
            found += caches.drift(cache)
        return found
