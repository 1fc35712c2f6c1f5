"""How the house stands: how many of each thing at each stage."""

from __future__ import annotations

from quai.billing import queries as billing
from quai.core import sql
from quai.exchange import queries as letter_box


def stages() -> dict[str, dict[str, int]]:
    """Counts by stage: what waits where, from the letter box to the sent invoice.

    No vault is configured: an issued document is released at once, without the zero-loss guarantee.
    """
    return {
        "messages": letter_box.stages(),
        "orders": _counts("desk/order_stages.sql"),
        "copies": _counts("desk/copy_stages.sql"),
        "warehouse": _counts("desk/warehouse_stages.sql"),
        "invoices": {**billing.stage_counts()._asdict()},
    }


def _counts(statement: str) -> dict[str, int]:
    return {row.stage: row.number for row in sql.rows(statement)}
