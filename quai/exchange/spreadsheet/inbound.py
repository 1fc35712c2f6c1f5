"""From a list to the house: recognised by its head, read row by row, entered by the verb its rows are for."""

from __future__ import annotations

import json
from dataclasses import asdict, dataclass, field
from datetime import datetime

from quai.access.types import Actor
from quai.core import store
from quai.core.atomic import atomic
from quai.core.refusals import Refusal
from quai.exchange import archive
from quai.exchange.spreadsheet import slips
from quai.exchange.spreadsheet.lists import ARRIVALS, LISTS
from quai.exchange.spreadsheet.read import Unreadable, read_head, read_rows
from quai.exchange.spreadsheet.shapes import (
    Entry,
    Match,
    Row,
    RowProblem,
    Shape,
    read_row,
    recognise,
    repeats,
)
from quai.exchange.types import FileOutcome, FileReport, ProblemReport

LAST = len(LISTS)  # the rank of arrivals, which need the titles
SLIP_KNOWN = "Cet arrivage est déjà entré sous le même bordereau : rien n’est refait."
NOT_TWICE = "Ce fichier a déjà été reçu : rien n’est refait."
ANOTHER_SLIP = (
    " Si c’est vraiment un autre arrivage, donnez son bordereau : une colonne « bordereau », ou "
    "« quai stock receive --slip RÉFÉRENCE »."
)


@dataclass(slots=True)
class StockReport:
    """What came of a list of arrivals."""

    name: str
    entered: int = 0
    copies: int = 0
    problems: list[str] = field(default_factory=list)


def detect(content: bytes) -> bool:
    """Say whether these bytes are a list, or something meant to be one."""
    return recognise(read_head(content), LISTS) is not None


def rank(content: bytes) -> int:
    """Where a file comes in the order in which lists lean on each other; 0 when it is no list."""
    found = recognise(read_head(content), LISTS)
    return 1 + LISTS.index(found[0]) if found else 0


def take_in(
    report: FileReport, kept: archive.Archived, content: bytes, *, at: datetime, by: Actor, slip: str = ""
) -> int:
    """Enter a list, telling the report what came of it; how many copies it brought. All of it, or nothing if cut.

    The same bytes again enter nothing; of a list that entered in part, only the rows that were refused are read
    again: their cause may be mended, and the others may have changed since. What the house refuses as a whole is
    told of this list, and the next file goes on.
    """
    found = recognise(read_head(content), LISTS)
    if found is None:
        report.error("Ce fichier n’est aucune des listes de la maison.")
        return 0
    shape, match = found
    before = kept.outcome if kept.report and not slip else None
    if before in (FileOutcome.RECEIVED, FileOutcome.DUPLICATE):
        report.kind, report.outcome = str(kept.report and kept.report["kind"]), FileOutcome.DUPLICATE
        report.problems.append(_warning(NOT_TWICE + ANOTHER_SLIP * (shape is ARRIVALS)))
        return 0
    refused_then = None
    if before == FileOutcome.PARTIAL and kept.report:
        refused_then = {one["position"] for one in kept.report["problems"] if one["severity"] == "error"}

    @atomic
    def enter() -> tuple[FileReport, int]:
        """Tell and enter from nothing each time: the transaction may be done again."""
        told, entry = FileReport(report.name, report.sha256), Entry(shape, kept.message_id, at, by, slip)
        if match.missing or match.doubled:
            _not_quite(told, shape, match)
        else:
            _enter(told, entry, match, content, refused_then)
        if told.outcome != FileOutcome.DUPLICATE or refused_then is None:  # else what came of it before holds
            _conclude(told, kept, at=at, by=by)
        return told, entry.copies

    try:
        told, copies = enter()
    except Refusal as why:  # somebody changed meanwhile what the rows were compared with; nothing has entered
        told, copies = FileReport(report.name, report.sha256, kind=shape.kind), 0
        told.error(str(why))
        if refused_then is None:
            _conclude(told, kept, at=at, by=by)
    report.kind, report.outcome, report.rows = told.kind, told.outcome, told.rows
    report.problems += told.problems
    return copies


