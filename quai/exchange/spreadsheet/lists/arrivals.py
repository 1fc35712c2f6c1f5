"""The list of copies that came in: from the printer, the publisher, or a house that begins."""

from __future__ import annotations

from quai.catalogue import queries as catalogue
from quai.core import sql
from quai.exchange.spreadsheet import cells, slips
from quai.exchange.spreadsheet.lists.places import FIRST_SITE, PLACE_NAMES
from quai.exchange.spreadsheet.shapes import Column, Entry, Shape
from quai.orders import actions as orders
from quai.parties import queries as parties
from quai.stock import actions as stock
from quai.stock.types import Arrival, LocationKind, NewPlace


def _enter(entry: Entry) -> None:
    eans = (row.said("ean") for row in entry.rows)
    known = catalogue.by_gtin(eans, distributor_glns=parties.house().glns)
    titles = catalogue.titles(known.values(), on=entry.today)
    owners = {ean: titles[i].publisher_id for ean, i in known.items() if i in titles}
    for row in entry.rows:
        if owners.get(row.said("ean")) is None:
            entry.refuse(row, "ean", f"le titre {row.said('ean')} n’est pas au catalogue.")
    _place(entry)
    keys = slips.keys(entry)
    arrivals = [
        Arrival(
            known[row.said("ean")],
            owners[row.said("ean")] or 0,
            row.said("location"),
            row.said("quantity"),
            key,
        )
        for row in entry.rows
        if (key := keys.get(row.number))
    ]
    products = {arrival.product_id for arrival in arrivals}
    orders.lock_waiting(products=products)
    stock.receive(arrivals=arrivals, at=entry.at, by=entry.by)
    orders.decide(products=products, at=entry.at, by=entry.by)  # who waits is served before who comes next
    entry.copies = sum(arrival.quantity for arrival in arrivals)


def _place(entry: Entry) -> None:
    """A bin that the list names and the house does not know yet is a pick face: a new house begins like that."""
    named = sorted({row.said("location") for row in entry.rows})
    known = {place.code: place for place in sql.rows("exchange/known_places.sql", {"codes": named})}
    for row in entry.rows:
        place = known.get(row.said("location"))
        if place and place.site is None:
            entry.refuse(row, "location", f"« {place.code} » n’est pas un emplacement du dépôt.")
    new = [NewPlace(code, LocationKind.PICK, 0) for code in named if code not in known]
    if new:
        stock.open_places(site_code=FIRST_SITE, site_name="Dépôt", places=new, at=entry.at, by=entry.by)


ARRIVALS = Shape(
    kind="stock",
    title="la liste des arrivages",
    columns=(
        Column("ean", ("ean", "isbn", "gtin", "ean13"), cells.code13, required=True),
        Column("quantity", ("quantité", "quantity", "qté", "exemplaires"), cells.quantity, required=True),
        Column("location", PLACE_NAMES, cells.text(20), required=True),
        Column("slip", ("bordereau", "slip", "n° de bordereau", "slip reference"), cells.text(slips.LONGEST)),
        Column("title", ("titre", "title"), memo=True),
    ),
    marks=("ean", "quantity", "location"),
    enter=_enter,
    whole=True,
)
