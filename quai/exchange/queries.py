"""Answers about the letter box."""

from __future__ import annotations

from quai.core import sql


def stages() -> dict[str, int]:
    """How many messages by what came of them."""
    return {row.stage: row.number for row in sql.rows("exchange/stages.sql")}
