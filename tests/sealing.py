"""Seal everything that is committed, now.

A house has its server to itself; tests share one, and a transaction of a neighbour holds the horizon back for a
moment. So wait until every transaction of this instant has ended.
"""

from __future__ import annotations

import time

from quai.core import seals, sql

PATIENCE = 60.0  # seconds


def seal_everything(sealed: seals.Sealed) -> int:
    """Seal what is committed at this instant; how many facts."""
    [now] = sql.query("SELECT pg_snapshot_xmax(pg_current_snapshot())::text::bigint AS tx")
    started = time.monotonic()
    while sql.rows("core/horizon.sql")[0].tx < now.tx:
        if time.monotonic() - started > PATIENCE:
            raise TimeoutError("a transaction of a neighbour never ends")
        time.sleep(0.05)
    return seals.seal(sealed)
