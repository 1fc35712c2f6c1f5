"""Verbs on the VAT of territories, and the data they begin with."""

from __future__ import annotations

import tomllib
from collections.abc import Sequence
from datetime import date, datetime
from decimal import Decimal
from itertools import groupby
from pathlib import Path

from django.db import transaction

from quai.access.types import Actor
from quai.core import journal, sql
from quai.terms import queries
from quai.terms.types import TerritoryRate

FRANCE = Path(__file__).resolve().parent.parent / "data" / "territory_vat_fr.toml"
_COLUMNS = ("territory", "mainland_rate", "from_on", "rate", "category", "exemption", "source", "act_id")


def default_territory_vat() -> list[TerritoryRate]:
    """Read the VAT of a house in mainland France, as its data file says it with its sources."""
    data = tomllib.loads(FRANCE.read_text(encoding="utf-8"))
    from_on: date = data["from_on"]
    return [
        TerritoryRate(
            territory=territory["name"],
            mainland_rate=Decimal(mainland_rate),
            from_on=from_on,
            rate=Decimal(rate),
            category=territory["category"],
            exemption=territory.get("exemption", ""),
            source=territory["source"],
        )
        for territory in data["territory"]
        for mainland_rate, rate in territory["rates"].items()
    ]


def load_territory_vat(*, at: datetime, by: Actor) -> None:
    """Load the data of a house in mainland France, to be confirmed by its accountant. Again is harmless."""
    set_territory_vat(rates=default_territory_vat(), at=at, by=by)


@transaction.atomic
def set_territory_vat(*, rates: Sequence[TerritoryRate], at: datetime, by: Actor) -> None:
    """Say what VAT deliveries bear in territories, each from its day. Same rate, no row."""
    records: list[tuple[object, ...]] = []
    for from_on, group in groupby(
        sorted(rates, key=lambda rate: rate.from_on), key=lambda rate: rate.from_on
    ):
        told = list(group)
        before = queries.territory_vat(((one.territory, one.mainland_rate) for one in told), on=from_on)
        for one in told:
            known = before.get((one.territory, one.mainland_rate))
            if known is None or _said(known) != _said(one):
                records.append((one.territory, one.mainland_rate, from_on, *_said(one)))
    if records:
        act = journal.record("terms.set_territory_vat", at=at, by=by)
        sql.copy_in("terms_territory_vat", _COLUMNS, ((*record, act) for record in records))


def _said(rate: TerritoryRate) -> tuple[Decimal, str, str, str]:
    return rate.rate, rate.category, rate.exemption, rate.source
