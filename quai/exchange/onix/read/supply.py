"""Who supplies a product, when, on what returns terms: the offer that concerns a French house.

A notice may hold several offers, one per market and supplier. One is read: the house's own, else the nearest to
France, then one whose supplier has a GLN. The others stay in the raw notice, with a warning when they name other
suppliers and none is the house.
"""

from __future__ import annotations

from collections.abc import Collection, Iterable
from datetime import date
from typing import NamedTuple

from lxml import etree

from quai.catalogue.types import AVAILABILITIES, AVAILABILITY_LETTERS, PriceNotice

from .fields import Fields, children, code, codes, count, dated, days, text, thirteen
from .places import Reach, places
from .prices import read_prices

_CLIL = {each: each for each in ("1", "2", "3", "5", "6")}
_BISAC = {"Y": "1", "N": "2", "C": "3", "S": "5"}  # list 66
_ONIX = {"02": "2", "03": "1", "05": "1", "06": "6"}  # list 204; the others have no French equivalent
# By ReturnsCodeType (list 53), the French trade's own first. French senders of 2.1 often leave the type out.
_RETURNS = {"01": _CLIL, "": _CLIL | _BISAC, "04": _ONIX, "02": _BISAC}


class Supply(NamedTuple):
    """What one offer says. `embargo` forbids the shelf before; `market_on` is the local publication day."""

    distributor_gln: str = ""
    new_distributor_gln: str = ""
    availability: str = ""
    expected_on: date | None = None
    embargo: date | None = None
    market_on: date | None = None
    returns_code: str = ""
    last_return_on: date | None = None
    pack_quantity: int = 0
    order_minimum: int = 1
    order_multiple: int = 1
    prices: tuple[PriceNotice, ...] = ()


class _Offer(NamedTuple):
    reach: Reach
    fields: Fields
    gln: str
    market_dates: list[etree._Element]


def read_supply(
    product: Fields, price_type: str, currency: str, ours: Collection[str], warnings: list[str]
) -> Supply:
    """Read the best offer of a product, with the header's default price type and currency.

    :param ours: the house's GLNs: its own offer comes before any other.
    """
    offers = [*_offers(product), *_offers_of_21(product)]
    if not offers:
        return Supply()
    best = offers[0]
    if len(offers) > 1:
        best = min(offers, key=lambda offer: (offer.gln not in ours, offer.reach, not offer.gln))
    others = {offer.gln for offer in offers if offer.gln not in ("", best.gln)}
    if others and best.gln not in ours:
        whose = best.gln or "un fournisseur sans GLN"
        warnings.append(f"L'offre lue est celle de {whose}, pas celle de {', '.join(sorted(others)[:3])}.")
    fields = best.fields
    expected, embargo, last_return = _supply_dates(fields, warnings)
    market_embargo, market_on = _market_dates(best.market_dates, warnings)
    new_gln = _gln(children(fields["NewSupplier"][0])) if "NewSupplier" in fields else ""
    return Supply(
        distributor_gln=best.gln,
        new_distributor_gln=new_gln,
        availability=_availability(fields, warnings),
        expected_on=expected,
        embargo=embargo or market_embargo,
        market_on=market_on,
        returns_code=_returns(fields, warnings),
        last_return_on=last_return,
        pack_quantity=_quantity(fields, "PackQuantity", 0, warnings),
        order_minimum=_quantity(fields, "OrderQuantityMinimum", 1, warnings),
        order_multiple=_quantity(fields, "OrderQuantityMultiple", 1, warnings),
        prices=read_prices(fields, price_type, currency, warnings),
    )


def _offers(product: Fields) -> Iterable[_Offer]:
    for supply in product.get("ProductSupply", ()):
        inner = children(supply)
        reach = min(
            (places(children(market)).reach for market in inner.get("Market", ())), default=Reach.UNSAID
        )
        details = [children(each) for each in inner.get("MarketPublishingDetail", ())]
        dates = [each for detail in details for each in detail.get("MarketDate", ())]
        for detail in inner.get("SupplyDetail", ()):
            fields = children(detail)
            yield _Offer(reach, fields, _gln_of_offer(fields), dates if reach < Reach.ELSEWHERE else [])


