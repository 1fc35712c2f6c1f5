"""Show one document, or the copies of one title."""

from __future__ import annotations

from typing import Annotated, Any

import typer

from quai.cli import printing
from quai.cli.options import Home, Json
from quai.cli.session import in_house

# In --json only: a terminal is not that wide.
UNPRINTED = {
    "id",
    "position",
    "retail_price",
    "unit_price",
    "base",
    "allowance",
    "vat_category",
    "free_with_id",
}
Kind = Annotated[str, typer.Argument(help="order, line, note ou invoice.", metavar="GENRE")]
Ref = Annotated[str, typer.Argument(help="Référence, numéro ou identifiant.", metavar="REF")]


def show(kind: Kind, ref: Ref, home: Home = None, as_json: Json = False) -> None:
    """Montrer un document avec ses liens et son histoire."""
    if kind not in ("order", "line", "note", "invoice"):
        raise typer.BadParameter("order, line, note ou invoice", param_hint="GENRE")
    with in_house(home):
        from quai.desk import sheets

        answers = {
            "order": sheets.orders,
            "line": sheets.line,
            "note": sheets.note,
            "invoice": sheets.invoice,
        }
        found: Any = answers[kind](ref)
    if as_json:
        printing.show_json(found)
        return
    for sheet in found if isinstance(found, list) else [found]:
        _print(sheet)


def stock_show(
    ean: Annotated[str, typer.Argument(help="GTIN, 13 chiffres.")], home: Home = None, as_json: Json = False
) -> None:
    """Montrer où sont les exemplaires d’un titre : emplacements, réservés, disponibles."""
    with in_house(home):
        from quai.desk import copies

        found = copies.of(ean)
    if as_json:
        printing.show_json(found)
        return
    printing.console.print(f"[bold]{found['title']}[/bold] {ean}")
    printing.table(
        "Emplacements", ["emplacement", "genre", "exemplaires"], [tuple(b.values()) for b in found["bins"]]
    )
    printing.console.print(
        f"{found['on_hand']} en vente, {found['reserved']} réservés, {found['available']} disponibles."
    )


def _print(sheet: dict[str, Any]) -> None:
    single = {name: value for name, value in sheet.items() if not isinstance(value, (list, dict))}
    printing.table("Document", ["", ""], single.items())
    for name, rows in sheet.items():
        if isinstance(rows, list) and rows and isinstance(rows[0], dict):
            columns = [column for column in rows[0] if column not in UNPRINTED]
            printing.table(name, columns, [[row[column] for column in columns] for row in rows])
