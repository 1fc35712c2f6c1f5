"""What must always be true of this package."""

from __future__ import annotations

from collections.abc import Iterator

from quai.core import sql
from quai.core.caches import Cache
from quai.core.findings import Check, Finding

SEALED: dict[str, tuple[str, ...]] = {
    "catalogue_product": (
        "id", "act_id", "gtin", "distributor_gln",
    ),
    "catalogue_notice": (
        "id", "act_id", "product_id", "gtin", "record_reference", "notification", "content_id",
        "source_key",
    ),
    "catalogue_description": (
        "id", "act_id", "product_id", "from_on", "publisher_id", "imprint", "collection", "title",
        "subtitle", "contributors", "form", "publication_on", "weight_g", "thickness_mm", "pack_quantity",
        "order_minimum", "order_multiple", "returns_code", "last_return_on", "successor_gtin", "search",
    ),
    "catalogue_availability": (
        "id", "act_id", "product_id", "from_on", "code", "on_sale_on", "expected_on", "new_distributor_gln",
    ),
    "catalogue_rights": (
        "id", "act_id", "product_id", "from_on", "allowed", "barred", "barred_elsewhere",
    ),
    "catalogue_schoolbook": (
        "id", "act_id", "product_id", "from_on", "schoolbook",
    ),
    "catalogue_price": (
        "id", "act_id", "product_id", "from_on", "retail_price", "currency",
    ),
    "catalogue_price_part": (
        "id", "act_id", "price_id", "position", "vat_rate", "retail_price", "retail_price_net",
    ),
}  # fmt: skip
CACHES: list[Cache] = []


def prices_add_up() -> Iterator[Finding]:
    """The parts of a price add up to it, each without VAT at four decimals."""
    for row in sql.rows("catalogue/uneven_prices.sql"):
        yield Finding("catalogue.price_parts", f"price {row.id}", expected=row.retail_price, found=row.parts)


def prices_without_vat_are_exact() -> Iterator[Finding]:
    """Each part without VAT is the part with VAT less its rate, at four decimals."""
    for row in sql.rows("catalogue/wrong_net_prices.sql"):
        yield Finding("catalogue.price_net", f"price {row.price_id}", expected=row.expected, found=row.found)


CHECKS: list[Check] = [prices_add_up, prices_without_vat_are_exact]
