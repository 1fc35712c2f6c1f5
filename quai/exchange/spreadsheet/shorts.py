"""Copies missing at the shelf, as the picker's list says them."""

from __future__ import annotations

from typing import NamedTuple

from quai.exchange.spreadsheet import cells
from quai.exchange.spreadsheet.read import Unreadable, read_list
from quai.warehouse import queries as warehouse
from quai.warehouse.types import PickStop


class Shorts(NamedTuple):
    """Copies missing by pick, and the rows that name no open pick."""

    missing: dict[int, int]
    problems: list[str]


def read_shorts(content: bytes) -> Shorts:
    """Read the copies missing at the shelf: `wave,location,ean,missing`, spread over the open picks of that place."""
    problems: list[str] = []
    wanted: dict[tuple[str, str, str], int] = {}
    for row in read_list(content, columns=("wave", "location", "ean", "missing")):
        if isinstance(row, Unreadable):
            problems.append(row.message)
            continue
        wave, place, ean, copies = row.cells
        try:
            key = (wave, place, ean)
            wanted[key] = wanted.get(key, 0) + cells.quantity(copies)
        except cells.CellError:
            problems.append(f"Ligne {row.number} : la quantité manquante « {copies} » est illisible.")
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