def receive_stock(*, name: str, content: bytes, at: datetime, by: Actor, slip: str = "") -> StockReport:
    """Enter arrivals from a list of `ean,quantity,location`. The same slip, or else the same file, enters once.

    A row that cannot enter is reported and the others do.

    :param slip: the reference of the slip, for a list that has no column for it.
    """
    kept = archive.keep(name=name, origin="stock receive", content=content, at=at, by=by)
    told = FileReport(name, store.digest(content).hex())
    found = recognise(read_head(content), LISTS)
    copies = 0
    reference = " ".join(slip.split())
    if len(reference) > slips.LONGEST:
        told.error(f"Un bordereau a une référence de {slips.LONGEST} caractères au plus.")
    elif found and found[0] is ARRIVALS:
        copies = take_in(told, kept, content, at=at, by=by, slip=reference)
    else:
        told.error(
            f"Ce fichier est {found[0].title} : « quai receive » la fait entrer."
            if found and not found[1].missing
            else "Il manque à ce fichier les colonnes ean, quantité et emplacement."
        )
        if kept.report is None:
            _conclude(told, kept, at=at, by=by)
    return StockReport(name, told.rows["received"], copies, [_sentence(one) for one in told.problems])


def _enter(
    report: FileReport, entry: Entry, match: Match, content: bytes, refused_then: set[int] | None
) -> None:
    """Read the rows, let their verb take them, and tell what came of each."""
    report.kind = entry.shape.kind
    report.problems += [
        _warning(f"La colonne « {name} » n’est pas de {entry.shape.title} : elle n’est pas lue.", 1)
        for name in match.unread
    ]
    rows, problems = _rows(entry.shape, match, content)
    if not rows and not problems:
        report.error("Cette liste n’a aucune ligne sous ses titres de colonnes.")
    entry.lame = any(problem.severity == "error" for problem in problems)
    if refused_then is not None:
        problems = [problem for problem in problems if problem.row in refused_then]
        entry.known = {row.number for row in rows} - refused_then
    entry.read = [row for row in rows if entry.shape.whole or row.number not in entry.known]
    if entry.read:
        entry.shape.enter(entry)
    problems += entry.problems
    bad = {one.row for one in problems if one.severity == "error"} | entry.refused
    report.problems += [
        ProblemReport(one.severity, "", "", one.row, one.message)
        for one in sorted(problems, key=lambda one: one.row)
        if one.severity == "error" or one.row not in bad  # what doubts a row that stays out?
    ]
    report.rows["received"] = len({row.number for row in entry.read} - bad - entry.known)
    report.rows["refused"] = len(bad)
    report.concluded()
    if not report.rows["received"] and (refused_then is not None or (entry.known and not bad)):
        report.outcome = FileOutcome.DUPLICATE
        report.problems.append(_warning(SLIP_KNOWN if refused_then is None else NOT_TWICE))


def _rows(shape: Shape, match: Match, content: bytes) -> tuple[list[Row], list[RowProblem]]:
    """The rows that can be read, and why the others cannot."""
    rows: list[Row] = []
    problems: list[RowProblem] = []
    for text in read_rows(content):
        if isinstance(text, Unreadable):
            problems.append(RowProblem("error", text.row, text.message))
            continue
        row, found = read_row(shape, match.places, text)
        problems += found
        if not any(problem.severity == "error" for problem in found):
            rows.append(row)
    repeated = list(repeats(shape, rows))
    out = {problem.row for problem in repeated}
    return [row for row in rows if row.number not in out], problems + repeated


def _not_quite(report: FileReport, shape: Shape, match: Match) -> None:
    if match.missing:
        named = ", ".join(f"« {name} »" for name in match.missing)
        report.error(f"Ce fichier ressemble à {shape.title}, mais il y manque la colonne {named}.")
    for name in match.doubled:
        report.error(f"La colonne « {name} » est deux fois dans ce fichier : laquelle compte ?")
    report.concluded()


def _conclude(report: FileReport, kept: archive.Archived, *, at: datetime, by: Actor) -> None:
    archive.conclude(
        message_id=kept.message_id,
        kind=report.kind,
        outcome=report.outcome,
        report=json.loads(json.dumps(asdict(report))),
        at=at,
        by=by,
    )


def _warning(sentence: str, position: int = 0) -> ProblemReport:
    return ProblemReport("warning", "", "", position, sentence)


def _sentence(problem: ProblemReport) -> str:
    message = problem.message
    return f"Ligne {problem.position}, {message[0].lower()}{message[1:]}" if problem.position else message
