"""What every document goes through: written whole, digested, numbered last, posted.

The working tables of a run (`run_line`, `run_group`, `run_document`) say what to write: invoicing and crediting
fill them differently and end here alike.
"""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date, datetime
from typing import NamedTuple

from stdnum.fr import siren

from quai.access.types import Actor
from quai.accounts import actions as accounts
from quai.billing import posting
from quai.billing.types import SERIES, DocumentType, IssuedDocument
from quai.core import numbering, sql
from quai.core.refusals import Refusal, invariant
from quai.parties import queries as parties
from quai.parties.types import House
from quai.terms import queries as terms
from quai.terms.types import DueQuestion


class HouseWithoutSiren(Refusal):
    """The house has no SIREN or no address on %(on)s: without them no invoice is legal."""

    code = "billing.house_without_siren"


class Run(NamedTuple):
    """What is the same for all documents of one run."""

    act_id: int
    on: date
    house: House


def open_parties(customers: Sequence[int], *, on: date) -> House:
    """Say who sells and who buys, in `run_party`. A French VAT number follows from the SIREN.

    :raises HouseWithoutSiren: no invoice of this house would be legal.
    """
    seller = parties.house()
    described = parties.profiles([seller.party_id], on=on).get(seller.party_id)
    if described is None or not described.siren:
        raise HouseWithoutSiren(on=on)
    given = {
        "parties": [seller.party_id, *customers],
        "on": on,
        "house": seller.party_id,
        "house_gln": seller.glns[0],
        "house_vat": described.vat_number or f"FR{siren.to_tva(described.siren)}",
    }
    sql.run("billing/run_parties.sql", given)
    return seller


def write_documents(run: Run, *, due_by_terms: bool) -> list[int]:
    """Write headers, lines and VAT of the run's documents; their ids in order.

    :param due_by_terms: ask terms when each falls due; otherwise the day it is issued.
    """
    sql.run("billing/run_vat.sql")
    questions = [
        DueQuestion(row.invoice_id, row.customer_id, row.operation_code, run.on)
        for row in sql.rows("billing/run_due_questions.sql")
    ]
    due = terms.due_dates(questions) if due_by_terms else [run.on] * len(questions)
    invoices = [question.key for question in questions]
    written = sql.run(
        "billing/insert_documents.sql",
        {"act": run.act_id, "on": run.on, "house": run.house.party_id, "invoices": invoices, "due": due},
    )
    invariant(written == len(invoices), "every document of the run has its header")
    sql.run("billing/insert_lines.sql", {"act": run.act_id})
    sql.run("billing/insert_vat.sql", {"act": run.act_id})
    return invoices


def number_and_post(
    run: Run, invoices: Sequence[int], *, kind: DocumentType, by: Actor, at: datetime
) -> tuple[IssuedDocument, ...]:
    """Take the numbers of these documents, last and all at once, and post their entries.

    :raises DateGoesBack: the series holds a later date.
    """
    digests = sql.rows("billing/digests.sql", {"invoices": list(invoices)})
    numbers = numbering.take(
        issuer_id=run.house.party_id,
        kind=SERIES[kind],
        on=run.on,
        documents=[
            numbering.Document(posting.source_key(row.invoice_id), bytes(row.digest)) for row in digests
        ],
        act_id=run.act_id,
    )
    given = {
        "act": run.act_id,
        "invoices": [row.invoice_id for row in digests],
        "numbers": [number.text for number in numbers],
        "hashes": [number.hash for number in numbers],
    }
    sql.run("billing/issue.sql", given)
    issued = sql.rows("billing/issued.sql", {"invoices": list(invoices)})
    accounts.post(entries=[posting.entry(row) for row in issued if row.gross], at=at, by=by)
    return tuple(IssuedDocument(*row[: len(IssuedDocument._fields)]) for row in issued)
