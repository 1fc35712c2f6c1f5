"""From an order file to the domain: orders enter in chunks, each one transaction; every order has its outcome."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from datetime import datetime
from itertools import islice
from typing import BinaryIO

from quai.access.types import Actor
from quai.core import house
from quai.exchange.dilicom.detect import Format, detect
from quai.exchange.dilicom.draft import HiddenOrder
from quai.exchange.dilicom.read import MAX_PROBLEMS, read
from quai.exchange.dilicom.service import read_service
from quai.exchange.dilicom.text import Replay, take_head
from quai.exchange.types import FileReport, LineReport, OrderReport, ProblemReport
from quai.orders import actions as orders
from quai.orders.types import Fate, OrderMessage, OrderOutcome, Problem, Reason, RefusedLine, Standing
from quai.parties import queries as parties

UNSORTED = "3035593037000"  # Dilicom as the receiver: the network chose us, a normal order for us
CHUNK_ORDERS, CHUNK_LINES = (
    1_000,
    5_000,
)  # a transaction holds its titles locked: short ones wait less for each other
OUTCOMES = {
    Standing.ACCEPTED: "received",
    Standing.DUPLICATE: "duplicate",
    Standing.NEEDS_PERSON: "needs_person",
    Standing.REFUSED: "refused",
}


def take_in(report: FileReport, stream: BinaryIO, *, message_id: int, at: datetime, by: Actor) -> None:
    """Read an order file into the domain, telling the report what came of each order and line.

    Cut in the middle and run again, it resumes: orders already entered are told as they stand.
    """
    head = take_head(stream)
    form = detect(head)
    source = Replay(head, stream)
    if form in (Format.SERVICE_GENCOD, Format.SERVICE_EANCOM):
        report.kind = "service"
        problems = (item for item in read_service(source) if isinstance(item, Problem))
        report.problems += map(_problem, islice(problems, MAX_PROBLEMS))
        return
    report.kind = form.value if form else "unknown"
    ours = {*parties.house().glns, UNSORTED}
    for chunk in _chunks(read(source, received_on=house.day(at)), report):
        for_us = [item for item in chunk if isinstance(item, OrderMessage) and item.supplier in ours]
        entered = orders.receive(
            messages=for_us, channel="dilicom", source_key=f"message:{message_id}", at=at, by=by
        )
        outcomes = iter(entered)
        report.orders += [
            item.told
            if isinstance(item, HiddenOrder)
            else _told(item, next(outcomes), report)
            if item.supplier in ours
            else _not_ours(item, report)
            for item in chunk
        ]


def _chunks(
    items: Iterator[OrderMessage | Problem], report: FileReport
) -> Iterator[list[OrderMessage | HiddenOrder]]:
    """Orders by transactions' worth, those that cannot enter in their place; problems go to the report as they come."""
    chunk: list[OrderMessage | HiddenOrder] = []
    lines = 0
    for item in items:
        if isinstance(item, Problem):
            report.problems.append(_problem(item))
            if isinstance(item, HiddenOrder):
                chunk.append(item)
                lines += len(item.told.lines)
        else:
            report.problems += [_problem(problem) for problem in item.problems]
            chunk.append(item)
            lines += len(item.lines)
        if len(chunk) == CHUNK_ORDERS or lines >= CHUNK_LINES:
            yield chunk
            chunk, lines = [], 0
    if chunk:
        yield chunk


def _told(message: OrderMessage, outcome: OrderOutcome, report: FileReport) -> OrderReport:
    if outcome.problem:
        severity = "error" if outcome.standing is Standing.REFUSED else "warning"
        report.problems.append(
            ProblemReport(severity, message.reference, "", message.position, outcome.problem)
        )
    told = _order(message, OUTCOMES[outcome.standing])
    for line in outcome.lines:
        if line.free_with is None:  # free copies were not ordered: the order's own sheet shows them
            told.lines.extend(
                LineReport(
                    line.gtin,
                    part.quantity,
                    line.line_reference,
                    part.fate.value,
                    part.reason.value,
                    line.successor,
                )
                for part in line.parts
            )
    if outcome.order_id is None:
        told.lines.extend(_refused(message, Reason.BAD_HEADING))
    elif message.refused and outcome.standing is Standing.ACCEPTED:
        told.lines.extend(_as_read(message.refused))
    return told


def _not_ours(message: OrderMessage, report: FileReport) -> OrderReport:
    sentence = (
        f"Cette commande est adressée à {message.supplier}, qui n’est pas cette maison : elle n’entre pas."
    )
    report.problems.append(ProblemReport("error", message.reference, "", message.position, sentence))
    told = _order(message, "refused")
    told.lines.extend(_refused(message, Reason.NOT_OURS))
    return told


def _refused(message: OrderMessage, reason: Reason) -> Iterator[LineReport]:
    """The lines of an order that does not enter."""
    yield from _as_read(
        RefusedLine(line.gtin, line.quantity, line.line_reference, reason) for line in message.lines
    )
    yield from _as_read(message.refused)


def _as_read(lines: Iterable[RefusedLine]) -> Iterator[LineReport]:
    for gtin, quantity, reference, reason in lines:
        yield LineReport(gtin, quantity, reference, Fate.REFUSED.value, reason.value)


def _order(message: OrderMessage, outcome: str) -> OrderReport:
    return OrderReport(
        reference=message.reference,
        supplier=message.supplier,
        buyer=message.buyer,
        deliver_to=message.deliver_to,
        relay=message.relay,
        ordered_on=message.ordered_on,
        earliest_on=message.earliest_on,
        latest_on=message.latest_on,
        operation_code=message.operation_code,
        kind=message.kind.value,
        shipping_mode=message.shipping_mode,
        backorder_policy=message.backorder_policy.value,
        outcome=outcome,
    )


def _problem(problem: Problem) -> ProblemReport:
    return ProblemReport(problem.severity, problem.order, problem.line, problem.position, problem.message)
