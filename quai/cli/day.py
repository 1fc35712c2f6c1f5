"""The verbs of a day at the dock, in the order of the day."""

from __future__ import annotations

from collections import Counter
from datetime import datetime
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from quai.cli import printing
from quai.cli.options import Home, Json
from quai.cli.session import in_house

if TYPE_CHECKING:
    from quai.exchange.types import FileReport

Paths = Annotated[list[Path], typer.Argument(help="Fichiers ou dossiers.", exists=True)]
DryRun = Annotated[bool, typer.Option("--dry-run", help="Dire ce qui entrerait, sans rien écrire.")]


def receive(paths: Paths, dry_run: DryRun = False, home: Home = None, as_json: Json = False) -> None:
    """Recevoir des fichiers : commandes, notices, listes ; un résultat par fichier, par commande, par ligne."""
    with in_house(home) as session:
        from quai.exchange import intake

        files = intake.in_order_of_need(intake.files_of(paths))
        with intake.rehearsal(dry_run=dry_run):
            reports = [intake.receive_file(file, at=session.at, by=session.by) for file in files]
    if as_json:
        printing.show_json({"files": reports, "dry_run": dry_run})
    else:
        _print_reports(reports)
        if dry_run:
            printing.console.print("Essai : rien n’est écrit. Sans --dry-run, c’est ce qui entrerait.")
    unreadable = bool(reports) and all(report.outcome == "refused" for report in reports)
    raise typer.Exit(2 if unreadable else 0)


def stock_receive(
    file: Annotated[Path, typer.Argument(exists=True, dir_okay=False)],
    slip: Annotated[str, typer.Option(help="Référence du bordereau : elle n’entre qu’une fois.")] = "",
    home: Home = None,
    as_json: Json = False,
) -> None:
    """Entrer des exemplaires : une liste CSV « ean, quantité, emplacement »."""
    with in_house(home) as session:
        from quai.exchange.spreadsheet import inbound

        report = inbound.receive_stock(
            name=file.name, content=file.read_bytes(), at=session.at, by=session.by, slip=slip
        )
    if as_json:
        printing.show_json(report)
    else:
        printing.console.print(f"{report.entered} lignes entrées, {report.copies} exemplaires.")
        for problem in report.problems:
            printing.fail(problem)
    raise typer.Exit(2 if report.problems and not report.entered else 0)


def decide(home: Home = None, as_json: Json = False) -> None:
    """Décider de nouveau les lignes ouvertes."""
    with in_house(home) as session:
        from quai.orders import actions

        summary = actions.decide(at=session.at, by=session.by)
    copies = {fate.value: count for fate, count in summary.copies.items()}
    told = {"considered": summary.considered, "changed": summary.changed, **copies}
    _told(told, as_json, "Lignes ouvertes, de nouveau décidées")


def prepare(home: Home = None, as_json: Json = False) -> None:
    """Faire les vagues et leurs listes de prélèvement."""
    with in_house(home) as session:
        from quai.desk import paper
        from quai.warehouse import actions, queries

        waves = actions.prepare(at=session.at, by=session.by)
        folder = session.home / "documents" / "prelevement"
        files = paper.write_pick_lists([wave.wave_id for wave in queries.open_waves()], folder)
    if as_json:
        printing.show_json({"waves": [wave._asdict() for wave in waves], "pick_lists": files})
    else:
        rows = [(wave.wave_id, wave.kind, wave.shipments, wave.picks, wave.copies) for wave in waves]
        printing.table("Vagues", ["vague", "genre", "envois", "prélèvements", "exemplaires"], rows)


def ship(
    short: Annotated[
        Path | None,
        typer.Option("--short", help="Manquants au rayon : CSV « wave,location,ean,missing ».", exists=True),
    ] = None,
    home: Home = None,
    as_json: Json = False,
) -> None:
    """Clore les bons de livraison des vagues ouvertes, et les faire partir."""
    with in_house(home) as session:
        from quai.desk import paper, sheets
        from quai.exchange.spreadsheet.shorts import Shorts, read_shorts
        from quai.warehouse import actions

        shorts = read_shorts(short.read_bytes()) if short else Shorts({}, [])
        if shorts.problems:
            printing.fail(
                "\n".join(["Rien n’est expédié : la liste des manquants est à corriger.", *shorts.problems])
            )
            raise typer.Exit(2)
        report = actions.ship(shorts=shorts.missing, at=session.at, by=session.by)
        numbers = sheets.note_numbers(report.notes)
        paper.write_notes(session.home / "documents" / "livraison", numbers=numbers)
    told = {
        "copies": report.copies,
        "missing": report.missing,
        "notes": numbers,
        "departed": len(report.departed),
    }
    _told(told, as_json, "Bons de livraison")


def bill(
    until: Annotated[
        datetime | None,
        typer.Option("--until", formats=["%Y-%m-%d"], help="Facturer ce qui est parti jusqu’à ce jour."),
    ] = None,
    home: Home = None,
    as_json: Json = False,
) -> None:
    """Émettre les factures de ce qui est parti, les rendre en Factur-X, les envoyer."""
    with in_house(home) as session:
        from quai.core import house
        from quai.desk import invoicing

        limit = until.date() if until else house.day(session.at)
        report = invoicing.bill(until=limit, outbox=session.home / "outbox", at=session.at, by=session.by)
    _told(report, as_json, "Factures")


def _told(value: object, as_json: bool, title: str) -> None:
    if as_json:
        printing.show_json(value)
        return
    told = value if isinstance(value, dict) else printing.plain(value)
    rows = [(name, len(count) if isinstance(count, list) else count) for name, count in told.items()]
    printing.table(title, ["", ""], rows)


def _print_reports(reports: list[FileReport]) -> None:
    rows = [
        (
            r.name,
            r.kind,
            str(r.outcome),
            len(r.orders),
            r.products["received"],
            r.rows["received"],
            len(r.problems),
        )
        for r in reports
    ]
    columns = ["fichier", "format", "résultat", "commandes", "notices", "lignes", "anomalies"]
    printing.table("Fichiers", columns, rows)
    fates = Counter(line.fate for r in reports for order in r.orders for line in order.lines)
    if fates:
        printing.table("Lignes", ["sort", "lignes"], sorted(fates.items()))
    for report in reports:
        for problem in report.problems:
            where = " ".join(
                filter(
                    None, (problem.order, problem.line, f"ligne {problem.position}" * bool(problem.position))
                )
            )
            printing.console.print(f"[dim]{report.name}[/dim] {where} {problem.message}", highlight=False)
