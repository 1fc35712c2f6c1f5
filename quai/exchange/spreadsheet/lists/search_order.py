"""The list that says which criterion counts first when several discounts match: one row for each day it changes."""

from __future__ import annotations

from quai.exchange.spreadsheet import cells, people
from quai.exchange.spreadsheet.shapes import Column, Entry, Shape
from quai.terms import actions as terms
from quai.terms.types import Criterion

CRITERIA = {
    Criterion.OPERATION: ("opération",),
    Criterion.PRODUCT: ("titre", "produit"),
    Criterion.CUSTOMER: ("client",),
    Criterion.MODE_AND_KIND: ("mode et genre", "mode"),
}


def _enter(entry: Entry) -> None:
    for on, (row, *others) in entry.by_day():
        for other in others:  # one says the day, the other leaves it out
            entry.refuse(other, "from", f"la ligne {row.number} dit déjà l’ordre de ce jour.")
        terms.set_search_order(order=row.said("order"), from_on=on, at=entry.at, by=entry.by)


SEARCH_ORDER = Shape(
    kind="search_order",
    title="l’ordre de recherche des remises",
    columns=(
        Column("order", ("ordre de recherche", "search order"), cells.each_once(CRITERIA), required=True),
        people.FROM,
    ),
    marks=("order", "from"),
    key=("from",),
    enter=_enter,
)
