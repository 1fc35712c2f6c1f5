"""Show one document, or the copies of one title."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from pathlib import Path
from typing import Annotated, Any

import typer

from quai.cli import pages, printing
from quai.cli.options import Home, Json
from quai.cli.session import in_house

Kind = Annotated[str, typer.Argument(help="order, line, note ou invoice.", metavar="GENRE")]
Ref = Annotated[str, typer.Argument(help="Référence, numéro ou identifiant.", metavar="REF")]
PAGES: Mapping[str, Callable[[Mapping[str, Any]], None]] = {
    "order": pages.order,
    "line": pages.line,
    "note": pages.note,
    "invoice": pages.invoice,
}


def show(
    kind: Kind,
    ref: Ref,
    pdf: Annotated[
        Path | None,
        typer.Option(
            "--pdf", help="Écrire le PDF d’une facture ou d’un bon dans ce fichier.", metavar="FICHIER"
        ),
    ] = None,
    priced: Annotated[bool, typer.Option("--priced", help="Le PDF du bon avec ses prix.")] = False,
    home: Home = None,
    as_json: Json = False,
) -> None:
    """Montrer un document avec ses liens et son histoire."""
    if kind not in PAGES:
        raise typer.BadParameter("order, line, note ou invoice", param_hint="GENRE")
    if pdf and kind not in ("note", "invoice"):
        raise typer.BadParameter("seuls une facture et un bon de livraison ont un PDF", param_hint="--pdf")
    if pdf and pdf.is_dir():
        raise typer.BadParameter("c’est un dossier : il faut le nom d’un fichier", param_hint="--pdf")
    with in_house(home) as session:
        found = _sheets(kind, ref, outbox=session.home / "outbox")
        written = _write(kind, ref, pdf, priced=priced) if pdf else None
    if as_json:
        printing.show_json(found if kind == "order" else found[0])
        return
    for sheet in found:
        PAGES[kind](sheet)
    if written:
        printing.say("", f"Le PDF est écrit dans {written}.")


def stock_show(
    ean: Annotated[str, typer.Argument(help="GTIN, 13 chiffres.")], home: Home = None, as_json: Json = False
) -> None:
    """Montrer où sont les exemplaires d’un titre : emplacements, réservés, disponibles."""
    with in_house(home):
        from quai.desk import copies

        found = copies.of(ean)
    if as_json:
        printing.show_json(found)
    else:
        pages.copies(found)


def _sheets(kind: str, ref: str, *, outbox: Path) -> list[dict[str, Any]]:
    from quai.desk import sheets

    if kind == "order":
        return sheets.orders(ref)
    if kind == "line":
        return [sheets.line(ref)]
    if kind == "note":
        return [sheets.note(ref)]
    found = sheets.invoice(ref)
    file = outbox / f"{found['number']}.pdf"
    return [{**found, "pdf": str(file) if file.exists() else None}]


def _write(kind: str, ref: str, file: Path, *, priced: bool) -> Path:
    """Write the paper of a document: an invoice as it was stored, a note made again."""
    from quai.core import folders
    from quai.desk import sheets

    content = sheets.invoice_pdf(ref) if kind == "invoice" else sheets.note_pdf(ref, priced=priced)
    return folders.put(file, content)
