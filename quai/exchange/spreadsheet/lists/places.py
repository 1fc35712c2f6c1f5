"""The list of the places of the depot."""

from __future__ import annotations

from quai.core import sql
from quai.exchange.spreadsheet import cells
from quai.exchange.spreadsheet.shapes import Column, Entry, Row, Shape
from quai.stock import actions as stock
from quai.stock.types import LocationKind, NewPlace

FIRST_SITE = "D1"  # where a house begins; other depots say theirs
PLACE_NAMES = ("emplacement", "location", "place", "code emplacement")
KINDS = {
    LocationKind.PICK: ("picking", "prélèvement"),
    LocationKind.BULK: ("réserve", "stockage"),
    LocationKind.STAGING: ("quai", "préparation"),
    LocationKind.RETURNS: ("retours", "retour"),
}


def _enter(entry: Entry) -> None:
    codes = [row.said("location") for row in entry.rows]
    known = {row.code: row for row in sql.rows("exchange/known_places.sql", {"codes": codes})}
    for row in entry.rows:
        place = known.get(row.said("location"))
        if place is None:
            continue
        if (place.site, place.kind) != (_site(row), _kind(row)):
            entry.refuse(
                row, "location", f"« {place.code} » existe déjà, d’un autre genre ou sur un autre site."
            )
        elif row.said("walk_order", place.walk_order) != place.walk_order:
            entry.warn(
                row, "walk_order", f"« {place.code} » existe déjà : son rang reste {place.walk_order}."
            )
    by_site: dict[str, list[Row]] = {}
    for row in entry.rows:
        by_site.setdefault(_site(row), []).append(row)
    for site, rows in sorted(by_site.items()):
        name = next((row.said("site_name") for row in rows if row.said("site_name")), site)
        places = [NewPlace(row.said("location"), _kind(row), row.said("walk_order") or 0) for row in rows]
        stock.open_places(site_code=site, site_name=name, places=places, at=entry.at, by=entry.by)


def _site(row: Row) -> str:
    return str(row.said("site") or FIRST_SITE)


def _kind(row: Row) -> LocationKind:
    return LocationKind(row.said("kind") or LocationKind.PICK)


PLACES = Shape(
    kind="places",
    title="la liste des emplacements",
    columns=(
        Column("location", (*PLACE_NAMES, "code"), cells.text(20), required=True),
        Column("site", ("site", "dépôt", "code site", "site code"), cells.text(12)),
        Column("site_name", ("nom du site", "site name", "nom du dépôt"), cells.text(80)),
        Column("kind", ("genre", "kind", "type"), cells.choice(KINDS)),
        Column("walk_order", ("rang", "walk order", "ordre", "ordre de passage"), cells.whole(0, 2_000_000)),
    ),
    marks=("location",),
    any_of=("kind", "walk_order", "site"),
    key=("location",),
    enter=_enter,
)
