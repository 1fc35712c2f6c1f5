"""From an ONIX file to the catalogue: notices enter in batches, a bad one is reported and the others enter."""

from __future__ import annotations

from datetime import datetime
from itertools import islice
from typing import BinaryIO

from quai.access.types import Actor
from quai.catalogue import actions as catalogue
from quai.catalogue.types import NoticeProblem, ProductNotice, Standing
from quai.exchange.onix.read import detect, read
from quai.exchange.types import FileReport, ProblemReport

BATCH = 1_000  # notices of one transaction

__all__ = ["detect", "take_in"]


def take_in(report: FileReport, stream: BinaryIO, *, message_id: int, at: datetime, by: Actor) -> None:
    """Read a product file into the catalogue, telling the report what came of each product."""
    report.kind = "onix"
    items = read(stream)
    while batch := list(islice(items, BATCH)):
        notices = [item for item in batch if isinstance(item, ProductNotice)]
        report.problems += [_problem(item) for item in batch if isinstance(item, NoticeProblem)]
        report.products["refused"] += sum(
            isinstance(item, NoticeProblem) and item.severity == "error" and item.position > 0
            for item in batch
        )
        _enter(report, notices, message_id=message_id, at=at, by=by)


def _enter(
    report: FileReport, notices: list[ProductNotice], *, message_id: int, at: datetime, by: Actor
) -> None:
    outcomes = catalogue.take_notices(notices=notices, source_key=f"message:{message_id}", at=at, by=by)
    for notice, outcome in zip(notices, outcomes, strict=True):
        subject = notice.record_reference or notice.gtin
        report.problems += [
            ProblemReport("warning", subject, notice.gtin, notice.line, sentence)
            for sentence in notice.warnings
        ]
        if outcome.standing is Standing.REFUSED:
            report.products["refused"] += 1
            report.problems.append(ProblemReport("error", subject, notice.gtin, notice.line, outcome.reason))
        else:
            report.products["received"] += 1


def _problem(problem: NoticeProblem) -> ProblemReport:
    return ProblemReport(
        problem.severity, problem.reference, "", problem.line or problem.position, problem.message
    )
