"""Take back copies that an invoice charged: a credit note that cites it, never more than was sold."""

from __future__ import annotations

import hashlib
from collections import Counter
from collections.abc import Sequence
from datetime import datetime

from django.db import IntegrityError, transaction

from quai.access.types import Actor
from quai.billing.actions import issuing
from quai.billing.actions.invoicing import FROZEN_MENTIONS
from quai.billing.types import Correction, CreditReport, DocumentType, IssuedDocument
from quai.core import house, journal, sql
from quai.core.atomic import atomic
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


class KeyReused(Refusal):
    """The key %(source_key)s was used before for another credit note: a person must look."""

    code = "billing.key_reused"


class NothingLeft(Refusal):
    """Everything on this invoice is credited already."""

    code = "billing.nothing_left"


@atomic
def credit(
    *, corrections: Sequence[Correction], reason: str, source_key: str, at: datetime, by: Actor
) -> CreditReport:
    """Credit copies of invoice lines: one credit note per invoice corrected, citing its number and date.

    Copies are valued so that the credits of a line add up to its amounts exactly once all are back. Running it again
    is harmless: a source key credits once.

    :param reason: printed on the credit note.
    :raises NotAnInvoicedLine, MoreThanSold, NothingToCredit, CreditedMeanwhile: nothing is credited at all.
    :raises KeyReused: the key comes again for something else.
    """
    asked = sorted(corrections)
    content = _digest("lines", reason, *(f"{line} {quantity}" for line, quantity in asked))
    known = _known(source_key, content)
    if known or not asked:
        return CreditReport(known, already=bool(known))
    return _credit(_checked(asked), reason, source_key, content, at=at, by=by)


@atomic
def credit_rest(
    *, invoices: Sequence[int], reason: str, source_key: str, at: datetime, by: Actor
) -> CreditReport:
    """Credit whatever these invoices charged and nobody credited yet; the rest is as for `credit`.

    :raises NothingLeft: all of it is credited, by others.
    """
    content = _digest("rest", reason, *map(str, sorted(invoices)))
    known = _known(source_key, content)
    if known:
        return CreditReport(known, already=True)
    left = sql.rows("billing/left_to_credit.sql", {"invoices": list(invoices)})
    if not left:
        raise NothingLeft
    return _credit(
        Counter({row.line_id: row.quantity for row in left}), reason, source_key, content, at=at, by=by
    )


def _digest(*content: str) -> bytes:
    return hashlib.sha256("\n".join(content).encode()).digest()


def _known(source_key: str, content: bytes) -> tuple[IssuedDocument, ...]:
    """The credit notes that this key made before; whoever comes with it at this moment is waited for."""
    sql.rows("billing/one_correction.sql", {"source_key": source_key})
    found = sql.rows("billing/corrected.sql", {"source_key": source_key})
    if any(bytes(row.content_digest) != content for row in found):
        raise KeyReused(source_key=source_key)
    return tuple(IssuedDocument(*row[1:]) for row in found)


def _credit(
    back: Counter[int], reason: str, source_key: str, content: bytes, *, at: datetime, by: Actor
) -> CreditReport:
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
    sql.run(
        "billing/insert_requests.sql",
        {"act": run.act_id, "source_key": source_key, "content": content, "invoices": invoices},
    )
    issued = issuing.number_and_post(run, invoices, kind=DocumentType.CREDIT_NOTE, at=at, by=by)
    sql.run("billing/run_forget.sql")
    return CreditReport(issued)


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
