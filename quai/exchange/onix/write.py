"""Writing notices for the trade reference file: ONIX 3.0, long tags, only what the network accepts.

Source: exchange.md, What we send, Product notices. No attribute below the message, the date format as an
element, one future price, a grid code and never a discount.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from datetime import date, datetime
from decimal import Decimal
from typing import NamedTuple
from xml.sax.saxutils import escape

from quai.catalogue.types import (
    AVAILABILITIES,
    UNKNOWN_DATE,
    Block,
    NoticeProblem,
    Notification,
    PriceNotice,
    ProductNotice,
    SalesRight,
)
from quai.core import house
from quai.core.money import rounded

NAMESPACE = "http://ns.editeur.org/onix/3.0/reference"
RETURNS_CODES = ("1", "2", "3", "5", "6")

_CODES = {
    Notification.NEW: "02",
    Notification.UPDATE: "03",
    Notification.BLOCK_UPDATE: "04",
    Notification.DELETE: "05",
}
_FORBIDDEN = re.compile("[^\t\n\r\x20-\ud7ff\ue000-\ufffd\U00010000-\U0010ffff]")


class Sender(NamedTuple):
    """Who sends the message."""

    gln: str
    name: str


class UnsendableNotice(ValueError):  # noqa: N818 - what is refused, not a fault of the program
    """A notice the network would refuse was given to the writer; `problems` says which beforehand."""


def problems(notice: ProductNotice, *, on: date) -> list[NoticeProblem]:
    """Say everything for which the network would refuse this notice, sent on this day."""
    blocks = _blocks(notice)
    future = [price for price in notice.prices if price.from_on and price.from_on > on]
    descriptive, publishing, supply = (
        block in blocks for block in (Block.DESCRIPTIVE, Block.PUBLISHING, Block.SUPPLY)
    )
    availability = AVAILABILITIES.get(notice.availability)
    wrong = {
        "Le code à 13 chiffres manque.": len(notice.gtin) != 13,
        "Le titre manque.": descriptive and not notice.title,
        "Le poids manque.": descriptive and notice.weight_g <= 0,
        "Le GLN de la marque éditoriale manque.": publishing and not notice.imprint_gln,
        "Le GLN du distributeur manque.": supply and not notice.distributor_gln,
        f"Le code retour « {notice.returns_code} » n'est pas accepté.": supply
        and notice.returns_code not in RETURNS_CODES,
        f"La disponibilité « {notice.availability} » n'est pas acceptée.": supply
        and not (availability and availability.may_be_sent),
        "Plus d'un prix futur est annoncé.": supply and len(future) > 1,
    }
    reference = notice.record_reference or notice.gtin
    return [NoticeProblem("error", message, reference) for message, is_wrong in wrong.items() if is_wrong]


def write(
    notices: Iterable[ProductNotice], *, sender: Sender, at: datetime, grid_code: str = ""
) -> Iterator[bytes]:
    """Write one message, piece by piece, UTF-8.

    :param at: the instant of sending; the day in Paris says which prices are future.
    :param grid_code: the house's code for its discount grid, put on every price when given.
    :raises UnsendableNotice: at the first notice that has `problems`.
    """
    paris = at.astimezone(house.PARIS)
    yield (
        '<?xml version="1.0" encoding="UTF-8"?>\n'
        f'<ONIXMessage release="3.0" xmlns="{NAMESPACE}">\n'
        + _all(
            "Header",
            _all("Sender", _identifier("Sender", "06", sender.gln), _one("SenderName", sender.name)),
            _one("SentDateTime", paris.strftime("%Y%m%dT%H%M%z")),
            _one("DefaultLanguageOfText", "fre"),
        )
        + "\n"
    ).encode()
    for notice in notices:
        if wrong := problems(notice, on=paris.date()):
            raise UnsendableNotice(f"{notice.gtin} : {wrong[0].message}")
        yield (_product(notice, grid_code) + "\n").encode()
    yield b"</ONIXMessage>\n"


def _blocks(notice: ProductNotice) -> frozenset[Block]:
    """The blocks to send: those an update names, all of a whole notice, none of a deletion."""
    if notice.notification is Notification.DELETE:
        return frozenset()
    return notice.blocks if notice.notification is Notification.BLOCK_UPDATE else frozenset(Block)


def _product(notice: ProductNotice, grid_code: str) -> str:
    blocks = _blocks(notice)
    return _all(
        "Product",
        _one("RecordReference", notice.record_reference or f"{notice.distributor_gln}-{notice.gtin}"),
        _one("NotificationType", _CODES[notice.notification]),
        _identifiers(notice.gtin),
        _descriptive(notice) if Block.DESCRIPTIVE in blocks else "",
        _publishing(notice) if Block.PUBLISHING in blocks else "",
        _related(notice) if Block.RELATED in blocks else "",
        _supply(notice, grid_code) if Block.SUPPLY in blocks else "",
    )


def _descriptive(notice: ProductNotice) -> str:
    collection = _one("CollectionType", "10") + _title("02", notice.collection)
    people = notice.contributors.split(", ") if notice.contributors else []
    return _all(
        "DescriptiveDetail",
        _one("ProductComposition", "00"),
        _one("ProductForm", notice.product_form or "00"),
        _measure("03", notice.thickness_mm, "mm"),
        _measure("08", notice.weight_g, "gr"),
        _all("Collection", collection) if notice.collection else "",
        _title("01", notice.title, notice.subtitle),
        *(
            _all(
                "Contributor",
                _one("SequenceNumber", str(rank)),
                _one("ContributorRole", "A01"),
                _one("PersonName", person),
            )
            for rank, person in enumerate(people, start=1)
        ),
    )


def _title(level: str, title: str, subtitle: str = "") -> str:
    element = _all(
        "TitleElement",
        _one("TitleElementLevel", level),
        _one("TitleText", title),
        _one("Subtitle", subtitle),
    )
    return _all("TitleDetail", _one("TitleType", "01"), element)


def _measure(kind: str, value: int, unit: str) -> str:
    if not value:
        return ""
    return _all(
        "Measure",
        _one("MeasureType", kind),
        _one("Measurement", str(value)),
        _one("MeasureUnitCode", unit),
    )


def _publishing(notice: ProductNotice) -> str:
    publisher = _identifier("Publisher", "06", notice.publisher_gln) + _one(
        "PublisherName", notice.publisher_name
    )
    elsewhere = [right.type for right in notice.sales_rights if right.places == ("ROW",)]
    return _all(
        "PublishingDetail",
        _all(
            "Imprint",
            _identifier("Imprint", "06", notice.imprint_gln),
            _one("ImprintName", notice.imprint_name),
        ),
        _all("Publisher", _one("PublishingRole", "01"), publisher) if publisher else "",
        _dated("PublishingDate", "01", notice.publication_on or UNKNOWN_DATE),
        _dated("PublishingDate", "02", notice.on_sale_on),
        *(_right(right) for right in notice.sales_rights if right.places != ("ROW",)),
        _one("ROWSalesRightsType", elsewhere[0] if elsewhere else ""),
    )


def _right(right: SalesRight) -> str:
    territory = [
        _one(
            f"{what}{how}", " ".join(place for place in places if _is_country(place) == (what == "Countries"))
        )
        for how, places in (("Included", right.places), ("Excluded", right.except_places))
        for what in ("Countries", "Regions")
    ]
    return _all("SalesRights", _one("SalesRightsType", right.type), _all("Territory", *territory))


def _is_country(place: str) -> bool:
    return len(place) == 2  # ISO 3166; regions are longer (WORLD, FR-H)


def _related(notice: ProductNotice) -> str:
    if not notice.successor_gtin:
        return ""
    successor = _one("ProductRelationCode", "05") + _identifiers(notice.successor_gtin)
    return _all("RelatedMaterial", _all("RelatedProduct", successor))


def _supply(notice: ProductNotice, grid_code: str) -> str:
    returns = _one("ReturnsCodeType", "01") + _one("ReturnsCode", notice.returns_code)
    new = _identifier("Supplier", "06", notice.new_distributor_gln)
    quantities = ""
    if (notice.order_minimum, notice.order_multiple) != (1, 1):
        quantities = _one("OrderQuantityMinimum", str(notice.order_minimum)) + _one(
            "OrderQuantityMultiple", str(notice.order_multiple)
        )
    detail = _all(
        "SupplyDetail",
        _all(
            "Supplier",
            _one("SupplierRole", "06"),
            _identifier("Supplier", "06", notice.distributor_gln),
        ),
        _all("ReturnsConditions", returns),
        _one("ProductAvailability", notice.availability),
        _dated("SupplyDate", "08", notice.expected_on),
        _dated("SupplyDate", "18", notice.last_return_on),
        _all("NewSupplier", new) if new else "",
        _one("PackQuantity", str(notice.pack_quantity or "")),
        quantities,
        *(_price(price, grid_code) for price in notice.prices),
        "" if notice.prices else _one("UnpricedItemType", "02"),  # price to be announced
    )
    return _all("ProductSupply", detail)


def _price(price: PriceNotice, grid_code: str) -> str:
    discount = _one("DiscountCodeType", "02") + _one("DiscountCode", grid_code)
    return _all(
        "Price",
        _one("PriceType", "04"),
        _all("DiscountCoded", discount) if grid_code else "",
        _one("PriceAmount", f"{price.retail_price:.2f}"),
        *(_tax(part.vat_rate, part.amount) for part in price.parts),
        _one("CurrencyCode", price.currency),
        _dated("PriceDate", "14", price.from_on),
        _dated("PriceDate", "15", price.until_on),
    )


def _tax(rate: Decimal, amount: Decimal) -> str:
    taxable = rounded(amount / (1 + rate / 100))
    return _all(
        "Tax",
        _one("TaxType", "01"),
        _one("TaxRatePercent", f"{rate.normalize():f}"),
        _one("TaxableAmount", f"{taxable:.2f}"),
        _one("TaxAmount", f"{amount - taxable:.2f}"),
    )


def _identifiers(gtin: str) -> str:
    kinds = ("03", "15") if gtin.startswith(("978", "979")) else ("03",)
    return "".join(
        _all("ProductIdentifier", _one("ProductIDType", kind), _one("IDValue", gtin)) for kind in kinds
    )


def _identifier(whose: str, kind: str, value: str) -> str:
    if not value:
        return ""
    return _all(f"{whose}Identifier", _one(f"{whose}IDType", kind), _one("IDValue", value))


def _dated(name: str, role: str, on: date | None) -> str:
    if on is None:
        return ""
    return _all(
        name, _one(f"{name}Role", role), _one("DateFormat", "00"), _one("Date", on.strftime("%Y%m%d"))
    )


def _one(name: str, value: str) -> str:
    """An element of text; nothing when there is nothing to say."""
    return f"<{name}>{escape(_FORBIDDEN.sub(' ', value))}</{name}>" if value else ""


def _all(name: str, *inner: str) -> str:
    return f"<{name}>{''.join(inner)}</{name}>"
