"""The list of delivery addresses of customers."""

from __future__ import annotations

from quai.exchange.spreadsheet import cells, people
from quai.exchange.spreadsheet.shapes import Column, Entry, Shape
from quai.parties import actions as parties
from quai.parties import queries
from quai.parties.types import Address, GlnOwner, NewOutlet, OutletView, PartyRole


def _enter(entry: Entry) -> None:
    customers = people.find(entry, "customer", PartyRole.CUSTOMER, called="un client")
    owners = queries.by_gln(row.said("outlet") for row in entry.rows if row.said("outlet"))
    for row in entry.rows:
        owner = owners.get(row.said("outlet"))
        if owner and (owner.outlet_id is None or owner.party_id != customers[row.said("customer")]):
            entry.refuse(row, "outlet", f"le GLN {row.said('outlet')} est déjà celui d’un autre.")
    for on, rows in entry.by_day():
        known = queries.outlets((one.outlet_id for one in owners.values() if one.outlet_id), on=on)
        outlets = []
        for row in rows:
            before = _before(owners.get(row.said("outlet")), known)
            there = people.address(row, before.address if before else Address(row.said("name")))
            place = before.territory if before and there == before.address else people.territory(there)
            outlets.append(
                NewOutlet(
                    customers[row.said("customer")],
                    row.said("outlet") or "",
                    there,
                    row.said("territory", place, erased=place),
                    row.said("round", before.round_code if before else "", erased=""),
                )
            )
        parties.add_outlets(outlets=outlets, from_on=on, at=entry.at, by=entry.by)


def _before(owner: GlnOwner | None, known: dict[int, OutletView]) -> OutletView | None:
    return known.get(owner.outlet_id) if owner and owner.outlet_id else None


OUTLETS = Shape(
    kind="outlets",
    title="la liste des points de livraison",
    columns=(
        people.named(key="customer", names=people.CUSTOMER_NAMES, required=True),
        people.named(
            key="outlet",
            names=("point de livraison", "gln point de livraison", "outlet", "outlet gln", "gln livraison"),
        ),
        *people.ADDRESS,
        Column("territory", ("territoire", "territory"), cells.choice(people.TERRITORIES)),
        Column("round", ("tournée", "round", "round code", "code tournée"), cells.text(20)),
        people.FROM,
    ),
    marks=("customer", "outlet", "name"),
    enter=_enter,
)
