"""From a list to the ledger: arrivals of copies, and copies missing at the shelf."""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import datetime
from typing import NamedTuple

from quai.access.types import Actor
from quai.catalogue import queries as catalogue
from quai.core import house as clock
from quai.core import sql
from quai.exchange import archive
from quai.exchange.spreadsheet.read import CellProblem, Row, quantity, read_list
from quai.parties import queries as parties
from quai.stock import actions as stock
from quai.stock.types import Arrival, LocationKind, NewPlace
from quai.warehouse import queries as warehouse
from quai.warehouse.types import PickStop

LONGEST_PLACE = 20
FIRST_SITE = "D1"  # where a house begins; other depots say theirs


@dataclass(slots=True)
class StockReport:
    """What came of a list of arrivals."""

    name: str
    entered: int = 0
    copies: int = 0
    problems: list[str] = field(default_factory=list)


class Shorts(NamedTuple):
    """Copies missing by pick, and the rows that name no open pick."""

    missing: dict[int, int]
    problems: list[str]


def receive_stock(*, name: str, content: bytes, at: datetime, by: Actor) -> StockReport:
    """Enter arrivals from a list of `ean,quantity,location`. The same file again enters nothing more.

    A row that cannot enter is reported and the others do.
    """
    report = StockReport(name)
    kept = archive.keep(name=name, origin="stock receive", content=content, at=at, by=by)
    if kept.outcome == "received":
        report.problems.append("Ce fichier a déjà été reçu : rien n’est refait.")
        return report
    rows = _rows(content, ("ean", "quantity", "location"), report.problems)
    _open_new_places(rows, at=at, by=by)
    arrivals = _arrivals(rows, kept.message_id, report.problems, at=at)
    stock.receive(arrivals=arrivals, at=at, by=by)
    report.entered, report.copies = len(arrivals), sum(arrival.quantity for arrival in arrivals)
    told = {"kind": "stock", "orders": [], "entered": report.entered, "problems": report.problems}
    outcome = "received" if not report.problems else "partial" if report.entered else "refused"
    archive.conclude(message_id=kept.message_id, kind="stock", outcome=outcome, report=told, at=at, by=by)
    return report


def read_shorts(content: bytes) -> Shorts:
    """Read the copies missing at the shelf: `wave,location,ean,missing`, spread over the open picks of that place."""
    problems: list[str] = []
    wanted: dict[tuple[str, str, str], int] = {}
    for row in _rows(content, ("wave", "location", "ean", "missing"), problems):
        missing = quantity(row.cells["missing"])
        if missing is None:
            problems.append(
                f"Ligne {row.number} : la quantité manquante « {row.cells['missing']} » est illisible."
            )
            continue
        key = (row.cells["wave"], row.cells["location"], row.cells["ean"])
        wanted[key] = wanted.get(key, 0) + missing
    found: dict[int, int] = {}
    for wave in sorted({wave for wave, _, _ in wanted}):
        for stop in _stops(wave):
            key = (wave, stop.place, stop.gtin)
            here = min(stop.quantity, wanted.get(key, 0))
            if here:
                wanted[key] -= here
            if here and not (stop.fetched or stop.void):  # told before: the same list again changes nothing
                found[stop.pick_id] = here
    problems += [
        f"Vague {w}, {place}, {ean} : {left} manquants ne sont à prélever nulle part."
        for (w, place, ean), left in wanted.items()
        if left
    ]
    return Shorts(found, problems)


def _stops(wave: str) -> tuple[PickStop, ...]:
    try:
        return warehouse.pick_list(int(wave)).stops
    except (ValueError, warehouse.UnknownWave):
        return ()


def _rows(content: bytes, columns: tuple[str, ...], problems: list[str]) -> list[Row]:
    rows = []
    for item in read_list(content, columns=columns):
        if isinstance(item, CellProblem):
            problems.append(item.message)
        else:
            rows.append(item)
    return rows


def _arrivals(rows: list[Row], message_id: int, problems: list[str], *, at: datetime) -> list[Arrival]:
    known = catalogue.by_gtin((row.cells["ean"] for row in rows), distributor_glns=parties.house().glns)
    titles = catalogue.titles(known.values(), on=clock.day(at))
    arrivals = []
    for row in rows:
        copies, product = quantity(row.cells["quantity"]), known.get(row.cells["ean"])
        owner = titles[product].publisher_id if product in titles else None
        place = row.cells["location"]
        if copies is None:
            problems.append(f"Ligne {row.number} : la quantité « {row.cells['quantity']} » est illisible.")
        elif product is None or owner is None:
            problems.append(f"Ligne {row.number} : le titre {row.cells['ean']} n’est pas au catalogue.")
        elif not 0 < len(place) <= LONGEST_PLACE:
            problems.append(
                f"Ligne {row.number} : l’emplacement « {place} » n’est pas un code de 1 à 20 caractères."
            )
        else:
            arrivals.append(Arrival(product, owner, place, copies, f"message:{message_id}:{row.number}"))
    return arrivals


def _open_new_places(rows: list[Row], *, at: datetime, by: Actor) -> None:
    """A bin that the list names and the house does not know yet is a pick face: a new house begins like that."""
    named = sorted({row.cells["location"] for row in rows if 0 < len(row.cells["location"]) <= LONGEST_PLACE})
    known = {row.code for row in sql.rows("exchange/known_places.sql", {"codes": named})}
    new = [NewPlace(code, LocationKind.PICK, 0) for code in named if code not in known]
    if new:
        stock.open_places(site_code=FIRST_SITE, site_name="Dépôt", places=new, at=at, by=by)
