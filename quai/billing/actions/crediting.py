"""Take back copies that an invoice charged: a credit note that cites it, never more than was sold."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from datetime import datetime

from django.db import IntegrityError, transaction

from quai.access.types import Actor
from quai.billing.actions import issuing
from quai.billing.actions.invoicing import FROZEN_MENTIONS
from quai.billing.types import Correction, DocumentType, IssuedDocument
from quai.core import house, journal, sql
from quai.core.refusals import Refusal, invariant

INTERVALS = "billing_credited_"  # the constraints that make a copy creditable once


class NotAnInvoicedLine(Refusal):
    """%(line)s is not a line of an issued invoice."""

    code = "billing.not_an_invoiced_line"


class MoreThanSold(Refusal):
    """Invoice %(number)s sold %(sold)s copies, %(credited)s are credited: %(asked)s more cannot be."""

    code = "billing.more_than_sold"


class NothingToCredit(Refusal):
    """These copies were free: a credit note of zero is not issued."""

    code = "billing.nothing_to_credit"


class CreditedMeanwhile(Refusal):
    """Somebody else has just credited one of these lines: look again at what is left."""

    code = "billing.credited_meanwhile"


@transaction.atomic
def credit(
    *, corrections: Sequence[Correction], reason: str, at: datetime, by: Actor
) -> tuple[IssuedDocument, ...]:
    """Credit copies of invoice lines: one credit note per invoice corrected, citing its number and date.

    Copies are valued so that the credits of a line add up to its amounts exactly once all are back.

    :param reason: printed on the credit note.
    :raises NotAnInvoicedLine, MoreThanSold, NothingToCredit, CreditedMeanwhile: nothing is credited at all.
    """
    back = _checked(corrections)
    if not back:
        return ()
    on = house.day(at)
    sql.run("billing/run_credit_lines.sql", {"lines": list(back), "quantities": list(back.values())})
    seller = issuing.open_parties(
        [row.customer_id for row in sql.rows("billing/run_credit_customers.sql")], on=on
    )
    if sql.run("billing/run_credit_groups.sql") != sql.rows("billing/run_credit_invoices.sql")[0].invoices:
        raise NothingToCredit
    run = issuing.Run(journal.record("billing.credit", at=at, by=by, reason=reason), on, seller)
    given = {"house": seller.party_id, "reason": reason, "mentions": FROZEN_MENTIONS}
    sql.run("billing/run_credit_documents.sql", given)
    invoices = issuing.write_documents(run, due_by_terms=False)
    _record_credited(run.act_id, len(back))
    issued = issuing.number_and_post(run, invoices, kind=DocumentType.CREDIT_NOTE, at=at, by=by)
    sql.run("billing/run_forget.sql")
    return issued


def _checked(corrections: Sequence[Correction]) -> Counter[int]:
    """The copies to take back of each line, once it is sure that they were sold and are not credited yet."""
    back: Counter[int] = Counter()
    for line_id, quantity in corrections:
        invariant(quantity > 0, "a correction takes back at least one copy")
        back[line_id] += quantity
    found = {row.line_id: row for row in sql.rows("billing/creditable.sql", {"lines": list(back)})}
    for line_id, asked in back.items():
        line = found.get(line_id)
        if line is None or line.type_code != DocumentType.INVOICE:
            raise NotAnInvoicedLine(line=line_id)
        if line.credited + asked > line.sold:
            raise MoreThanSold(number=line.number, sold=line.sold, credited=line.credited, asked=asked)
    return back


def _record_credited(act_id: int, lines: int) -> None:
    try:
        with transaction.atomic():
            written = sql.run("billing/insert_credited.sql", {"act": act_id})
    except IntegrityError as error:
        if INTERVALS in str(error):
            raise CreditedMeanwhile from error
        raise
    invariant(written == lines, "every correction has its interval")
