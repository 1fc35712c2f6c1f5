"""The list of carriers."""

from __future__ import annotations

from quai.exchange.spreadsheet import people
from quai.exchange.spreadsheet.shapes import Entry, Shape
from quai.parties.types import CustomerKind, PartyRole


def _enter(entry: Entry) -> None:
    people.register(entry, "carrier", PartyRole.CARRIER, kind=CustomerKind.UNKNOWN)


CARRIERS = Shape(
    kind="carriers",
    title="la liste des transporteurs",
    columns=(
        people.named(key="carrier", names=people.CARRIER_NAMES, required=True),
        *people.ADDRESS,
        *people.DETAILS,
    ),
    marks=("carrier", "name"),
    key=("carrier",),
    enter=_enter,
)
