"""From a list to the ledger: what people counted on the shelves, and what they carried from bin to bin."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any, NamedTuple

from quai.access.types import Actor
from quai.catalogue import queries as catalogue
from quai.core import house as clock
from quai.core import sql
from quai.core.atomic import atomic
from quai.core.refusals import Refusal
from quai.exchange import archive
from quai.exchange.spreadsheet import cells as reading
from quai.exchange.spreadsheet.read import Unreadable, read_head, read_rows
from quai.parties import queries as parties
from quai.stock.types import Count, Move, Reason, StockState
from quai.warehouse import actions as warehouse
from quai.warehouse.types import Counted

ALREADY = "Ce fichier a déjà été reçu : rien n’est refait. Si c’est une autre fois la même chose, nommez-la par --key."
LONGEST_KEY = 20
STATES = frozenset(StockState)
Problems = list[str]


class KeyTooLong(Refusal):
    """The key %(key)s is too long: write it in %(longest)s characters at most."""

    code = "exchange.key_too_long"


class NothingCarried(Refusal):
    """Nothing is carried: %(why)s"""

    code = "exchange.nothing_carried"


class Row(NamedTuple):
    """One row: its number in the file (the head is 1) and its cells by column."""

    number: int
    cells: dict[str, str]


@dataclass(slots=True)
class CountReport:
    """What came of a stocktake."""

    name: str
    counted: int = 0
    differences: list[dict[str, Any]] = field(
        default_factory=list
    )  # where the ledger was wrong, by how many copies
    lines: list[dict[str, int]] = field(
        default_factory=list
    )  # order lines decided again, and the copies they lost
    problems: Problems = field(default_factory=list)
    already: bool = False


@dataclass(slots=True)
class MoveReport:
    """What came of a list of moves."""

    name: str
    moved: int = 0
    copies: int = 0
    problems: Problems = field(default_factory=list)
    already: bool = False


def count_stock(*, name: str, content: bytes, key: str = "", at: datetime, by: Actor) -> CountReport:
    """Enter a stocktake from a list of `ean,location,counted`, with `owner` (GLN), `state` and `reason` if need be.

    A row that cannot enter is reported and the others do. The same file again counts nothing more, unless rows of it
    had to be left: those are counted then.

    :param key: names a new count that says the same as one before, at most 20 characters.
    :raises KeyTooLong: nothing is kept nor counted.
    """
    _judge(key)
    report = CountReport(name)
    kept = archive.keep(name=name, origin="stock count", content=content, at=at, by=by)
    if kept.outcome == "received" and not key:
        report.problems.append(ALREADY)
        report.already = True
        return report
    rows = _rows(content, ("ean", "location", "counted"), report.problems)
    counts = _counts(rows, _source(kept.message_id, key), report.problems, at=at)
    numbers = {count.source_key: number for number, count, _ in counts}
    gtins = {count.product_id: rows_gtin for _, count, rows_gtin in counts}
    reasons = {row.number: row.cells.get("reason", "") for row in rows}
    for done in _write([(reasons[number], count) for number, count, _ in counts], at=at, by=by):
        report.counted += done.written
        report.lines += [{"line": line, "copies": copies} for line, copies in done.short.items()]
        report.problems += [
            f"Ligne {numbers[one.source_key]} : une vague est à prélever à {one.location_code} : "
            "comptez cet emplacement quand elle sera expédiée."
            for one in done.busy
        ]
        places = {count.source_key: count.location_code for _, count, _ in counts}
        report.differences += [
            {"ean": gtins[d.product_id], "location": places[d.source_key], "copies": d.quantity}
            for d in done.adjustment.differences
        ]
    _conclude(kept.message_id, "count", report.counted, report.problems, at=at, by=by)
    return report


@atomic
def _write(reasoned: Sequence[tuple[str, Count]], *, at: datetime, by: Actor) -> list[Counted]:
    """Write the counts in one transaction, under an act for each reason."""
    return [
        warehouse.count(
            counts=[count for why, count in reasoned if why == reason], reason=reason, at=at, by=by
        )
        for reason in dict.fromkeys(why for why, _ in reasoned)
    ]


def move_stock(*, name: str, content: bytes, key: str = "", at: datetime, by: Actor) -> MoveReport:
    """Carry copies as a list of `ean,from,to,quantity` says, with `owner` (GLN) if need be. The same file again
    carries nothing more.

    :param key: names a move that says the same as one before, at most 20 characters.
    :raises KeyTooLong: nothing is kept nor carried.
    :raises NothingCarried: a row cannot be read, so that nothing is.
    :raises BeingPicked, NotThere, Promised: see `warehouse.carry`; nothing is carried.
    """
    _judge(key)
    report = MoveReport(name)
    kept = archive.keep(name=name, origin="stock move", content=content, at=at, by=by)
    if kept.outcome == "received" and not key:
        report.problems.append(ALREADY)
        report.already = True
        return report
    problems: Problems = []
    rows = _rows(content, ("ean", "from", "to", "quantity"), problems)
    moves = _moves(rows, _source(kept.message_id, key), problems, at=at)
    try:
        if problems:
            raise NothingCarried(why=" ".join(problems))
        warehouse.carry(moves=moves, at=at, by=by)
    except Refusal as refusal:
        _conclude(kept.message_id, "move", 0, [str(refusal)], at=at, by=by)
        raise
    report.moved, report.copies = len(moves), sum(one.quantity for one in moves)
    _conclude(kept.message_id, "move", report.moved, [], at=at, by=by)
    return report


def _judge(key: str) -> None:
    """Refuse a key that would have to be cut: two of them would become one, and the second count would be left out."""
    if len(key) > LONGEST_KEY:
        raise KeyTooLong(key=key, longest=LONGEST_KEY)


def _source(message_id: int, key: str) -> str:
    """What the source keys of a list begin with."""
    return f"message:{message_id}:{key}" if key else f"message:{message_id}"


def _conclude(message: int, kind: str, entered: int, problems: Problems, *, at: datetime, by: Actor) -> None:
    told = {"kind": kind, "orders": [], "entered": entered, "problems": problems}
    outcome = "received" if not problems else "partial" if entered else "refused"
    archive.conclude(message_id=message, kind=kind, outcome=outcome, report=told, at=at, by=by)


def _counts(
    rows: Sequence[Row], source: str, problems: Problems, *, at: datetime
) -> list[tuple[int, Count, str]]:
    """The counts that can enter, with their row and GTIN."""
    products, owners, places = _known(rows, ("location",), at=at)
    found: list[tuple[int, Count, str]] = []
    for row in rows:
        cells = row.cells
        counted = _copies(cells["counted"], least=0)
        state = cells.get("state") or StockState.SELLABLE
        owner = owners.get(cells.get("owner") or cells["ean"])
        if counted is None:
            problems.append(f"Ligne {row.number} : la quantité comptée « {cells['counted']} » est illisible.")
        elif state not in STATES:
            problems.append(
                f"Ligne {row.number} : l’état « {state} » n’existe pas ({', '.join(sorted(STATES))})."
            )
        elif (said := _unknown(row, products, owner, places, ("location",))) or owner is None:
            problems.append(said)
        else:
            count = Count(
                cells["location"], products[cells["ean"]], owner, counted, f"{source}:{row.number}", state
            )
            found.append((row.number, count, cells["ean"]))
    return _once_each(found, problems)


def _once_each(found: Sequence[tuple[int, Count, str]], problems: Problems) -> list[tuple[int, Count, str]]:
    """Leave out bins counted more than once: nobody knows which count is right."""
    times = Counter((one.location_code, one.product_id, one.owner_id, one.state) for _, one, _ in found)
    kept = []
    for number, one, gtin in found:
        if times[one.location_code, one.product_id, one.owner_id, one.state] > 1:
            problems.append(f"Ligne {number} : {one.location_code} est compté plusieurs fois pour {gtin}.")
        else:
            kept.append((number, one, gtin))
    return kept


def _moves(rows: Sequence[Row], source: str, problems: Problems, *, at: datetime) -> list[Move]:
    products, owners, places = _known(rows, ("from", "to"), at=at)
    moves = []
    for row in rows:
        cells = row.cells
        copies, owner = _copies(cells["quantity"], least=1), owners.get(cells.get("owner") or cells["ean"])
        if copies is None:
            problems.append(f"Ligne {row.number} : la quantité « {cells['quantity']} » est illisible.")
        elif cells["from"] == cells["to"]:
            problems.append(f"Ligne {row.number} : ces exemplaires restent à {cells['to']}.")
        elif (said := _unknown(row, products, owner, places, ("from", "to"))) or owner is None:
            problems.append(said)
        else:
            key = f"{source}:{row.number}"
            ends = places[cells["from"]], places[cells["to"]]
            moves.append(Move(products[cells["ean"]], owner, *ends, copies, Reason.REPLENISHMENT, key))
    return moves


def _known(
    rows: Sequence[Row], columns: Sequence[str], *, at: datetime
) -> tuple[dict[str, int], dict[str, int], dict[str, int]]:
    """Titles by GTIN, owners by GLN and (the publisher's) by GTIN, places by code."""
    products = catalogue.by_gtin((row.cells["ean"] for row in rows), distributor_glns=parties.house().glns)
    titles = catalogue.titles(products.values(), on=clock.day(at))
    owners = {
        gtin: publisher
        for gtin, product in products.items()
        if product in titles and (publisher := titles[product].publisher_id) is not None
    }
    named = {row.cells["owner"] for row in rows if row.cells.get("owner")}
    owners |= {gln: owner.party_id for gln, owner in parties.by_gln(named).items()}
    codes = sorted({row.cells[column] for row in rows for column in columns})
    places = {row.code: row.id for row in sql.rows("exchange/places_with_copies.sql", {"codes": codes})}
    return products, owners, places


def _unknown(
    row: Row, products: dict[str, int], owner: int | None, places: dict[str, int], columns: Sequence[str]
) -> str:
    """Say what the house does not know of a row; empty when it knows all."""
    for column in columns:
        if row.cells[column] not in places:
            return f"Ligne {row.number} : il n’y a pas d’emplacement « {row.cells[column]} » où l’on garde des livres."
    if row.cells["ean"] not in products or (owner is None and not row.cells.get("owner")):
        return f"Ligne {row.number} : le titre {row.cells['ean']} n’est pas au catalogue."
    if owner is None:
        return f"Ligne {row.number} : personne n’a le GLN « {row.cells['owner']} »."
    return ""


def _copies(cell: str, *, least: int) -> int | None:
    try:
        copies: int = reading.whole(least, reading.LARGEST_QUANTITY)(cell)
    except reading.CellError:
        return None
    return copies


def _rows(content: bytes, columns: tuple[str, ...], problems: Problems) -> list[Row]:
    head = read_head(content)
    missing = [column for column in columns if column not in head]
    if missing:
        problems.append(f"Il manque à ce fichier la colonne {', '.join(missing)}.")
        return []
    rows = []
    for item in read_rows(content):
        if isinstance(item, Unreadable):
            problems.append(item.message)
        else:
            rows.append(Row(item.number, dict(zip(head, item.cells, strict=True))))
    return rows
