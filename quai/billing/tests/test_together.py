"""At the same time: two clerks credit the same copy, and invoices cross with what else takes their notes."""

from __future__ import annotations

from typing import Any

from django.db import connection

from quai.access.actions import system
from quai.billing import actions, queries
from quai.billing.tests.deliveries import CLOSED, NOON, Copies, Delivery, deliver, nothing_wrong, opened
from quai.billing.types import Correction
from quai.core import journal, sql
from quai.core.refusals import Refusal
from tests import cast as stage
from tests import crew
from tests.meanwhile import meanwhile

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


def test_invoices_that_wait_in_a_circle_are_made_all_the_same(
    fresh_house: str, django_db_blocker: Any
) -> None:
    """Somebody holds the series of numbers, and wants the note that is being invoiced."""
    with django_db_blocker.unblock():
        by = system()
        act = journal.record("test", at=NOON, by=by)
        cast = stage.make(act)
        opened(NOON, by)
        deliver(cast, act, Delivery(cast.shop, [Copies(stage.title(cast, act, "Le Phare", "9782070360024"))]))
        made = meanwhile(
            lambda: actions.invoice_delivered(until=CLOSED, at=NOON, by=by),
            first=lambda: connection.cursor().execute("LOCK TABLE core_series IN EXCLUSIVE MODE"),
            then=lambda: sql.query("SELECT note_id FROM warehouse_todo_invoice FOR UPDATE"),
        )
        assert [one.number for one in made.issued] == ["F2026-000001"]
        assert nothing_wrong() == []
