"""One product's element to a notice.

ONIX 2.1 has no blocks; its elements are those of 3.x blocks, mostly under the same names. So blocks are
opened and their children read together, and one reader serves the three releases.
"""

from __future__ import annotations

import re
from collections.abc import Iterable
from datetime import date
from decimal import Decimal
from typing import NamedTuple

from lxml import etree
from stdnum import isbn

from quai.catalogue.types import UNKNOWN_DATE, Block, Notification, ProductNotice, SalesRight
from quai.core.money import rounded

from .fields import Fields, children, code, codes, dated, days, leaves, number, text, text_of, thirteen
from .places import places
from .repeated import Remembered
from .supply import Supply, read_supply

_BLOCKS = {
    "DescriptiveDetail": Block.DESCRIPTIVE,
    "CollateralDetail": Block.COLLATERAL,
    "ContentDetail": Block.CONTENT,
    "PromotionDetail": Block.PROMOTION,
    "PublishingDetail": Block.PUBLISHING,
    "RelatedMaterial": Block.RELATED,
    "ProductionDetail": Block.PRODUCTION,
    "ProductSupply": Block.SUPPLY,
}
_OPENED = ("DescriptiveDetail", "PublishingDetail", "RelatedMaterial")
# In 2.1, what stands for a block: only 04 and 12 to 14 need to know.
_BLOCK_OF_21 = {
    "Title": Block.DESCRIPTIVE,
    "ProductForm": Block.DESCRIPTIVE,
    "Contributor": Block.DESCRIPTIVE,
    "Measure": Block.DESCRIPTIVE,
    "Publisher": Block.PUBLISHING,
    "Imprint": Block.PUBLISHING,
    "PublicationDate": Block.PUBLISHING,
    "SalesRights": Block.PUBLISHING,
    "RelatedProduct": Block.RELATED,
    "SupplyDetail": Block.SUPPLY,
}
_NOTIFICATIONS = {
    "01": Notification.NEW,
    "02": Notification.NEW,
    "03": Notification.UPDATE,
    "04": Notification.BLOCK_UPDATE,
    "05": Notification.DELETE,
    "08": Notification.UPDATE,
    "09": Notification.UPDATE,
    "12": Notification.BLOCK_UPDATE,
    "13": Notification.BLOCK_UPDATE,
    "14": Notification.BLOCK_UPDATE,
}
_TESTS = {"88", "89"}
_ENTITY_LEFT = re.compile(r"&\w{1,30};")  # declared by nobody that may be believed: a DOCTYPE is never read
_TO_GRAMS = {"gr": "1", "g": "1", "kg": "1000", "oz": "28.349523125", "lb": "453.59237"}
_TO_MM = {"mm": "1", "cm": "10", "in": "25.4"}
_REPLACED_BY = "05"


class Defaults(NamedTuple):
    """What holds for all products of the message: its header's word, and whose catalogue reads it."""

    price_type: str = ""
    currency: str = ""
    weight_unit: str = ""
    length_unit: str = ""
    ours: frozenset[str] = frozenset()  # the house's GLNs, which no header says


def read_defaults(header: etree._Element) -> Defaults:
    """Read a Header element; ONIX 3 kept only the first two."""
    said = leaves(header)
    return Defaults(
        price_type=code(said.get("DefaultPriceType") or said.get("DefaultPriceTypeCode", "")),
        currency=code(said.get("DefaultCurrencyCode", "")).upper(),
        weight_unit=said.get("DefaultWeightUnit", "").lower(),
        length_unit=said.get("DefaultLinearUnit", "").lower(),
    )