def _offers_of_21(product: Fields) -> Iterable[_Offer]:
    if "SupplyDetail" not in product:
        return
    markets = [children(market) for market in product.get("MarketRepresentation", ())]
    nearest = min(markets, key=lambda market: places(market).reach, default={})
    dates = nearest.get("MarketDate", []) if places(nearest).reach < Reach.ELSEWHERE else []
    for detail in product["SupplyDetail"]:
        fields = children(detail)
        yield _Offer(Reach.UNSAID, fields, _gln_of_offer(fields), dates)


def _gln_of_offer(fields: Fields) -> str:
    return _gln(children(fields["Supplier"][0]) if "Supplier" in fields else fields)  # no composite in 2.1


def _gln(supplier: Fields) -> str:
    """The supplier's GLN (identifier type 06), or ""."""
    for identifier in supplier.get("SupplierIdentifier", ()):
        said = codes(identifier)
        if code(said.get("SupplierIDType", "")) == "06" and (gln := thirteen(said.get("IDValue", ""))):
            return gln
    return thirteen(text(supplier, "SupplierEANLocationNumber"))


def _availability(fields: Fields, warnings: list[str]) -> str:
    said = code(text(fields, "ProductAvailability"))
    if said in AVAILABILITIES:
        return said
    letters = code(text(fields, "AvailabilityCode")).upper()
    if said or (letters and letters not in AVAILABILITY_LETTERS):
        warnings.append(f"La disponibilité « {(said or letters)[:20]} » n'est pas connue.")
    return AVAILABILITY_LETTERS.get(letters, "")


def _supply_dates(fields: Fields, warnings: list[str]) -> tuple[date | None, date | None, date | None]:
    """Expected, embargo and last return days; of an incomplete date the first, the last and the last day."""
    sent = list(dated(fields.get("SupplyDate", []), "SupplyDateRole"))
    for role, name in (("08", "ExpectedShipDate"), ("02", "OnSaleDate"), ("18", "LastDateForReturns")):  # 2.1
        sent += [(role, text(fields, name), "")] if name in fields else []
    found = _spans(sent, {"02", "08", "18", "34"}, warnings)
    expected, embargo, last = found.get("08") or found.get("34"), found.get("02"), found.get("18")
    return expected and expected[0], embargo and embargo[1], last and last[1]


def _market_dates(elements: list[etree._Element], warnings: list[str]) -> tuple[date | None, date | None]:
    """Embargo and publication day of the market."""
    found = _spans(dated(elements, "MarketDateRole"), {"01", "02"}, warnings)
    return found["02"][1] if "02" in found else None, found["01"][0] if "01" in found else None


def _spans(
    sent: Iterable[tuple[str, str, str]], roles: set[str], warnings: list[str]
) -> dict[str, tuple[date, date]]:
    found: dict[str, tuple[date, date]] = {}
    for role, said, form in sent:
        if role not in roles or not said:
            continue
        if span := days(said, form):
            found.setdefault(role, span)
        else:
            warnings.append(f"La date « {said[:30]} » n'est pas comprise.")
    return found


def _returns(fields: Fields, warnings: list[str]) -> str:
    said = [codes(each) for each in fields.get("ReturnsConditions", ())]
    if "ReturnsCode" in fields:  # 2.1
        said.append({name: text(fields, name) for name in ("ReturnsCodeType", "ReturnsCode")})
    by_type = {
        code(each.get("ReturnsCodeType", "")): code(each.get("ReturnsCode", "")).upper() for each in said
    }
    for kind, ours in _RETURNS.items():
        if found := ours.get(by_type.get(kind, ""), ""):
            return found
    if unknown := by_type.get("01"):
        warnings.append(f"Le code retour « {unknown[:20]} » n'est pas connu.")
    return ""


def _quantity(fields: Fields, name: str, otherwise: int, warnings: list[str]) -> int:
    if name not in fields or not (said := text(fields, name)):
        return otherwise
    if (quantity := count(said)) is None:
        warnings.append(f"La quantité « {said[:20]} » n'est pas comprise.")
    return quantity or otherwise
