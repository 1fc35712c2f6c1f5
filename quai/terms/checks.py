"""What must always be true of this package."""

from __future__ import annotations

from collections.abc import Iterator

from quai.core import sql
from quai.core.caches import Cache
from quai.core.findings import Check, Finding

SEALED: dict[str, tuple[str, ...]] = {
    "terms_discount": (
        "id", "act_id", "customer_id", "network", "publisher_id", "imprint", "collection", "product_id",
        "sale_mode", "order_kind", "operation_code", "from_on", "ended", "base", "extra", "method",
        "free_per", "price_day", "customer_axis", "product_axis",
    ),
    "terms_account": (
        "id", "act_id", "customer_id", "from_on", "backorder_policy", "rhythm", "sale_mode",
        "whole_order_only", "order_minimum", "carriage_paid_from", "carriage_fee", "credit_limit",
        "carrier_id", "grouped_for_days", "quantity_ceiling", "shipping_days",
    ),
    "terms_payment": (
        "id", "act_id", "customer_id", "operation_code", "from_on", "ended", "days", "month_end",
        "fixed_day", "shift_days",
    ),
    "terms_hold": (
        "id", "act_id", "customer_id", "from_on", "held",
    ),
    "terms_cap": (
        "id", "act_id", "customer_kind", "from_on", "percent", "schoolbooks_free", "source",
    ),
    "terms_search_order": (
        "id", "act_id", "from_on", "operation", "product", "customer", "mode_and_kind",
    ),
    "terms_territory_vat": (
        "id", "act_id", "territory", "mainland_rate", "from_on", "rate", "category", "exemption", "source",
    ),
}  # fmt: skip
CACHES: list[Cache] = []


def no_discounts_tie() -> Iterator[Finding]:
    """No two discounts would decide the same lines from the same day."""
    for row in sql.rows("terms/ties.sql"):
        yield Finding("terms.discount_ties", f"discount {row.one}", found=f"discount {row.other}")


CHECKS: list[Check] = [no_discounts_tie]
