"""The list of accounts to block or to free."""

from __future__ import annotations

from quai.exchange.spreadsheet import cells, people
from quai.exchange.spreadsheet.shapes import Column, Entry, Shape
from quai.parties.types import PartyRole
from quai.terms import actions as terms
from quai.terms.types import HoldChange


def _enter(entry: Entry) -> None:
    customers = people.find(entry, "customer", PartyRole.CUSTOMER, called="un client")
    for on, rows in entry.by_day():
        changes = [
            HoldChange(customers[row.said("customer")], row.said("blocked"), row.said("reason") or "")
            for row in rows
        ]
        terms.change_holds(changes=changes, from_on=on, at=entry.at, by=entry.by)


HOLDS = Shape(
    kind="holds",
    title="la liste des blocages",
    columns=(
        people.named(key="customer", names=people.CUSTOMER_NAMES, required=True),
        Column("name", ("nom", "name"), memo=True),
        Column("blocked", ("bloqué", "blocked", "blocage"), cells.yes_no, required=True),
        Column("reason", ("motif", "reason", "raison"), cells.text(200)),
        people.FROM,
    ),
    marks=("customer", "blocked"),
    key=("customer", "from"),
    enter=_enter,
)
