"""How the house stands: how many of each thing at each stage."""

from __future__ import annotations

from quai.billing import queries as billing
from quai.orders import queries as orders
from quai.warehouse import queries as warehouse


def stages() -> dict[str, dict[str, int]]:
    """Counts by stage: what waits where, from the letter box to the sent invoice."""
    return {**orders.stages(), **warehouse.stages(), **billing.stages()}
