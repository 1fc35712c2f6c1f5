"""Notes on the dock: let them leave, or take one back."""

from __future__ import annotations

import dataclasses
from typing import Annotated

import typer

from quai.cli import printing
from quai.cli.options import Home, Json, Why
from quai.cli.session import in_house
from quai.desk import words


def depart(
    notes: Annotated[
        list[str] | None, typer.Argument(help="Numéros des bons ; sans numéro, tous ceux qui sont à quai.")
    ] = None,
    carrier: Annotated[str, typer.Option(help="Seulement ceux de ce transporteur (GLN).")] = "",
    home: Home = None,
    as_json: Json = False,
) -> None:
    """Faire partir des bons de livraison : ils ne pourront plus être rouverts."""
    with in_house(home) as session:
        from quai.desk import dock

        left = dock.depart(numbers=notes or [], carrier=carrier, at=session.at, by=session.by)
    if as_json:
        printing.show_json(dataclasses.asdict(left))
        return
    printing.say(f"Bons partis : {words.number(len(left.departed))}. {' '.join(left.departed)}".strip())
    if left.already:
        printing.say(f"Déjà partis, ou à un autre transporteur : {' '.join(left.already)}.")


def reopen(
    note: Annotated[str, typer.Argument(help="Numéro du bon.")],
    reason: Why,
    home: Home = None,
    as_json: Json = False,
) -> None:
    """Rouvrir un bon de livraison tant que son camion n’est pas parti : ses lignes seront à préparer de nouveau."""
    with in_house(home) as session:
        from quai.desk import dock

        papers = session.home / "documents" / "livraison"
        done = dock.reopen(number=note, reason=reason, papers=papers, at=session.at, by=session.by)
    now = f"{note} est rouvert : ses exemplaires sont à remettre en place, ses lignes à préparer de nouveau."
    told = now if done else f"{note} était déjà rouvert."
    printing.tell({"note": note, "reopened": done}, told, as_json=as_json)
