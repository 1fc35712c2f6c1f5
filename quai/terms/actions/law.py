"""Verbs on what the law caps, and on the order in which discounts are searched."""

from __future__ import annotations

import tomllib
from collections.abc import Sequence
from datetime import date, datetime
from decimal import Decimal
from pathlib import Path

from django.db import transaction

from quai.access.types import Actor
from quai.core import journal, sql
from quai.core.refusals import Refusal
from quai.terms.types import USUAL_ORDER, Criterion, LegalCap

FRANCE = Path(__file__).resolve().parent.parent / "data" / "caps_fr.toml"


class NotAnOrder(Refusal):
    """An order of search names each criterion once: %(order)s does not."""

    code = "terms.not_an_order"


def default_caps() -> list[LegalCap]:
    """Read the caps of French law, as the data file says them with their sources."""
    data = tomllib.loads(FRANCE.read_text(encoding="utf-8"))
    return [
        LegalCap(
            kind,
            data["from_on"],
            Decimal(cap["percent"]),
            cap["schoolbooks_free"],
            cap["source"],
        )
        for cap in data["cap"]
        for kind in cap["customer_kinds"]
    ]


def load_caps(*, at: datetime, by: Actor) -> None:
    """Load the caps of French law. Again is harmless."""
    set_caps(caps=default_caps(), at=at, by=by)


@transaction.atomic
def set_caps(*, caps: Sequence[LegalCap], at: datetime, by: Actor) -> None:
    """Say the most that kinds of customer may be given, each from its day; 100 is no cap. Same cap, no row."""
    asked = {"kinds": [str(cap.customer_kind) for cap in caps], "days": [cap.from_on for cap in caps]}
    before = {row.rank: row[3:] for row in sql.rows("terms/caps_at.sql", asked)}
    records = [
        (str(cap.customer_kind), cap.from_on, cap.percent, cap.schoolbooks_free, cap.source)
        for rank, cap in enumerate(caps, start=1)
        if before.get(rank) != (cap.percent, cap.schoolbooks_free, cap.source)
    ]
    if records:
        act = journal.record("terms.set_caps", at=at, by=by)
        columns = ("customer_kind", "from_on", "percent", "schoolbooks_free", "source", "act_id")
        sql.copy_in("terms_cap", columns, ((*record, act) for record in records))


@transaction.atomic
def set_search_order(*, order: Sequence[Criterion], from_on: date, at: datetime, by: Actor) -> None:
    """Say which criterion counts first when several discounts match, from a day. Same order, no row.

    :raises NotAnOrder: a criterion is missing, or there twice.
    """
    if sorted(order) != sorted(Criterion):
        raise NotAnOrder(order=", ".join(order))
    places = tuple(list(order).index(criterion) + 1 for criterion in Criterion)
    usual = tuple(USUAL_ORDER.index(criterion) + 1 for criterion in Criterion)
    before = next((tuple(row) for row in sql.rows("terms/search_order_at.sql", {"on": from_on})), usual)
    if places != before:
        act = journal.record("terms.set_search_order", at=at, by=by)
        columns = ("from_on", *(str(criterion) for criterion in Criterion), "act_id")
        sql.copy_in("terms_search_order", columns, [(from_on, *places, act)])
