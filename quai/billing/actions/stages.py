"""Issued, released, rendered, sent: each stage a fact, pulled by the next from its worklist."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime

from django.db import transaction

from quai.access.types import Actor
from quai.billing.types import NewRendition
from quai.core import journal, sql, store


@transaction.atomic
def release(*, at: datetime, by: Actor) -> int:
    """Release what was issued; how many. No vault is configured yet, so nothing has to be waited for."""
    if not sql.rows("billing/any_to_release.sql")[0].any:
        return 0
    act = journal.record("billing.release", at=at, by=by)
    return sql.run("billing/release.sql", {"act": act, "at": at})


@transaction.atomic
def record_renditions(*, renditions: Sequence[NewRendition], at: datetime, by: Actor) -> int:
    """Keep the bytes of these documents and record them, once each; how many were new.

    A second rendition of a document is left out: what was stored first is what is served for ever.
    """
    waiting = _ids("billing/still_to_render.sql", [one.invoice_id for one in renditions])
    new = [one for one in renditions if one.invoice_id in waiting]
    if not new:
        return 0
    store.keep([content for one in new for content in (one.xml, one.pdf)])
    given = {
        "act": journal.record("billing.record_renditions", at=at, by=by),
        "invoices": [one.invoice_id for one in new],
        "profiles": [one.profile for one in new],
        "xml": [store.digest(one.xml) for one in new],
        "pdf": [store.digest(one.pdf) for one in new],
    }
    return sql.run("billing/record_renditions.sql", given)


@transaction.atomic
def record_sent(*, invoices: Sequence[int], channel: str, at: datetime, by: Actor) -> int:
    """Record that these documents left by a channel, once each; how many were new."""
    waiting = _ids("billing/still_to_send.sql", invoices)
    if not waiting:
        return 0
    act = journal.record("billing.record_sent", at=at, by=by)
    return sql.run(
        "billing/record_sent.sql", {"act": act, "at": at, "channel": channel, "invoices": sorted(waiting)}
    )


def _ids(statement: str, invoices: Sequence[int]) -> set[int]:
    return {row.invoice_id for row in sql.rows(statement, {"invoices": list(invoices)})}