def read_product(
    element: etree._Element, defaults: Defaults, *, raw: bytes, position: int, line: int
) -> ProductNotice | str:
    """Read one product; a sentence in French says why when it cannot enter."""
    fields, blocks = _opened(element)
    notification = code(text(fields, "NotificationType"))
    warnings: list[str] = []
    gtin = _gtin(fields.get("ProductIdentifier", ()), warnings)
    if refusal := _refusal(gtin, notification):
        return refusal
    if not notification:
        warnings.append("Le type de notification manque : la notice est prise comme une mise à jour.")
    supply = _supply(fields, defaults, warnings)
    publisher, publisher_gln = _name(fields, "Publisher")
    imprint, imprint_gln = _name(fields, "Imprint")
    title, subtitle = _title(fields)
    if left := _ENTITY_LEFT.search(title):
        warnings.append(
            f"Le titre « {title[:60]} » contient l'entité inconnue {left[0]} : il est pris tel quel."
        )
    weight_g, thickness_mm = _measures(fields.get("Measure", ()), defaults, warnings)
    publication_on, embargo = _published(fields, warnings)
    return ProductNotice(
        gtin=gtin,
        record_reference=text(fields, "RecordReference")[:100],
        notification=_NOTIFICATIONS.get(notification, Notification.UPDATE),
        distributor_gln=supply.distributor_gln,
        new_distributor_gln=supply.new_distributor_gln,
        publisher_name=publisher,
        publisher_gln=publisher_gln,
        imprint_name=imprint,
        imprint_gln=imprint_gln,
        title=title,
        subtitle=subtitle,
        contributors=_contributors(fields),
        collection=_collection(fields),
        product_form=code(text(fields, "ProductForm")),
        publication_on=publication_on,
        on_sale_on=supply.embargo or embargo or supply.market_on,
        availability=supply.availability,
        expected_on=supply.expected_on,
        returns_code=supply.returns_code,
        last_return_on=supply.last_return_on,
        weight_g=weight_g,
        thickness_mm=thickness_mm,
        pack_quantity=supply.pack_quantity,
        order_minimum=supply.order_minimum,
        order_multiple=supply.order_multiple,
        prices=supply.prices,
        successor_gtin=_successor(fields.get("RelatedProduct", ())),
        sales_rights=tuple(_sales_rights(fields)),
        blocks=blocks,
        raw=raw,
        position=position,
        line=line,
        warnings=tuple(warnings),
    )


def _opened(element: etree._Element) -> tuple[Fields, frozenset[Block]]:
    """The product's fields, blocks opened, and which blocks it holds."""
    fields = children(element)
    blocks = {_BLOCKS[name] for name in fields if name in _BLOCKS}
    if not blocks:
        blocks = {_BLOCK_OF_21[name] for name in fields if name in _BLOCK_OF_21}
    for name in _OPENED:
        for block in fields.get(name, ()):
            children(block, fields)
    return fields, frozenset(blocks)


def _refusal(gtin: str, notification: str) -> str:
    if notification in _TESTS:
        return "C'est une notice d'essai : elle n'est pas lue."
    if not gtin:
        return "La notice n'a pas de code à 13 chiffres (EAN ou ISBN) : elle n'est pas lue."
    if notification and notification not in _NOTIFICATIONS:
        return f"Le type de notification « {notification[:20]} » n'est pas connu : la notice n'est pas lue."
    return ""


def _gtin(identifiers: Iterable[etree._Element], warnings: list[str]) -> str:
    """The product's 13 digits: its EAN (03), else its ISBN-13 (15), else its ISBN-10 (02) converted."""
    found: dict[str, str] = {}
    ten = ""
    for identifier in identifiers:
        said = codes(identifier)
        kind, value = code(said.get("ProductIDType", "")), code(said.get("IDValue", ""))
        if kind in ("03", "15") and len(value) == 13 and value.isdigit():
            found.setdefault(kind, value)
        elif kind == "02":
            ten = value
    gtin = found.get("03") or found.get("15") or _thirteen_of(ten)
    if gtin and not _check_digit_holds(gtin):
        warnings.append(f"La clé de contrôle du code {gtin} est fausse.")
    if "03" in found and found.get("15", gtin) != gtin:
        warnings.append(f"L'EAN {gtin} et l'ISBN {found['15']} diffèrent : l'EAN est retenu.")
    return gtin


def _check_digit_holds(gtin: str) -> bool:
    """Weights 1 and 3 in turn; a library takes five times as long, and each product has a code of its own."""
    digits = gtin.encode()  # each is 48 more than it says, which makes 1200 in all: nothing, modulo 10
    return (sum(digits[::2]) + 3 * sum(digits[1::2])) % 10 == 0


