"""The door: any inbound file, recognised by its bytes, archived, handed to its channel, reported."""

from __future__ import annotations

import dataclasses
import json
import os
from collections import Counter
from collections.abc import Callable, Iterable, Iterator
from contextlib import contextmanager, nullcontext
from datetime import datetime
from io import BytesIO
from pathlib import Path
from typing import Any

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
Watch = Callable[[int], object]  # told of bytes as they are read


class Watched(BytesIO):
    """Bytes of which somebody follows the reading."""

    def __init__(self, content: bytes, watch: Watch) -> None:
        super().__init__(content)
        self._watch = watch

    def read(self, size: int | None = -1, /) -> bytes:
        """Read, and say how much."""
        taken = super().read(size)
        self._watch(len(taken))
        return taken


def files_of(paths: Iterable[Path]) -> list[Path]:
    """The files of these paths and folders, each once, by name in its folder; a hidden name is a file still being
    written. What is no file is named too, so that somebody is told.
    """
    found = {
        file.absolute(): file
        for path in paths
        for file in (sorted(_inside(path)) if _holds(path.is_dir) else [path])
    }
    return list(found.values())


def _inside(folder: Path) -> Iterator[Path]:
    """What a folder and those in it hold; a link to a folder is not followed, for it may lead back here."""
    closed: list[Path] = []
    for place, folders, files in os.walk(
        folder, onerror=lambda failure: closed.append(Path(failure.filename))
    ):
        folders[:] = [name for name in folders if not name.startswith(".")]
        links = [name for name in folders if _holds(Path(place, name).is_symlink)]
        yield from (Path(place, name) for name in (*files, *links) if not name.startswith("."))
    yield from closed


def _holds(question: Callable[[], bool]) -> bool:
    """What the system will not say of a path is no."""
    try:
        return question()
    except OSError:
        return False


def in_order_of_need(files: Iterable[Path]) -> list[Path]:
    """The lists a house begins with, those that others lean on first; then notices, arrivals, and orders.

    So a folder enters at once, whatever its files are called.
    """
    return sorted(files, key=_need)


def _need(file: Path) -> tuple[int, int]:
    try:
        with (
            file.open("rb") if file.is_file() else BytesIO() as stream
        ):  # a pipe would keep everybody waiting
            head = stream.read(HEAD)
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


def receive_file(path: Path, *, at: datetime, by: Actor, watch: Watch = lambda _: None) -> FileReport:
    """Take in one file.

    :param watch: told how many bytes were read, as they are.
    :returns: what came of it; a file that cannot even be opened is an outcome too.
    """
    name, origin = (os.fsencode(text).decode("utf-8", "replace") for text in (path.name, path.parent))
    try:
        problem = _unreadable(path)
        content = b"" if problem else path.read_bytes()
    except OSError as failure:
        problem = f"Ce fichier ne peut pas être ouvert : {failure.strerror or failure}."
    if problem:
        report = FileReport(name, "")
        report.error(problem)
        return report
    return receive(name=name, origin=origin, content=content, at=at, by=by, watch=watch)


def _unreadable(path: Path) -> str:
    """Why nothing is read there; empty when a file is."""
    if path.is_dir():
        if path.is_symlink():
            return "Ce lien mène à un dossier, il n’est pas suivi : donnez le dossier lui-même."
        return "Ce dossier ne peut pas être ouvert : rien n’y est lu."
    if not path.exists():
        return (
            "Ce lien ne mène à aucun fichier : rien n’est lu."
            if path.is_symlink()
            else "Ce fichier n’existe pas, ou n’existe plus : rien n’est lu."
        )
    if not path.is_file():  # a pipe would keep everybody waiting
        return "Ce n’est pas un fichier : rien n’y est lu."
    if path.stat().st_size > LARGEST_KEPT:
        return f"Ce fichier dépasse {LARGEST_KEPT >> 20} Mo : il reste où il est, rien n’y est lu."
    return ""


def receive(
    *, name: str, origin: str, content: bytes, at: datetime, by: Actor, watch: Watch = lambda _: None
) -> FileReport:
    """Take in bytes from outside: archived first, then read by the channel that knows them.

    Running it again resumes what was cut and reports what was done as a duplicate. A file of which something was
    refused is read again, for its cause may be mended: what entered stays as it is.
    """
    kept = archive.keep(name=name, origin=origin, content=content, at=at, by=by)
    report = FileReport(name, store.digest(content).hex())
    if len(content) <= LARGEST and lists_channel.detect(content):
        lists_channel.take_in(report, kept, content, at=at, by=by)
        return report
    if kept.report is not None and kept.outcome not in (FileOutcome.PARTIAL, FileOutcome.REFUSED):
        return _told_again(report, kept.report)
    _read(report, kept, content, watch, at=at, by=by)
    archive.conclude(
        message_id=kept.message_id,
        kind=report.kind,
        outcome=report.outcome,
        report=_summary(report),
        at=at,
        by=by,
    )
    return _resumed(report, kept.report) if kept.report is not None else report


def _read(
    report: FileReport, kept: archive.Archived, content: bytes, watch: Watch, *, at: datetime, by: Actor
) -> None:
    if not content:
        report.error("Ce fichier est vide.")
    elif len(content) > LARGEST:
        report.error(
            f"Ce fichier dépasse {LARGEST >> 20} Mo : il est archivé, une personne doit le regarder."
        )
    elif products_channel.detect(content[:HEAD]):
        products_channel.take_in(
            report, Watched(content, watch), message_id=kept.message_id, at=at, by=by,
            refused_before=_refused_before(kept),
        )  # fmt: skip
    else:
        orders_channel.take_in(report, Watched(content, watch), message_id=kept.message_id, at=at, by=by)
    report.concluded()


def _refused_before(kept: archive.Archived) -> set[tuple[int, str]] | None:
    """Where in a half-entered message something was refused, and what; None when all of it is to be read."""
    if kept.report is None or kept.outcome != FileOutcome.PARTIAL:
        return None
    return {
        (told["position"], told["order"]) for told in kept.report["problems"] if told["severity"] == "error"
    }


def _resumed(report: FileReport, before: dict[str, Any]) -> FileReport:
    """The same bytes were read again: what had entered is told as a duplicate, the rest as it is now."""
    entered = Counter(
        (order["supplier"], order["buyer"], order["reference"])
        for order in before["orders"]
        if order["outcome"] != "refused"
    )
    if not entered and not before.get("products", {}).get("received"):
        return report
    for number, order in enumerate(report.orders):
        known = (order.supplier, order.buyer, order.reference)
        if order.outcome != "refused" and entered[known]:
            entered[known] -= 1
            report.orders[number] = dataclasses.replace(order, outcome="duplicate", lines=[])
    sentence = "Ce fichier a déjà été reçu : ce qui était entré n’est pas refait, le reste est lu de nouveau."
    report.problems.insert(0, ProblemReport("warning", "", "", 0, sentence))
    return report.concluded()


def _told_again(report: FileReport, before: dict[str, Any]) -> FileReport:
    """The same bytes came again: say what was said, and that nothing was done twice."""
    report.kind = str(before["kind"])
    report.outcome = FileOutcome.DUPLICATE
    report.orders = [OrderReport(**{**order, "outcome": "duplicate"}) for order in before["orders"]]
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
