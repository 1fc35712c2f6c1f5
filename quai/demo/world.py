"""The made-up house: who is in it and what it sells, drawn from a seed."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, timedelta
from decimal import Decimal
from functools import cached_property
from random import Random

from stdnum import ean

from quai.demo import names
from quai.parties.types import Address, CustomerKind, Territory

HOUSE_GLN = "3012999000012"
BUSY_SHARE = 0.8  # of the lines are on a tenth of the titles, as in the trade


@dataclass(frozen=True, slots=True)
class Size:
    """How big a house, and its day."""

    publishers: int
    titles: int
    customers: int
    orders: int
    lines_per_order: int


SIZES = {
    "tiny": Size(publishers=5, titles=60, customers=12, orders=24, lines_per_order=6),
    "small": Size(publishers=350, titles=25_000, customers=5_000, orders=400, lines_per_order=10),
    "large": Size(publishers=150, titles=100_000, customers=15_000, orders=7_500, lines_per_order=20),
}


@dataclass(frozen=True, slots=True)
class Publisher:
    """A publisher whose copies the house keeps."""

    gln: str
    name: str
    siren: str


@dataclass(frozen=True, slots=True)
class Customer:
    """A bookseller's account; `outlet_gln` is another delivery address, or empty."""

    gln: str
    outlet_gln: str
    address: Address
    siren: str
    vat_number: str
    territory: Territory
    kind: CustomerKind
    network: str
    rhythm: str
    blocked: bool


@dataclass(frozen=True, slots=True)
class Title:
    """A title of the catalogue; copies stand in bin `location`."""

    gtin: str
    title: str
    contributors: str
    publisher: int  # index in `publishers`
    price: Decimal
    availability: str  # ONIX list 65
    on_sale_on: date
    weight_g: int
    copies: int
    location: str


class World:
    """Everything about the house that the seed decides. `day` is the business day that is played."""

    def __init__(self, *, size: str, seed: int, day: date) -> None:
        self.size, self.seed, self.day = SIZES[size], seed, day

    def draw(self, what: str) -> Random:
        """A source of chance for one purpose, so that one list does not depend on the length of another."""
        return Random(f"{self.seed}/{what}")  # noqa: S311 - made-up data

    @cached_property
    def publishers(self) -> list[Publisher]:
        """The publishers."""
        chance = self.draw("publishers")
        found = names.distinct(chance, names.publisher, self.size.publishers)
        return [Publisher(gln("30102", n), name, siren(n)) for n, name in enumerate(found)]

    @cached_property
    def customers(self) -> list[Customer]:
        """The booksellers; among them one account blocked, one in Corsica, one overseas, one in Belgium."""
        chance = self.draw("customers")
        found = names.distinct(chance, names.shop, self.size.customers)
        return [self._customer(chance, n, name) for n, name in enumerate(found)]

    @cached_property
    def titles(self) -> list[Title]:
        """The catalogue: the first tenth is what everybody orders."""
        chance = self.draw("titles")
        return [self._title(chance, n) for n in range(self.size.titles)]

    @cached_property
    def locations(self) -> list[str]:
        """The bins of the depot, in walking order."""
        return [bin_code(n) for n in range(max(40, self.size.titles // 10))]

    def any_title(self, chance: Random) -> Title:
        """A title as a shop would order one."""
        busy = max(1, self.size.titles // 10)
        popular = chance.random() < BUSY_SHARE
        return self.titles[chance.randrange(busy) if popular else chance.randrange(busy, self.size.titles)]

    def _customer(self, chance: Random, n: int, name: str) -> Customer:
        special = {
            1: (Territory.CORSICA, "20200", "Bastia", "FR"),
            2: (Territory.OVERSEAS, "97400", "Saint-Denis", "FR"),
            3: (Territory.EU, "1000", "Bruxelles", "BE"),
        }
        town = names.town(chance)
        territory, postcode, city, country = special.get(n, (Territory.MAINLAND, *town, "FR"))
        number = siren(10_000 + n)
        address = Address(name, names.street(chance), "", postcode, city, country)
        return Customer(
            gln=gln("30250", n),
            outlet_gln=gln("30251", n) if n % 5 == 0 else "",
            address=address,
            siren=number if country == "FR" else "",
            vat_number=vat_number(number) if country == "FR" else f"BE0{400_000_000 + n * 97 % 99_999_999}",
            territory=territory,
            kind=CustomerKind.LIBRARY if n % 25 == 24 else CustomerKind.SHOP,
            network="LIBRAIRES DU SUD" if n % 7 == 6 else "",
            rhythm="month" if n % 9 == 8 else "ten_days" if n % 11 == 10 else "per_note",
            blocked=n % 40 == 4,
        )

    def _title(self, chance: Random, n: int) -> Title:
        publisher = n % self.size.publishers
        late = n % 20 == 7
        gone = n % 50 == 23
        on_sale_on = (
            self.day + timedelta(days=chance.randint(3, 40))
            if late
            else self.day - timedelta(days=chance.randint(30, 3000))
        )
        copies = (
            0
            if gone or n % 17 == 5
            else chance.choice([2, 10, 40, 120]) * (10 if n < self.size.titles // 10 else 1)
        )
        return Title(
            gtin=isbn(n),
            title=names.title(chance),
            contributors=names.person(chance),
            publisher=publisher,
            price=Decimal(
                chance.choice(["7.50", "8.90", "12.00", "17.50", "19.90", "21.00", "24.50", "29.90"])
            ),
            availability="10" if late else "40" if gone else "20",
            on_sale_on=on_sale_on,
            weight_g=chance.randint(110, 900),
            copies=copies,
            location=self.locations[n % len(self.locations)],
        )


def gln(prefix: str, number: int) -> str:
    """A GLN of this prefix with its check digit."""
    digits = f"{prefix}{number:0{12 - len(prefix)}d}"
    return digits + str(ean.calc_check_digit(digits))


def isbn(number: int) -> str:
    """The ISBN of the n-th made-up title."""
    digits = f"97829{number:07d}"
    return digits + str(ean.calc_check_digit(digits))


def siren(number: int) -> str:
    """A SIREN whose Luhn key holds."""
    digits = f"{81_000_000 + number:08d}"
    total = sum(sum(divmod(int(d) * 2, 10)) if i % 2 else int(d) for i, d in enumerate(digits))
    return digits + str(-total % 10)


def vat_number(siren_number: str) -> str:
    """The French VAT number of a SIREN."""
    return f"FR{(12 + 3 * (int(siren_number) % 97)) % 97:02d}{siren_number}"


def bin_code(n: int) -> str:
    """The n-th bin: aisle, bay, level."""
    return f"{chr(65 + n // 100 % 26)}{n // 2600 or ''}-{n // 4 % 25 + 1:02d}-{n % 4 + 1}"


def last_working_day(today: date) -> date:
    """The working day before today: all of its instants are past, whatever the hour."""
    day = today - timedelta(days=1)
    while day.weekday() >= 5:
        day -= timedelta(days=1)
    return day