def _thirteen_of(ten: str) -> str:
    return str(isbn.to_isbn13(ten)) if isbn.is_valid(ten) else ""


def _supply(fields: Fields, defaults: Defaults, warnings: list[str]) -> Supply:
    """The offer; most titles of a publisher are offered in the same words as another."""
    context = (defaults.price_type, defaults.currency, defaults.ours)
    if "SupplyDetail" in fields:  # 2.1: its markets stand beside it, no composite holds both
        return read_supply(fields, *context, warnings)
    return _SUPPLIES.read(fields.get("ProductSupply", ()), *context, warnings=warnings)


def _name(fields: Fields, what: str) -> tuple[str, str]:
    return _NAMED.read(fields[what], what, warnings=[]) if what in fields else ("", "")


def _named(elements: Iterable[etree._Element], what: str) -> tuple[str, str]:
    """Name and GLN of the publisher (role 01 first) or imprint; 2.1 gives codes beside the name."""
    best = ("", "")
    for element in elements:
        fields = children(element)
        name, gln = text(fields, f"{what}Name"), ""
        for identifier in fields.get(f"{what}Identifier", ()):
            said = codes(identifier)
            if code(said.get(f"{what}IDType", "")) == "06":
                gln = gln or thirteen(said.get("IDValue", ""))
        if "NameCodeType" in fields and code(text(fields, "NameCodeType")) == "06":
            gln = gln or thirteen(text(fields, "NameCodeValue"))
        if "PublishingRole" not in fields or code(text(fields, "PublishingRole")) == "01":
            return name, gln
        if best == ("", ""):
            best = (name, gln)
    return best


def _title(fields: Fields) -> tuple[str, str]:
    """Title and subtitle: the distinctive title (type 01), else the first that says anything."""
    details = fields.get("TitleDetail", []) + fields.get("Title", [])
    best = ("", "")
    for detail in details:
        inner = children(detail)
        found = _title_element(inner)
        if found[0] and code(text(inner, "TitleType")) in ("", "01"):
            return found
        best = best if best[0] else found
    return best if best[0] else (text(fields, "DistinctiveTitle"), text(fields, "Subtitle"))


def _title_element(detail: Fields) -> tuple[str, str]:
    """The element of the product's own level (01), else the collection's; in 2.1 the composite itself."""
    elements = [leaves(element) for element in detail.get("TitleElement", ())]
    if len(elements) > 1:
        elements.sort(key=lambda said: code(said.get("TitleElementLevel", "")) != "01")
    if not elements:
        elements = [
            {
                name: text(detail, name)
                for name in ("TitlePrefix", "TitleWithoutPrefix", "TitleText", "Subtitle")
            }
        ]
    for said in elements:
        if words := _with_prefix(said):
            return words, said.get("Subtitle", "")
    return "", ""


def _with_prefix(said: dict[str, str]) -> str:
    prefix, rest = said.get("TitlePrefix", ""), said.get("TitleWithoutPrefix", "")
    if not rest:
        return said.get("TitleText", "")
    return prefix + ("" if not prefix or prefix[-1] in "'’" else " ") + rest  # L'Étranger, La Peste


def _contributors(fields: Fields) -> str:
    people = []
    for rank, contributor in enumerate(fields.get("Contributor", ())):
        said = leaves(contributor)
        sequence = code(said.get("SequenceNumber", ""))
        if name := _person(said):
            people.append((int(sequence) if sequence.isdigit() and len(sequence) < 5 else 0, rank, name))
    names = dict.fromkeys(name for _, _, name in sorted(people))  # an author may also be the illustrator
    return ", ".join(names) or text(fields, "ContributorStatement")


def _person(said: dict[str, str]) -> str:
    if name := said.get("PersonName") or said.get("CorporateName"):
        return name
    parts = ("NamesBeforeKey", "PrefixToKey", "KeyNames", "NamesAfterKey")
    last, comma, first = said.get("PersonNameInverted", "").partition(", ")
    if comma or not said.get("KeyNames"):
        return f"{first} {last}".strip()
    return " ".join(said[part] for part in parts if said.get(part))


