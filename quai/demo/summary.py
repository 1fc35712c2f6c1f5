"""What came of the day: the table at the end of `quai demo`."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from pathlib import Path
from typing import Any

from quai.core import sql
from quai.desk import words
from quai.exchange import queries as letter_box

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
        files = [(words.of("outcome", outcome), count) for outcome, count in self.files.items()]
        yield "Fichiers reçus", ["résultat", "fichiers"], files
        orders = [(words.of("standing", standing), count) for standing, count in self.orders.items()]
        yield "Commandes", ["résultat", "commandes"], orders
        fates = [(word, self.lines[f], self.copies[f]) for f, word in words.FATES.items() if f in self.lines]
        yield "Lignes par sort", ["sort", "lignes", "exemplaires"], fates
        counts = [("bons de livraison", self.notes), ("colis", self.parcels), ("factures", self.invoices)]
        yield "Expédié et facturé", ["", "nombre"], counts
        rows = [(words.vat(row["rate"], row["category"]), row["base"], row["vat"]) for row in self.totals]
        net, vat = (sum((row[part] for row in self.totals), Decimal(0)) for part in ("base", "vat"))
        totals = [("Total HT, TVA", net, vat), ("Total TTC", net + vat, None)]
        yield "Facturé par taux de TVA", ["taux", "base HT", "TVA"], [*rows, *totals]


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
