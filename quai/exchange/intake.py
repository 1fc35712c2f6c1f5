"""The door: any inbound file, recognised by its bytes, archived, handed to its channel, reported."""

from __future__ import annotations

import dataclasses
import json
from collections.abc import Iterable, Iterator
from contextlib import contextmanager, nullcontext
from datetime import datetime
from io import BytesIO
from pathlib import Path

from django.core.serializers.json import DjangoJSONEncoder
from django.db import transaction

from quai.access.types import Actor
from quai.core import store
from quai.exchange import archive
from quai.exchange.dilicom import inbound as orders_channel
from quai.exchange.onix import inbound as products_channel
from quai.exchange.spreadsheet import inbound as lists_channel
from quai.exchange.types import FileOutcome, FileReport, OrderReport, ProblemReport

LARGEST = 50 * 2**20  # bytes read; more is archived and shown to a person
LARGEST_KEPT = 512 * 2**20
HEAD = 16 * 2**10


def files_of(paths: list[Path]) -> Iterator[Path]:
    """The files of these paths and folders, by name; a hidden name is a file still being written."""
    for path in paths:
        if path.is_dir():
            yield from (
                file for file in sorted(path.rglob("*")) if file.is_file() and not _hidden(file, path)
            )
        else:
            yield path


def in_order_of_need(files: Iterable[Path]) -> list[Path]:
    """The lists a house begins with, those that others lean on first; then notices, arrivals, and orders.

    So a folder enters at once, whatever its files are called.
    """
    return sorted(files, key=_need)


def _need(file: Path) -> tuple[int, int]:
    try:
        with file.open("rb") as stream:
            head = stream.read(HEAD) if file.is_file() else b""
    except OSError:
        return 0, 0  # told when its turn comes
    place = lists_channel.rank(head)
    if products_channel.detect(head):
        return 2, 0
    return (3, 0) if place == lists_channel.LAST else (1, place) if place else (4, 0)


@contextmanager
def rehearsal(*, dry_run: bool) -> Iterator[None]:
    """Let what is received inside be told and not written: a dry run takes everything back at the end."""
    with transaction.atomic() if dry_run else nullcontext():
        yield
        if dry_run:
            transaction.set_rollback(True)


def receive_file(path: Path, *, at: datetime, by: Actor) -> FileReport:
    """Take in one file.

    :returns: what came of it; a file that cannot even be opened is an outcome too.
    """
    try:
        if not path.is_file():  # a pipe would keep everybody waiting
            report = FileReport(path.name, "")
            report.error("Ce n’est pas un fichier : rien n’y est lu.")
            return report
        if path.stat().st_size > LARGEST_KEPT:
            report = FileReport(path.name, "")
            report.error(f"Ce fichier dépasse {LARGEST_KEPT >> 20} Mo : il reste où il est, rien n’y est lu.")
            return report
        content = path.read_bytes()
    except OSError as failure:
        report = FileReport(path.name, "")
        report.error(f"Ce fichier ne peut pas être ouvert : {failure.strerror or failure}.")
        return report
    return receive(name=path.name, origin=str(path.parent), content=content, at=at, by=by)


def receive(*, name: str, origin: str, content: bytes, at: datetime, by: Actor) -> FileReport:
    """Take in bytes from outside: archived first, then read by the channel that knows them.

    Running it again resumes what was cut, reads again what was refused (its cause may be mended), and reports
    what was done as a duplicate.
    """
    kept = archive.keep(name=name, origin=origin, content=content, at=at, by=by)
    report = FileReport(name, store.digest(content).hex())
    if len(content) <= LARGEST and lists_channel.detect(content):
        lists_channel.take_in(report, kept, content, at=at, by=by)
        return report
    if kept.report is not None and kept.outcome != FileOutcome.REFUSED:
        return _told_again(report, kept.report)
    _read(report, kept.message_id, content, at=at, by=by)
    archive.conclude(
        message_id=kept.message_id,
        kind=report.kind,
        outcome=report.outcome,
        report=_summary(report),
        at=at,
        by=by,
    )
    return report


def _read(report: FileReport, message_id: int, content: bytes, *, at: datetime, by: Actor) -> None:
    head = content[:HEAD]
    if not content:
        report.error("Ce fichier est vide.")
    elif len(content) > LARGEST:
        report.error(
            f"Ce fichier dépasse {LARGEST >> 20} Mo : il est archivé, une personne doit le regarder."
        )
    elif products_channel.detect(head):
        products_channel.take_in(report, BytesIO(content), message_id=message_id, at=at, by=by)
    else:
        orders_channel.take_in(report, BytesIO(content), message_id=message_id, at=at, by=by)
    report.concluded()


def _told_again(report: FileReport, before: dict[str, object]) -> FileReport:
    """The same bytes came again: say what was said, and that nothing was done twice."""
    report.kind = str(before["kind"])
    report.outcome = FileOutcome.DUPLICATE
    report.orders = [OrderReport(**{**order, "outcome": "duplicate"}) for order in before["orders"]]  # type: ignore[attr-defined]
    report.problems.append(
        ProblemReport("warning", "", "", 0, "Ce fichier a déjà été reçu : rien n’est refait.")
    )
    return report


def _summary(report: FileReport) -> dict[str, object]:
    """What is kept of a report: lines live in the orders themselves."""
    orders = [dataclasses.replace(order, lines=[]) for order in report.orders]
    told = dataclasses.asdict(dataclasses.replace(report, orders=orders))
    plain: dict[str, object] = json.loads(json.dumps(told, cls=DjangoJSONEncoder))
    return plain


def _hidden(file: Path, root: Path) -> bool:
    return any(part.startswith(".") for part in file.relative_to(root).parts)