def _collection(fields: Fields) -> str:
    for collection in fields.get("Collection", ()):
        for detail in children(collection).get("TitleDetail", ()):
            elements = [leaves(element) for element in children(detail).get("TitleElement", ())]
            elements.sort(key=lambda said: code(said.get("TitleElementLevel", "")) != "02")
            if name := next(filter(None, map(_with_prefix, elements)), ""):
                return name
    for series in fields.get("Series", ()):
        inner = children(series)
        if name := text(inner, "TitleOfSeries") or next(
            filter(None, (_title_element(children(title))[0] for title in inner.get("Title", ()))), ""
        ):
            return name
    return ""


def _measures(measures: Iterable[etree._Element], defaults: Defaults, warnings: list[str]) -> tuple[int, int]:
    """Weight in grams and thickness in millimetres; zero, which senders write for unknown, is unknown."""
    weight = thickness = 0
    for measure in measures:
        said = codes(measure)
        kind = code(said.get("MeasureType") or said.get("MeasureTypeCode", ""))
        if kind not in ("03", "08"):
            continue
        unit = code(said.get("MeasureUnitCode", "")).lower()
        if kind == "08" and not weight:
            weight = _converted(said, unit or defaults.weight_unit or "gr", _TO_GRAMS, warnings)
        elif kind == "03" and not thickness:
            thickness = _converted(said, unit or defaults.length_unit or "mm", _TO_MM, warnings)
    return weight, thickness


def _converted(said: dict[str, str], unit: str, units: dict[str, str], warnings: list[str]) -> int:
    plain = said.get("Measurement", "")
    if units.get(unit) == "1" and plain.isdecimal() and plain.isascii() and len(plain) < 7:
        return int(plain)
    value = number(plain)
    if value is None or unit not in units:
        warnings.append(f"La mesure « {plain[:20]} {unit[:10]} » n'est pas comprise.")
        return 0
    return int(rounded(value * Decimal(units[unit]), Decimal(1)))


def _published(fields: Fields, warnings: list[str]) -> tuple[date | None, date | None]:
    """Publication day and sales embargo; of an incomplete date, the first day and the last."""
    published = embargo = None
    sent = [("01", text(fields, "PublicationDate"), "")] if "PublicationDate" in fields else []
    sent += dated(fields.get("PublishingDate", []), "PublishingDateRole")
    for role, said, form in sent:
        if role not in ("01", "02") or not said:
            continue
        span = days(said, form)
        if span is None:
            warnings.append(f"La date « {said[:30]} » n'est pas comprise.")
        elif role == "02":
            embargo = embargo or span.last
        elif span.first != UNKNOWN_DATE:
            published = published or span.first
    return published, embargo


def _successor(related: Iterable[etree._Element]) -> str:
    for product in related:
        fields = children(product)
        relations = fields.get("ProductRelationCode", []) + fields.get("RelationCode", [])
        if _REPLACED_BY in [code(text_of(relation)) for relation in relations]:
            return _gtin(fields.get("ProductIdentifier", ()), [])
    return ""


def _sales_rights(fields: Fields) -> Iterable[SalesRight]:
    for rights in fields.get("SalesRights", ()):
        inner = children(rights)
        where = places(inner)
        if where.included:
            yield SalesRight(code(text(inner, "SalesRightsType")), where.included, where.excluded)
    for rights in fields.get("NotForSale", ()):  # 2.1
        where = places(children(rights))
        if where.included:
            yield SalesRight("03", where.included, where.excluded)
    if elsewhere := code(text(fields, "ROWSalesRightsType")):
        yield SalesRight(elsewhere, ("ROW",))


_SUPPLIES = Remembered(
    lambda elements, price_type, currency, ours, warnings: read_supply(
        {"ProductSupply": elements}, price_type, currency, ours, warnings
    )
)
_NAMED = Remembered(lambda elements, what, _: _named(elements, what))
