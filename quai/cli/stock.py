"""Copies counted, copies carried from bin to bin."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from quai.cli import printing
from quai.cli.options import Home, Json, Key
from quai.cli.session import in_house
from quai.desk import words

if TYPE_CHECKING:
    from quai.exchange.spreadsheet.stocktake import CountReport

File = Annotated[Path, typer.Argument(exists=True, dir_okay=False)]


def count(file: File, key: Key = "", home: Home = None, as_json: Json = False) -> None:
    """Saisir un inventaire : CSV « ean,location,counted » et, au besoin, « owner », « state », « reason »."""
    with in_house(home) as session:
        from quai.exchange.spreadsheet import stocktake

        report = stocktake.count_stock(
            name=file.name, content=file.read_bytes(), key=key, at=session.at, by=session.by
        )
    if as_json:
        printing.show_json(report)
    else:
        _print(report)
    raise typer.Exit(2 if report.problems and not (report.counted or report.already) else 0)


def move(file: File, key: Key = "", home: Home = None, as_json: Json = False) -> None:
    """Porter des exemplaires d’un emplacement à un autre : CSV « ean,from,to,quantity » et, au besoin, « owner »."""
    with in_house(home) as session:
        from quai.exchange.spreadsheet import stocktake

        report = stocktake.move_stock(
            name=file.name, content=file.read_bytes(), key=key, at=session.at, by=session.by
        )
    moved, copies = words.number(report.moved), words.number(report.copies)
    carried = f"Lignes : {moved} ; exemplaires déplacés : {copies}."
    printing.tell(report, carried, *report.problems, as_json=as_json)


def _print(report: CountReport) -> None:
    printing.say(f"Emplacements comptés : {words.number(report.counted)}.")
    if report.differences:
        rows = [(one["location"], one["ean"], one["copies"]) for one in report.differences]
        printing.table("Écarts", ["emplacement", "ean", "exemplaires"], rows)
    if report.lines:
        short = [(one["line"], one["copies"]) for one in report.lines]
        printing.table("Lignes décidées de nouveau", ["ligne", "exemplaires manquants"], short)
    for problem in report.problems:
        printing.fail(problem)
