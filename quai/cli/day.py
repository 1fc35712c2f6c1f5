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
from quai.desk import words

if TYPE_CHECKING:
    from quai.desk.invoicing import Billed
    from quai.exchange.types import FileReport

Paths = Annotated[
    list[Path], typer.Argument(help="Fichiers ou dossiers.")
]  # a missing one is told like the others
DryRun = Annotated[bool, typer.Option("--dry-run", help="Dire ce qui entrerait, sans rien écrire.")]


def receive(paths: Paths, dry_run: DryRun = False, home: Home = None, as_json: Json = False) -> None:
    """Recevoir des fichiers. Commandes, notices, listes ; un résultat par fichier, par commande, par ligne."""
    with in_house(home) as session:
        from quai.exchange import intake

        files = intake.files_of(paths)
        told: dict[Path, FileReport] = {}
        with (
            intake.rehearsal(dry_run=dry_run),
            printing.bar("Lecture", sum(map(printing.size, files)), unit="bytes") as watch,
        ):
            for file in intake.in_order_of_need(files):
                told[file] = intake.receive_file(file, at=session.at, by=session.by, watch=watch)
        reports = [told[file] for file in files]
    if as_json:
        printing.show_json({"files": reports, "dry_run": dry_run})
    else:
        _print_reports(reports)
        if dry_run:
            printing.say("Essai : rien n’est écrit. Sans --dry-run, c’est ce qui entrerait.")
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
        entered, copies = words.number(report.entered), words.number(report.copies)
        printing.say(f"{entered} lignes entrées, {copies} exemplaires.")
        for problem in report.problems:
            printing.fail(problem)
    raise typer.Exit(2 if report.problems and not report.entered else 0)


def decide(home: Home = None, as_json: Json = False) -> None:
    """Décider de nouveau les lignes ouvertes."""
    with in_house(home) as session:
        from quai.orders import actions

        summary = actions.decide(at=session.at, by=session.by)
    if as_json:
        copies = {fate.value: count for fate, count in summary.copies.items()}
        printing.show_json({"considered": summary.considered, "changed": summary.changed, **copies})
        return
    considered, changed = words.number(summary.considered), words.number(summary.changed)
    printing.say(f"Lignes ouvertes regardées : {considered} ; dont le sort change : {changed}.")
    rows = [(words.of("fate", fate), count) for fate, count in summary.copies.items()]
    if rows:
        printing.table("Exemplaires par nouveau sort", ["sort", "exemplaires"], rows)


def prepare(home: Home = None, as_json: Json = False) -> None:
    """Faire les vagues et leurs listes de prélèvement."""
    with in_house(home) as session:
        from quai.desk import paper
        from quai.warehouse import actions, queries

        waves = actions.prepare(at=session.at, by=session.by)
        folder = session.home / "documents" / "prelevement"
        open_waves = [wave.wave_id for wave in queries.open_waves()]
        with printing.bar("Listes de prélèvement", len(open_waves)) as advance:
            files = paper.write_pick_lists(open_waves, folder, progress=advance)
    if as_json:
        printing.show_json({"waves": [wave._asdict() for wave in waves], "pick_lists": files})
        return
    if waves:
        rows = [
            (str(w.wave_id), words.of("wave_kind", w.kind), w.shipments, w.picks, w.copies) for w in waves
        ]
        printing.table("Vagues", ["vague", "genre", "envois", "prélèvements", "exemplaires"], rows)
    else:
        printing.say("Rien de nouveau à préparer.")
    if files:
        printing.say("", f"Les listes de prélèvement sont dans {folder}")


def ship(
    short: Annotated[
        Path | None,
        typer.Option("--short", help="Manquants au rayon : CSV « wave,location,ean,missing ».", exists=True),
    ] = None,
    stay: Annotated[
        bool, typer.Option("--stay", help="Laisser les bons à quai : « quai depart » les fera partir.")
    ] = False,
    home: Home = None,
    as_json: Json = False,
) -> None:
    """Clore les bons de livraison et les faire partir. Ceux des vagues ouvertes, et ceux restés à quai."""
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
        verb = actions.close if stay else actions.ship
        report = verb(shorts=shorts.missing, at=session.at, by=session.by)
        numbers = sheets.note_numbers(report.notes)
        folder = session.home / "documents" / "livraison"
        with printing.bar("Bons de livraison", len(numbers)) as advance:
            paper.write_notes(folder, numbers=numbers, progress=advance)
    if as_json:
        told = {"copies": report.copies, "missing": report.missing, "notes": numbers}
        printing.show_json({**told, "departed": len(report.departed)})
    elif not numbers and not report.departed:
        printing.say("Rien à expédier.")
    else:
        counts = [("bons clos", len(numbers)), ("bons partis", len(report.departed))]
        counts += [("exemplaires", report.copies), ("introuvables au rayon", report.missing)]
        printing.table("Expédié", ["", "nombre"], counts)
        printing.say("", f"Les bons sont dans {folder}")


def bill(
    until: Annotated[
        datetime | None,
        typer.Option("--until", formats=["%Y-%m-%d"], help="Facturer ce qui est parti jusqu’à ce jour."),
    ] = None,
    home: Home = None,
    as_json: Json = False,
) -> None:
    """Émettre les factures de ce qui est parti. Les mettre en page (Factur-X), les envoyer."""
    with in_house(home) as session:
        from quai.core import house
        from quai.desk import invoicing

        limit = until.date() if until else house.day(session.at)
        outbox = session.home / "outbox"
        with printing.bar("Factures mises en page et envoyées", None) as advance:
            report = invoicing.bill(
                until=limit, outbox=outbox, at=session.at, by=session.by, progress=advance
            )
    if as_json:
        printing.show_json(report)
    else:
        _print_billed(report, outbox)


def _print_billed(report: Billed, outbox: Path) -> None:
    if report.issued or report.sent:
        counts = [
            ("émises", len(report.issued)),
            ("mises en page", report.rendered),
            ("envoyées", report.sent),
        ]
        printing.table("Factures", ["", "nombre"], counts)
        total = f"Total HT {words.amount(report.net)}, TTC {words.amount(report.gross)}."
        printing.say("", total, f"Les PDF sont dans {outbox}")
    else:
        printing.say("Rien de nouveau à facturer.")
    for one in report.refused:
        printing.fail(f"{one['number']} n’est pas facturé. {words.of('billing_refusal', one['reason'])}")
    for one in report.unrendered:
        printing.fail(f"{one['number']} est émise et n’a pas de page : {' ; '.join(one['problems'])}")


def _print_reports(reports: list[FileReport]) -> None:
    rows = [
        (r.name, words.of("format", r.kind), words.of("outcome", r.outcome), len(r.orders), r.products["received"],
         r.rows["received"], len(r.problems))
        for r in reports
    ]  # fmt: skip
    columns = ["fichier", "format", "résultat", "commandes", "notices", "lignes", "anomalies"]
    printing.table("Fichiers", columns, rows)
    fates = Counter(line.fate for r in reports for order in r.orders for line in order.lines)
    if fates:
        printing.table(
            "Lignes",
            ["sort", "lignes"],
            [(word, fates[fate]) for fate, word in words.FATES.items() if fate in fates],
        )
    for report in reports:
        for problem in report.problems:
            position = f"ligne {problem.position}" if problem.position else ""
            where = " ".join(filter(None, (report.name, problem.order, problem.line, position)))
            printing.say(f"{words.of('severity', problem.severity)} : {where} : {problem.message}")
