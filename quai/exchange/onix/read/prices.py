"""The public prices of an offer: with VAT, for anyone, in France; from when, and under which VAT rates."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from datetime import date, timedelta
from decimal import Decimal
from typing import NamedTuple

from lxml import etree

from quai.catalogue.types import PriceNotice, TaxedPart
from quai.core.money import rounded

from .fields import Fields, children, code, codes, count, dated, days, number, text
from .places import Reach, places

_TYPES = ("04", "02", "42")  # list 58, with tax: fixed by law, recommended, agency; the first sent wins
_FOR_ANYONE = {"", "00", "05"}  # list 59: unqualified, consumer
_VAT = {"", "01", "02"}  # list 171: VAT, GST; the others are not on the public price
_HUNDRED = Decimal(100)
_NEAR = Decimal("0.02")  # what rounding each part to the cent may leave between their sum and the price


class _Candidate(NamedTuple):
    type: str
    reach: Reach
    price: PriceNotice


def read_prices(
    offer: Fields, price_type: str, currency: str, warnings: list[str]
) -> tuple[PriceNotice, ...]:
    """Read the public prices of an offer, in the order sent.

    Those in euros if there are any; of the kind and for the territory that fit best; one per starting day.
    """
    candidates = [
        found
        for element in offer.get("Price", ())
        if (found := _candidate(children(element), price_type, currency, warnings))
    ]
    home = [each for each in candidates if each.price.currency == "EUR"] or candidates
    if not home:
        if "Price" in offer:
            warnings.append("Aucun prix public TTC valable en France n'est donné.")
        return ()
    if home[0].price.currency != "EUR":
        warnings.append("Aucun prix en euros n'est donné.")
    if len(home) == 1:
        return _with_rates_said((home[0].price,), warnings)
    best = min((each.reach, _TYPES.index(each.type), each.price.currency) for each in home)
    kept: dict[tuple[date | None, date | None], PriceNotice] = {}
    for each in home:
        if (each.reach, _TYPES.index(each.type), each.price.currency) != best:
            continue
        first = kept.setdefault((each.price.from_on, each.price.until_on), each.price)
        if first.retail_price != each.price.retail_price:
            warnings.append(
                f"Deux prix à la même date : {first.retail_price} est lu, pas {each.price.retail_price}."
            )
    return _with_rates_said(tuple(kept.values()), warnings)


def _with_rates_said(prices: tuple[PriceNotice, ...], warnings: list[str]) -> tuple[PriceNotice, ...]:
    """Warn of each price that does not say its VAT: the catalogue then takes what it knows, else the rate of books."""
    for price in prices:
        if not price.parts:
            said = f"Le prix de {price.retail_price} ne dit pas sa TVA"
            warnings.append(f"{said} : celle du prix connu est retenue, sinon celle des livres.")
    return prices


def _candidate(fields: Fields, price_type: str, currency: str, warnings: list[str]) -> _Candidate | None:
    """A price that may be the public one, or None."""
    kind = code(text(fields, "PriceType") or text(fields, "PriceTypeCode")) or price_type
    reach = places(fields).reach
    if kind not in _TYPES or code(text(fields, "PriceQualifier")) not in _FOR_ANYONE:
        return None
    if reach is Reach.ELSEWHERE or ("MinimumOrderQuantity" in fields and _sold_by_quantity(fields)):
        return None
    said = text(fields, "PriceAmount")
    if not said:  # unpriced
        return None
    amount = number(said)
    if amount is None:
        warnings.append(f"Le prix « {said[:20]} » n'est pas compris.")
        return None
    if not amount:  # free is said by UnpricedItemType; zero is a field left empty
        warnings.append("Un prix nul n'est pas lu.")
        return None
    if amount != (amount := rounded(sent := amount)):
        warnings.append(f"Le prix {sent} a plus de deux décimales : il est arrondi au centime.")
    from_on, until_on = _period(fields, warnings)
    parts = _parts(fields, amount, warnings)
    money = code(text(fields, "CurrencyCode")).upper() or currency
    return _Candidate(kind, reach, PriceNotice(amount, money, from_on, until_on, parts))


def _sold_by_quantity(fields: Fields) -> bool:
    return (count(text(fields, "MinimumOrderQuantity")) or 1) > 1


def _period(fields: Fields, warnings: list[str]) -> tuple[date | None, date | None]:
    """First day of the price, first day it no longer holds (list 173: 24 includes both ends, 15 does not)."""
    sent = list(dated(fields.get("PriceDate", []), "PriceDateRole"))
    for role, name in (("14", "PriceEffectiveFrom"), ("15", "PriceEffectiveUntil")):  # 2.1
        sent += [(role, text(fields, name), "")] if name in fields else []
    start = end = None
    for role, said, form in sent:
        if role not in ("14", "15", "24") or not said:
            continue
        span = days(said, form)
        if span is None:
            warnings.append(f"La date de prix « {said[:30]} » n'est pas comprise.")
            continue
        if role in ("14", "24"):
            start = start or span.first
        if role == "15":
            end = end or span.first
        elif role == "24" and span.last < date.max:
            end = end or span.last + timedelta(days=1)
    return start, end


class _Tax(NamedTuple):
    """One tax as sent: the rate read, the amounts not yet, since a price with one rate does not need them."""

    rate: Decimal
    taxable_said: str
    tax_said: str

    @property
    def taxable(self) -> Decimal | None:
        return number(self.taxable_said)

    @property
    def with_tax(self) -> Decimal | None:
        taxable, tax = self.taxable, number(self.tax_said)
        if taxable is None:
            return None
        return rounded(taxable * (1 + self.rate / _HUNDRED)) if tax is None else taxable + tax


def _parts(fields: Fields, price: Decimal, warnings: list[str]) -> tuple[TaxedPart, ...]:
    """The price split by VAT rate, adding up to it; nothing when the amounts sent do not."""
    taxes = list(_taxes(fields["Tax"]) if "Tax" in fields else _taxes_of_21(fields))
    if len(taxes) < 2:
        return tuple([TaxedPart(tax.rate, price) for tax in taxes])
    amounts = [tax.with_tax for tax in taxes]
    known = [amount for amount in amounts if amount is not None]
    bases = [tax.taxable for tax in taxes if tax.taxable is not None]
    if len(known) == len(taxes) - 1:  # one amount unsaid is what the others leave
        known = [price - sum(known) if amount is None else amount for amount in amounts]
    elif len(bases) == len(taxes) and sum(bases) == price:  # taxable amounts sent with the tax in them
        known = bases
    gap = price - sum(known)
    if len(known) < len(taxes) or abs(gap) > _NEAR or min(known) <= 0:
        warnings.append(f"Les montants par taux de TVA ne font pas le prix de {price} : ils ne sont pas lus.")
        return ()
    known[known.index(max(known))] += gap
    return tuple(TaxedPart(tax.rate, rounded(amount)) for tax, amount in zip(taxes, known, strict=True))


def _taxes(elements: Iterable[etree._Element]) -> Iterator[_Tax]:
    for element in elements:
        said = codes(element)
        rate = number(said.get("TaxRatePercent", ""))
        if rate is not None and rate < _HUNDRED and code(said.get("TaxType", "")) in _VAT:
            yield _Tax(rate, said.get("TaxableAmount", ""), said.get("TaxAmount", ""))


def _taxes_of_21(fields: Fields) -> Iterator[_Tax]:
    for rank in ("1", "2"):
        rate = number(text(fields, f"TaxRatePercent{rank}")) if f"TaxRatePercent{rank}" in fields else None
        if rate is not None and rate < _HUNDRED:
            yield _Tax(rate, text(fields, f"TaxableAmount{rank}"), text(fields, f"TaxAmount{rank}"))
