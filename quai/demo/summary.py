"""What came of the day: the table at the end of `quai demo`."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from pathlib import Path
from typing import Any

from quai.core import sql
from quai.exchange import queries as letter_box

FATES = {
    "shipped": "expédié",
    "reserved": "réservé",
    "waiting": "attend sa date",
    "backordered": "noté",
    "held": "retenu",
    "grouped": "groupé",
    "refused": "refusé",
    "cancelled": "annulé",
    "undecided": "indécis",
}
Table = tuple[str, Sequence[str], Sequence[Sequence[Any]]]


@dataclass(frozen=True, slots=True)
class Summary:
    """Counts of the day; amounts in euros."""

    files: dict[str, int]
    orders: dict[str, int]
    lines: dict[str, int]
    copies: dict[str, int]
    notes: int
    parcels: int
    invoices: int
    totals: list[dict[str, Any]]
    folder: Path

    def as_json(self) -> dict[str, Any]:
        """The summary for programs."""
        return {name: getattr(self, name) for name in self.__slots__}

    def tables(self) -> Iterator[Table]:
        """The summary for people."""
        yield "Fichiers reçus", ["résultat", "fichiers"], list(self.files.items())
        yield "Commandes", ["", "commandes"], list(self.orders.items())
        fates = [(french, self.lines[f], self.copies[f]) for f, french in FATES.items() if f in self.lines]
        yield "Lignes par sort", ["sort", "lignes", "exemplaires"], fates
        counts = [("bons de livraison", self.notes), ("colis", self.parcels), ("factures", self.invoices)]
        yield "Expédié et facturé", ["", "nombre"], counts
        rows = [(f"{row['rate']} % ({row['category']})", row["base"], row["vat"]) for row in self.totals]
        gross = sum((row["base"] + row["vat"] for row in self.totals), Decimal(0))
        yield "Totaux par taux de TVA", ["taux", "base HT", "TVA"], [*rows, ("TTC", gross, None)]


def summary(home: Path, day: date) -> Summary:
    """Sum the day up."""
    on = {"day": day}
    fates = sql.rows("demo/fates.sql")
    [shipped] = sql.rows("demo/shipped.sql", on)
    return Summary(
        files=letter_box.stages(),
        orders={row.standing: row.number for row in sql.rows("demo/orders.sql")},
        lines={row.fate: row.lines for row in fates},
        copies={row.fate: row.copies for row in fates},
        notes=shipped.notes,
        parcels=shipped.parcels,
        invoices=shipped.invoices,
        totals=[row._asdict() for row in sql.rows("demo/vat.sql", on)],
        folder=home / "outbox",
    )
