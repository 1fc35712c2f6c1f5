"""The list of customers."""

from __future__ import annotations

from quai.exchange.spreadsheet import cells, people
from quai.exchange.spreadsheet.shapes import Column, Entry, Shape
from quai.parties.types import CustomerKind, PartyRole


def _enter(entry: Entry) -> None:
    people.register(entry, "customer", PartyRole.CUSTOMER, kind=CustomerKind.SHOP)


CUSTOMERS = Shape(
    kind="customers",
    title="la liste des clients",
    columns=(
        people.named(key="customer", names=people.CUSTOMER_NAMES, required=True),
        *people.ADDRESS,
        *people.DETAILS,
        Column("customer_kind", ("genre", "kind", "type", "type de client"), cells.choice(people.KINDS)),
        Column("network", ("réseau", "network", "groupement"), cells.text(40)),
        Column("territory", ("territoire", "territory"), cells.choice(people.TERRITORIES)),
    ),
    marks=("customer", "name"),
    key=("customer",),
    enter=_enter,
)
