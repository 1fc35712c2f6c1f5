"""Two clerks credit the same copy at the same time: it is credited once, and the other is told."""

from __future__ import annotations

from typing import Any

from quai.access.actions import system
from quai.billing import actions, queries
from quai.billing.tests.deliveries import CLOSED, NOON, Copies, Delivery, deliver, nothing_wrong, opened
from quai.billing.types import Correction
from quai.core import journal
from quai.core.refusals import Refusal
from tests import cast as stage
from tests import crew

CLERKS = 4


def credit_one(number: int, line_id: int) -> str:
    """A worker's job: the number of the credit note, or why there is none."""
    try:
        [issued] = actions.credit(
            corrections=[Correction(line_id, 1)],
            reason="Abîmé",
            source_key=f"clerk:{number}",
            at=NOON,
            by=system(),
        ).documents
    except Refusal as refusal:
        return refusal.code
    return issued.number


def test_the_last_copy_is_credited_once(fresh_house: str, django_db_blocker: Any) -> None:
    with django_db_blocker.unblock():
        by = system()
        act = journal.record("test", at=NOON, by=by)
        cast = stage.make(act)
        opened(NOON, by)
        deliver(cast, act, Delivery(cast.shop, [Copies(stage.title(cast, act, "Le Phare", "9782070360024"))]))
        [sold] = actions.invoice_delivered(until=CLOSED, at=NOON, by=by).issued
        line = queries.by_number(sold.number).document.lines[0]
        said = crew.run(f"{__name__}:credit_one", line.id, workers=CLERKS)
        refused = {"billing.more_than_sold", "billing.credited_meanwhile"}
        assert sorted(one for one in said if one not in refused) == ["A2026-000001"]
        assert queries.by_number(sold.number).credited_by == ("A2026-000001",)
        assert nothing_wrong() == []
