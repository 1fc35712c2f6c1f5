"""From an ONIX file to the catalogue: notices enter in batches, a bad one is reported and the others enter."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date, datetime
from decimal import Decimal
from itertools import islice
from typing import BinaryIO

from quai.access.types import Actor
from quai.catalogue import actions as catalogue
from quai.catalogue.types import NoticeProblem, ProductNotice, Standing
from quai.core import house
from quai.exchange.onix.read import detect, read
from quai.exchange.types import FileReport, ProblemReport
from quai.terms import queries as terms

BATCH = 1_000  # notices of one transaction

__all__ = ["detect", "take_in"]


def take_in(report: FileReport, stream: BinaryIO, *, message_id: int, at: datetime, by: Actor) -> None:
    """Read a product file into the catalogue, telling the report what came of each product."""
    report.kind = "onix"
    items = read(stream)
    rates = terms.mainland_rates()
    while batch := list(islice(items, BATCH)):
        notices = [item for item in batch if isinstance(item, ProductNotice)]
        report.problems += [_problem(item) for item in batch if isinstance(item, NoticeProblem)]
        report.products["refused"] += sum(
            isinstance(item, NoticeProblem) and item.severity == "error" and item.position > 0
            for item in batch
        )
        report.problems += [
            ProblemReport(
                "warning", notice.record_reference or notice.gtin, notice.gtin, notice.line, sentence
            )
            for notice in notices
            for sentence in (*notice.warnings, *_odd_rates(notice, rates, on=house.day(at)))
        ]
        _enter(report, notices, message_id=message_id, at=at, by=by)


def _odd_rates(notice: ProductNotice, rates: dict[Decimal, date], *, on: date) -> Iterator[str]:
    """The VAT rates of a notice that the country does not know on the day of the price: they enter, for a person to
    see before anything of that title is invoiced. Zero is exempt; a house that knows no rate judges none.
    """
    for price in notice.prices:
        for rate, _ in price.parts:
            if rate and rates and rates.get(rate, date.max) > max(price.from_on or on, on):
                yield f"Le taux de TVA de {rate} % n’est pas un taux connu à la date du prix : il est pris tel quel."


def _enter(
    report: FileReport, notices: list[ProductNotice], *, message_id: int, at: datetime, by: Actor
) -> None:
    outcomes = catalogue.take_notices(notices=notices, source_key=f"message:{message_id}", at=at, by=by)
    for notice, outcome in zip(notices, outcomes, strict=True):
        subject = notice.record_reference or notice.gtin
        if outcome.standing is Standing.REFUSED:
            report.products["refused"] += 1
            report.problems.append(ProblemReport("error", subject, notice.gtin, notice.line, outcome.reason))
        else:
            report.products["received"] += 1


def _problem(problem: NoticeProblem) -> ProblemReport:
    return ProblemReport(
        problem.severity, problem.reference, "", problem.line or problem.position, problem.message
    )
