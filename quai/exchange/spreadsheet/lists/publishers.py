"""The list of publishers."""

from __future__ import annotations

from quai.exchange.spreadsheet import people
from quai.exchange.spreadsheet.shapes import Entry, Shape
from quai.parties.types import CustomerKind, PartyRole


def _enter(entry: Entry) -> None:
    people.register(entry, "publisher", PartyRole.PUBLISHER, kind=CustomerKind.PUBLISHER)


PUBLISHERS = Shape(
    kind="publishers",
    title="la liste des éditeurs",
    columns=(
        people.named(key="publisher", names=people.PUBLISHER_NAMES, required=True),
        *people.ADDRESS,
        *people.DETAILS,
    ),
    marks=("publisher", "name"),
    key=("publisher",),
    enter=_enter,
)
