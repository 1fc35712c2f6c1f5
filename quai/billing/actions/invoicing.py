"""Invoice what was delivered: pull departed notes, price them, group them by their account's rhythm."""

from __future__ import annotations

import json
from datetime import date, datetime

from quai.access.types import Actor
from quai.billing import posting
from quai.billing.actions import issuing
from quai.billing.mentions import CARRIAGE, GOODS, MENTIONS
from quai.billing.types import BillingReport, DocumentType, IssuedDocument, RefusalReason, RefusedNote
from quai.core import house, journal, sql
from quai.core.atomic import atomic
from quai.core.refusals import Refusal, invariant
from quai.orders import actions as orders
from quai.orders.types import InvoicedLine
from quai.warehouse import actions as warehouse

FROZEN_MENTIONS = json.dumps(
    [{"subject": subject, "text": text} for subject, text in MENTIONS], ensure_ascii=False
)


class FutureDay(Refusal):
    """What leaves until %(until)s is not known yet: invoices are made until today, %(on)s, at the latest."""

    code = "billing.future_day"


@atomic
def invoice_delivered(*, until: date, at: datetime, by: Actor) -> BillingReport:
    """Invoice the departed notes of sales closed until a day, each exactly once whoever else is at it.

    Per note, or one invoice per period of ten days or a month, customer and delivery address; a period is due once
    `until` has reached its end. A note that cannot be invoiced stays in the worklist, with its reason in the report.

    :raises FutureDay: a month or ten days would be closed before their end.
    :raises HouseWithoutSiren: no invoice of this house would be legal.
    :raises DateGoesBack: the series already holds a later date than that of `at`.
    """
    on = house.day(at)
    if until > on:
        raise FutureDay(until=f"{until:%d/%m/%Y}", on=f"{on:%d/%m/%Y}")
    # Looked at, not taken: what is refused, or not due yet, stays in warehouse's worklist.
    departed = [row.note_id for row in sql.rows("billing/departed.sql", {"until": until})]
    if not departed:
        return BillingReport()
    sql.run("billing/run_notes.sql", {"notes": departed, "until": until, "zone": house.PARIS.key})
    customers = [row.customer_id for row in sql.rows("billing/run_customers.sql")]
    seller = issuing.open_parties(customers, on=on)
    sql.run("billing/run_delivered_lines.sql")
    sql.run("billing/run_carriage.sql", {"title": CARRIAGE})
    sql.run("billing/run_refusals.sql", {"rates": posting.rates()})
    judged = sql.rows("billing/run_judged.sql")
    refused = tuple(
        RefusedNote(row.note_id, row.number, row.customer_id, RefusalReason(row.refusal))
        for row in judged
        if row.refusal
    )
    sound = [row.note_id for row in judged if row.refusal is None]
    taken = [note.note_id for note in warehouse.take_departed(until=until, note_ids=sound)] if sound else []
    issued: tuple[IssuedDocument, ...] = ()
    if taken:
        run = issuing.Run(journal.record("billing.invoice_delivered", at=at, by=by), on, seller)
        sql.run("billing/run_groups.sql", {"notes": taken})
        given = {"house": seller.party_id, "on": on, "process": GOODS, "mentions": FROZEN_MENTIONS}
        sql.run("billing/run_documents.sql", given)
        invoices = issuing.write_documents(run, due_by_terms=True)
        covered = sql.run("billing/insert_notes.sql", {"act": run.act_id})
        invariant(covered == len(taken), "every note taken is on an invoice")
        orders.record_invoiced(invoiced=_invoiced(), at=at, by=by)
        issued = issuing.number_and_post(run, invoices, kind=DocumentType.INVOICE, at=at, by=by)
    sql.run("billing/run_forget.sql")
    return BillingReport(issued, refused)


def _invoiced() -> list[InvoicedLine]:
    return [
        InvoicedLine(row.line_id, row.quantity, f"note_line:{row.note_line_id}")
        for row in sql.rows("billing/run_estimated.sql")
    ]
