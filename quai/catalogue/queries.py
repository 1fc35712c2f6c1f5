"""Answers about titles."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Sequence
from datetime import date
from decimal import Decimal
from typing import NamedTuple

from quai.catalogue.rights import NOTHING_SAID, Rights
from quai.catalogue.types import PricePartView, TitleView
from quai.core import sql


class PriceToCome(NamedTuple):
    """A public price announced for a day to come."""

    from_on: date
    retail_price: Decimal


def by_gtin(gtins: Iterable[str], *, distributor_glns: Sequence[str]) -> dict[str, int]:
    """Find the product of each GTIN as distributed by one of these GLNs; an unknown one is left out.

    A GTIN known under several of the GLNs is the product of the first in their order.
    """
    found = sql.rows(
        "catalogue/by_gtin.sql", {"gtins": list(set(gtins)), "distributors": list(distributor_glns)}
    )
    return {row.gtin: row.id for row in found}


def titles(product_ids: Iterable[int], *, on: date) -> dict[int, TitleView]:
    """Give each title as it stands on a day: description, availability and price in force."""
    found = sql.rows("catalogue/titles.sql", {"products": list(set(product_ids)), "on": on})
    parts = price_parts(row.price_id for row in found if row.price_id)
    return {row.product_id: _title(row, parts.get(row.price_id, ())) for row in found}


def price_parts(price_ids: Iterable[int]) -> dict[int, tuple[PricePartView, ...]]:
    """Give the parts of each price, one per VAT rate, in their order."""
    parts: dict[int, list[PricePartView]] = defaultdict(list)
    for row in sql.rows("catalogue/price_parts.sql", {"prices": list(set(price_ids))}):
        parts[row.price_id].append(PricePartView(row.vat_rate, row.retail_price, row.retail_price_net))
    return {price_id: tuple(found) for price_id, found in parts.items()}


def prices_to_come(product_ids: Iterable[int], *, on: date) -> dict[int, list[PriceToCome]]:
    """Give the prices announced for after a day, in order of date."""
    found: dict[int, list[PriceToCome]] = defaultdict(list)
    for row in sql.rows("catalogue/prices_to_come.sql", {"products": list(set(product_ids)), "on": on}):
        found[row.product_id].append(PriceToCome(row.from_on, row.retail_price))
    return dict(found)


def sales_rights(product_ids: Iterable[int], *, on: date) -> dict[int, Rights]:
    """Say where each title may be sold on a day."""
    asked = list(set(product_ids))
    found = sql.rows("catalogue/rights_at.sql", {"products": asked, "days": [on] * len(asked)})
    said = {row.product_id: Rights(row.allowed, row.barred, row.barred_elsewhere) for row in found}
    return dict.fromkeys(asked, NOTHING_SAID) | said


def schoolbooks(product_ids: Iterable[int], *, on: date) -> set[int]:
    """Say which of these titles are schoolbooks on a day."""
    found = sql.rows("catalogue/schoolbooks_at.sql", {"products": list(set(product_ids)), "on": on})
    return {row.product_id for row in found}


def _title(row: sql.Row, parts: tuple[PricePartView, ...]) -> TitleView:
    return TitleView(
        product_id=row.product_id,
        gtin=row.gtin,
        distributor_gln=row.distributor_gln,
        title=row.title or "",
        subtitle=row.subtitle or "",
        contributors=row.contributors or "",
        publisher_id=row.publisher_id,
        imprint=row.imprint or "",
        collection=row.collection or "",
        form=row.form or "",
        publication_on=row.publication_on,
        weight_g=row.weight_g,
        thickness_mm=row.thickness_mm,
        pack_quantity=row.pack_quantity,
        order_minimum=row.order_minimum,
        order_multiple=row.order_multiple,
        returns_code=row.returns_code or "",
        last_return_on=row.last_return_on,
        successor_gtin=row.successor_gtin or "",
        availability=row.availability or "",
        on_sale_on=row.on_sale_on,
        expected_on=row.expected_on,
        new_distributor_gln=row.new_distributor_gln or "",
        price_id=row.price_id,
        retail_price=row.retail_price,
        parts=parts,
    )
