"""The day's files: notices, arrivals and orders in the trade's formats, with the usual troubles among them."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from datetime import timedelta
from decimal import Decimal
from itertools import islice
from pathlib import Path
from random import Random

from quai.catalogue.types import Notification, PriceNotice, ProductNotice, TaxedPart
from quai.core import folders, house
from quai.demo.world import HOUSE_GLN, Customer, Title, World
from quai.exchange.dilicom.detect import Format
from quai.exchange.dilicom.write import write as write_orders
from quai.exchange.onix.write import Sender
from quai.exchange.onix.write import write as write_notices
from quai.orders.types import URGENT_OPERATION, BackorderPolicy, Kind, OrderedLine, OrderMessage

_FORMATS = (
    ("edl", Format.FLAT, "txt"),
    ("gencod", Format.GENCOD, "txt"),
    ("eancom", Format.EANCOM, "edi"),
    ("courriel", Format.CSV, "csv"),
)
UNKNOWN_ISBN = "9791000000015"
NOTICES_TO_A_FILE = 10_000  # more would pass the size above which a file waits for a person
BOOK_VAT, DISC_VAT = Decimal("5.5"), Decimal("20")


def write_inbox(world: World, inbox: Path) -> None:
    """Write the day's files into a folder; those already there are left alone."""
    inbox.mkdir(parents=True, exist_ok=True)
    for name, content in _files(world):
        if not (inbox / name).exists():
            folders.put(inbox / name, content)


def notices(world: World) -> Iterator[ProductNotice]:
    """The catalogue as its publishers announce it; every thirtieth title has a part at another VAT rate."""
    for n, title in enumerate(world.titles):
        publisher = world.publishers[title.publisher]
        yield ProductNotice(
            gtin=title.gtin,
            record_reference=f"QUAI{n:07d}",
            notification=Notification.UPDATE,
            distributor_gln=HOUSE_GLN,
            publisher_name=publisher.name,
            publisher_gln=publisher.gln,
            imprint_name=publisher.name,
            imprint_gln=publisher.gln,
            title=title.title,
            contributors=title.contributors,
            product_form="BC",
            publication_on=title.on_sale_on,
            on_sale_on=title.on_sale_on,
            availability=title.availability,
            returns_code="1",
            weight_g=title.weight_g,
            prices=tuple(_prices(world, n, title)),
        )


def arrivals(world: World) -> bytes:
    """The copies that come in that morning, as the list that `quai stock receive` reads."""
    rows = [f"{title.gtin},{title.copies},{title.location}" for title in world.titles if title.copies]
    return "\r\n".join(["ean,quantity,location", *rows, ""]).encode()


def orders(world: World) -> list[OrderMessage]:
    """The orders of the day, each shop's in the order it wrote them."""
    chance = world.draw("orders")
    return [_order(world, chance, n) for n in range(world.size.orders)]


def _files(world: World) -> Iterator[tuple[str, bytes]]:
    yield from _notice_files(world)
    yield "02-arrivages.csv", arrivals(world)
    messages = orders(world)
    share = -(-len(messages) // len(_FORMATS))
    first = messages[:share]
    for n, (name, form, ending) in enumerate(_FORMATS):
        part = messages[n * share : (n + 1) * share]
        yield f"1{n}-commandes-{name}.{ending}", write_orders(part, form)
    yield "20-commandes-edl-bis.txt", write_orders(first, Format.FLAT)  # the same bytes, sent again
    yield (
        "21-commande-renvoyee.edi",
        write_orders(first[:1], Format.EANCOM),
    )  # the same order by another channel
    changed = replace(
        first[1], lines=tuple(line._replace(quantity=line.quantity + 5) for line in first[1].lines)
    )
    yield "22-reference-reprise.txt", write_orders([changed], Format.FLAT)  # same reference, other content
    yield "23-fichier-tronque.txt", write_orders(messages[-2:], Format.FLAT).replace(b"CMD", b"TRQ")[:-40]
    wrong = replace(messages[-1], reference="CLEFAUX1", buyer=_wrong_check_digit(messages[-1].buyer))
    yield "24-cle-fausse.txt", write_orders([wrong], Format.FLAT)


def _notice_files(world: World) -> Iterator[tuple[str, bytes]]:
    sender, at = Sender(HOUSE_GLN, "Maison Exemple"), house.instant(world.day, 6)
    left, part = notices(world), 0
    while batch := list(islice(left, NOTICES_TO_A_FILE)):
        part += 1
        name = "01-notices.onix" if part == 1 else f"01-notices-{part:02d}.onix"
        yield name, b"".join(write_notices(batch, sender=sender, at=at))


def _order(world: World, chance: Random, n: int) -> OrderMessage:
    customer = (
        world.customers[n % len(world.customers)]
        if n < len(world.customers)
        else chance.choice(world.customers)
    )
    urgent = n % 12 == 3
    operation = URGENT_OPERATION if urgent else "RENTREE" if n % 8 == 5 else ""
    lines = [
        _line(world.any_title(chance), chance)
        for _ in range(chance.randint(2, 2 * world.size.lines_per_order - 2))
    ]
    if n % 10 == 2:
        lines.append((UNKNOWN_ISBN, 1))
    if n % 10 == 6:
        lines.append((_late(world, chance).gtin, 3))
    return OrderMessage(
        supplier=HOUSE_GLN,
        buyer=customer.gln,
        reference=f"CMD{n:05d}",
        ordered_on=world.day,
        lines=tuple(
            OrderedLine(gtin, copies, f"L{i:07d}", i) for i, (gtin, copies) in enumerate(_merged(lines), 1)
        ),
        deliver_to=_outlet(customer, n),
        operation_code=operation,
        kind=Kind.URGENT if urgent else Kind.RESTOCK,
        shipping_mode="09",
        backorder_policy=BackorderPolicy.DROP if n % 6 == 4 else BackorderPolicy.USUAL,
        position=n + 1,
    )


def _line(title: Title, chance: Random) -> tuple[str, int]:
    return title.gtin, chance.choice([1, 1, 1, 1, 2, 2, 2, 3, 5, 13])


def _merged(lines: list[tuple[str, int]]) -> list[tuple[str, int]]:
    found: dict[str, int] = {}
    for gtin, copies in lines:
        found[gtin] = found.get(gtin, 0) + copies
    return list(found.items())


def _late(world: World, chance: Random) -> Title:
    return chance.choice([title for title in world.titles[:200] if title.on_sale_on > world.day])


def _outlet(customer: Customer, n: int) -> str:
    return customer.outlet_gln if n % 2 else ""


def _prices(world: World, n: int, title: Title) -> Iterator[PriceNotice]:
    parts: tuple[TaxedPart, ...] = (TaxedPart(BOOK_VAT, title.price),)
    if n % 30 == 11:  # a book with a disc
        disc = Decimal("3.00")
        parts = (TaxedPart(BOOK_VAT, title.price - disc), TaxedPart(DISC_VAT, disc))
    rise = world.day + timedelta(days=30) if n % 25 == 3 else None
    yield PriceNotice(retail_price=title.price, currency="EUR", from_on=None, until_on=rise, parts=parts)
    if rise:  # one future price, that takes effect by itself
        price = title.price + 1
        yield PriceNotice(price, "EUR", rise, None, (TaxedPart(BOOK_VAT, price),))


def _wrong_check_digit(code: str) -> str:
    return code[:12] + str((int(code[12]) + 1) % 10)
