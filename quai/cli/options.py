"""Options that every command has."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated

import typer

Home = Annotated[
    Path | None,
    typer.Option(
        "--home",
        help="Dossier de la maison (QUAI_HOME, sinon ./var/house).",
        show_default=False,
        readable=False,  # a home that is another user's is told in our words, not in Typer's
    ),
]
Json = Annotated[bool, typer.Option("--json", help="Sortie en JSON, pour les programmes.")]
Why = Annotated[str, typer.Option("--reason", help="Pourquoi, en quelques mots : gardé au journal.")]
Key = Annotated[str, typer.Option("--key", help="Ce qui distingue cette demande d’une autre toute pareille.")]
