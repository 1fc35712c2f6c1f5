"""What must always be true of the letter box."""

from __future__ import annotations

from quai.core.caches import Cache
from quai.core.findings import Check

SEALED = {
    "exchange_message": ("id", "act_id", "content_id", "name", "origin", "size"),
    "exchange_redelivery": ("id", "act_id", "message_id", "name"),
    "exchange_outcome": ("id", "act_id", "message_id", "kind", "outcome", "report"),
    "exchange_slip": ("id", "act_id", "reference", "message_id", "rows", "whole"),
}
CACHES: list[Cache] = []
CHECKS: list[Check] = []
