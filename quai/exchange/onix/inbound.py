"""From an ONIX file to the catalogue: notices enter in batches, a bad one is reported and the others enter."""

from __future__ import annotations

from collections.abc import Collection, Iterator
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
from quai.parties import queries as parties
from quai.terms import queries as terms

Place = tuple[int, str]  # line in the file, record reference: files of one line exist
BATCH = 1_000  # notices of one transaction
FOLLOWED = "Une notice suivante du même titre est déjà entrée : celle-ci n’est plus lue."
MAX_PROBLEMS = 10_000  # per file; past that they are counted, no longer named

__all__ = ["detect", "take_in"]


def take_in(
    report: FileReport,
    stream: BinaryIO,
    *,
    message_id: int,
    at: datetime,
    by: Actor,
    refused_before: Collection[Place] | None = None,
) -> None:
    """Read a product file into the catalogue, telling the report what came of each product.

    :param refused_before: the file was read before, and the notices of these places did not enter: only they are
        tried again, for newer files may have followed the others.
    """
    report.kind = "onix"
    items = read(stream, ours=parties.house().glns)
    rates = terms.mainland_rates()
    found = 0
    while batch := list(islice(items, BATCH)):
        notices = [item for item in batch if isinstance(item, ProductNotice)]
        problems = [item for item in batch if isinstance(item, NoticeProblem)]
        report.problems += map(_problem, problems[: max(0, MAX_PROBLEMS - found)])
        found += len(problems)
        report.products["refused"] += sum(
            isinstance(item, NoticeProblem) and item.severity == "error" and item.position > 0
            for item in batch
        )
        report.problems += [
            ProblemReport("warning", _subject(notice), notice.gtin, notice.line, sentence)
            for notice in notices
            for sentence in (*notice.warnings, *_odd_rates(notice, rates, on=house.day(at)))
        ]
        due = notices if refused_before is None else _due(report, notices, refused_before)
        _enter(report, due, message_id=message_id, at=at, by=by)
    if found > MAX_PROBLEMS:
        report.error(
            f"Ce fichier contient {found - MAX_PROBLEMS} autres anomalies qui ne sont pas détaillées."
        )


def _due(
    report: FileReport, notices: list[ProductNotice], refused_before: Collection[Place]
) -> list[ProductNotice]:
    """The notices to try again: refused before, and not followed by one of the same title that entered."""
    refused = [notice for notice in notices if (notice.line, _subject(notice)) in refused_before]
    tried_again = {notice.position for notice in refused}
    last = {notice.gtin: notice.position for notice in notices if notice.position not in tried_again}
    report.products["received"] += len(notices) - len(refused)
    due = [notice for notice in refused if notice.position > last.get(notice.gtin, 0)]
    followed = [notice for notice in refused if notice.position < last.get(notice.gtin, 0)]
    report.products["refused"] += len(followed)
    report.problems += [
        ProblemReport("error", _subject(notice), notice.gtin, notice.line, FOLLOWED) for notice in followed
    ]
    return due


def _subject(notice: ProductNotice) -> str:
    return notice.record_reference or notice.gtin


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
        if outcome.standing is Standing.REFUSED:
            report.products["refused"] += 1
            report.problems.append(
                ProblemReport("error", _subject(notice), notice.gtin, notice.line, outcome.reason)
            )
        else:
            report.products["received"] += 1


def _problem(problem: NoticeProblem) -> ProblemReport:
    return ProblemReport(
        problem.severity, problem.reference, "", problem.line or problem.position, problem.message
    )
