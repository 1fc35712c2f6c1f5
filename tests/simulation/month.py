"""What a seed decides of a house's month: who orders what, which files come when and how, what changes.

Nothing here looks at the house: asked again, after a crash or by the auditor, it says the same.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from datetime import date, timedelta
from decimal import Decimal
from functools import cache, cached_property
from random import Random
from typing import NamedTuple

from quai.catalogue.types import PriceNotice, ProductNotice, TaxedPart
from quai.core import house
from quai.demo import files
from quai.demo.world import HOUSE_GLN, Customer, Title, World, gln
from quai.exchange.dilicom.detect import Format
from quai.exchange.dilicom.write import write as write_orders
from quai.exchange.onix.write import Sender
from quai.exchange.onix.write import write as write_notices
from quai.orders.types import URGENT_OPERATION, BackorderPolicy, Kind, OrderedLine, OrderMessage

DAYS = 30
FIRST = date(2026, 12, 10)  # two month ends of ten days, a month end and a new year lie ahead
ENDINGS = {Format.FLAT: "txt", Format.GENCOD: "txt", Format.EANCOM: "edi", Format.CSV: "csv"}
SAYING_THEIR_END = (Format.FLAT, Format.GENCOD, Format.EANCOM)  # cut short, they can be told from whole ones
STRANGERS = "30259"  # how the GLNs begin of buyers that nobody knows
AVAILABILITIES = ("20", "20", "20", "21", "30", "31", "32", "33", "40", "46")


class Delivery(NamedTuple):
    """A file of orders that comes in on a day."""

    day: int
    name: str
    content: bytes
    orders: tuple[OrderMessage, ...]
    whole: bool = True  # False: cut short on its way
    first: bool = True  # False: it uses references again, for other copies


class Sheet(NamedTuple):
    """What the publisher last said of a title."""

    price: Decimal
    availability: str
    coming: tuple[int, Decimal] | None = None  # the day from which another price holds, already announced


class Row(NamedTuple):
    """Copies of a title put down at a place."""

    title: Title
    copies: int
    place: str


class Month:
    """Thirty days of a tiny house, by number from 0."""

    def __init__(self, seed: int) -> None:
        self.seed = seed
        self.world = World(size="tiny", seed=seed, day=FIRST)

    def draw(self, day: int, what: str) -> Random:
        """A source of chance for one purpose of one day."""
        return Random(f"{self.seed}/{day}/{what}")

    def happens(self, day: int, what: str, share: float) -> bool:
        """Say whether this happens on this day, as it does on a share of days."""
        return self.draw(day, what).random() < share

    def on(self, day: int) -> date:
        """The date of a day."""
        return FIRST + timedelta(days=day)

    # Orders

    @cached_property
    def deliveries(self) -> list[Delivery]:
        """Every file of orders of the month, those that come too late for it left out."""
        sent = [one for day in range(DAYS) for one in self._sent(day)]
        return [one for one in sent if one.day < DAYS]

    def orders_in(self, day: int) -> list[Delivery]:
        """The files of orders that come in on a day."""
        return [one for one in self.deliveries if one.day == day]

    def _sent(self, day: int) -> Iterator[Delivery]:
        """The files that shops send on a day, each with what becomes of it on its way."""
        chance = self.draw(day, "files")
        orders = [self._order(day, n) for n in range(chance.randint(3, 8))]
        while orders:
            size = chance.randint(1, 4)
            part, orders = tuple(orders[:size]), orders[size:]
            form = chance.choice(list(ENDINGS))
            yield from _way(day, part, form, chance)

    def _order(self, day: int, n: int) -> OrderMessage:
        chance = self.draw(day, f"order {n}")
        customer = chance.choice(self.world.customers)
        urgent = chance.random() < 0.1
        operation = URGENT_OPERATION if urgent else "RENTREE" if chance.random() < 0.15 else ""
        wanted: dict[str, int] = {}
        for _ in range(chance.randint(1, 9)):
            gtin = self.world.any_title(chance).gtin
            wanted[gtin] = wanted.get(gtin, 0) + chance.choice([1, 1, 1, 2, 2, 3, 5, 14])
        if chance.random() < 0.1:
            wanted[files.UNKNOWN_ISBN] = 1
        lines = enumerate(wanted.items(), 1)
        return OrderMessage(
            supplier=HOUSE_GLN,
            buyer=gln(STRANGERS, day) if chance.random() < 0.05 else customer.gln,
            reference=f"D{day:02}N{n:04}",
            ordered_on=self.on(day),
            lines=tuple(OrderedLine(gtin, copies, f"L{i:07}", i) for i, (gtin, copies) in lines),
            deliver_to=_outlet(customer, chance),
            operation_code=operation,
            kind=Kind.URGENT if urgent else Kind.RESTOCK,
            shipping_mode="09",
            backorder_policy=chance.choice(
                [BackorderPolicy.USUAL, BackorderPolicy.USUAL, BackorderPolicy.DROP]
            ),
            position=n + 1,
        )

    # Titles

    def notices(self, day: int) -> bytes | None:
        """The product file of a day, if one comes: the whole catalogue first, then what changed."""
        changed = list(self.world.titles) if day == 0 else self._changed(day)
        if not changed:
            return None
        told = {notice.gtin: notice for notice in files.notices(self.world)}
        sender = Sender(HOUSE_GLN, "Maison Exemple")
        notices = [self._notice(told[title.gtin], day) for title in changed]
        return b"".join(write_notices(notices, sender=sender, at=house.instant(self.on(day), 6)))

    @cache  # noqa: B019 - a month lives as long as its test
    def sheets(self, day: int) -> dict[str, Sheet]:
        """What is in force of every title at the end of a day."""
        if day == 0:
            return {title.gtin: Sheet(title.price, title.availability) for title in self.world.titles}
        sheets = {gtin: _today(sheet, day) for gtin, sheet in self.sheets(day - 1).items()}
        for title in self._changed(day):
            chance = self.draw(day, title.gtin)
            sheets[title.gtin] = _changed(sheets[title.gtin], day, chance)
        return sheets

    def _changed(self, day: int) -> list[Title]:
        """Titles of one part, so that what is in force is plain to see; one with a price to come is left alone."""
        chance = self.draw(day, "changed")
        if chance.random() < 0.4:
            return []
        before = self.sheets(day - 1)
        plain = [title for n, title in enumerate(self.world.titles) if n % 25 != 3 and n % 30 != 11]
        return chance.sample(
            [title for title in plain if not before[title.gtin].coming], chance.randint(2, 6)
        )

    def _notice(self, notice: ProductNotice, day: int) -> ProductNotice:
        if day == 0:
            return notice
        price, availability, coming = self.sheets(day)[notice.gtin]
        until = self.on(coming[0]) if coming else None
        prices = [PriceNotice(price, "EUR", None, until, (TaxedPart(files.BOOK_VAT, price),))]
        if coming:
            parts = (TaxedPart(files.BOOK_VAT, coming[1]),)
            prices.append(PriceNotice(coming[1], "EUR", until, None, parts))
        return replace(notice, availability=availability, prices=tuple(prices))

    # Copies

    def arrivals(self, day: int) -> list[Row]:
        """The copies that come in on a day."""
        if day == 0:
            return [Row(title, title.copies, title.location) for title in self.world.titles if title.copies]
        chance = self.draw(day, "arrivals")
        if chance.random() < 0.4:
            return []
        titles = [self.world.any_title(chance) for _ in range(chance.randint(3, 12))]
        return [
            Row(title, chance.randint(1, 60), chance.choice([title.location, title.location, "RESERVE"]))
            for title in titles
        ]

    def arrival_list(self, day: int) -> bytes | None:
        """The arrivals of a day as a list; sometimes with a row that nobody can read."""
        rows = [f"{row.title.gtin},{row.copies},{row.place}" for row in self.arrivals(day)]
        if not rows:
            return None
        if self.happens(day, "bad row", 0.2):
            rows.insert(1, f"{files.UNKNOWN_ISBN},3,RESERVE")
            rows.insert(2, f"{self.world.titles[0].gtin},beaucoup,RESERVE")
        return "\r\n".join(["ean,quantity,location", *rows, ""]).encode()


def _today(sheet: Sheet, day: int) -> Sheet:
    """What was announced for today takes effect by itself."""
    due = sheet.coming and sheet.coming[0] == day
    return Sheet(sheet.coming[1], sheet.availability) if sheet.coming and due else sheet


def _changed(sheet: Sheet, day: int, chance: Random) -> Sheet:
    """Another price, from now or from a day to come; another availability."""
    price, availability, coming = sheet
    new = max(Decimal(5), price + Decimal(chance.randint(-200, 300)) / 100)
    fortune = chance.random()
    if fortune < 0.4:
        price = new
    elif fortune < 0.6:
        coming = (day + chance.randint(1, 6), new)
    if chance.random() < 0.5 and availability != "10":
        availability = chance.choice(AVAILABILITIES)
    return Sheet(price, availability, coming)


def _way(day: int, orders: tuple[OrderMessage, ...], form: Format, chance: Random) -> Iterator[Delivery]:
    """What becomes of a file on its way: on time, late, cut short and sent again, sent twice, sent otherwise."""
    name = f"{orders[0].reference}-{form.name.lower()}"
    content, ending = write_orders(orders, form), ENDINGS[form]
    fortune = chance.random()
    late = chance.randint(1, 5) if fortune < 0.15 else 0
    cut = fortune > 0.85 and form in SAYING_THEIR_END
    if cut:
        end = chance.randrange(1, len(content) - 1)
        yield Delivery(day, f"{name}.{ending}", content[:end], orders, whole=False)
        late = 1
    yield Delivery(day + late, f"{name}-entier.{ending}", content, orders)
    if chance.random() < 0.25:
        yield Delivery(day + late + chance.randint(0, 3), f"{name}-bis.{ending}", content, orders)
    if chance.random() < 0.1 and form in SAYING_THEIR_END:
        other = chance.choice([one for one in SAYING_THEIR_END if one is not form])
        again = write_orders(orders[:1], other)
        yield Delivery(day + late, f"{name}-autrement.{ENDINGS[other]}", again, orders[:1])
    if chance.random() < 0.1:
        more = tuple(line._replace(quantity=line.quantity + 5) for line in orders[0].lines)
        changed = replace(orders[0], lines=more)
        content = write_orders([changed], form)
        yield Delivery(day + late + 1, f"{name}-reprise.{ending}", content, (changed,), first=False)


def _outlet(customer: Customer, chance: Random) -> str:
    return customer.outlet_gln if customer.outlet_gln and chance.random() < 0.5 else ""
