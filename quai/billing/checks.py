"""What must always be true of this package."""

from __future__ import annotations

from quai.core.caches import Cache
from quai.core.findings import Check

SEALED: dict[str, tuple[str, ...]] = {}
CACHES: list[Cache] = []
CHECKS: list[Check] = []
