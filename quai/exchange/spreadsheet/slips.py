"""Slips of arrivals: what came once under a reference does not come twice, whatever the bytes that say so.

The same slip with the same rows is a duplicate; with other rows it is shown to a person. Rows of a slip that were
refused may be mended and come again. Without a slip, the bytes of the file are the key.
"""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass, field

from quai.core import journal, sql
from quai.exchange.models import Slip
from quai.exchange.spreadsheet.shapes import Entry, Row

LONGEST = 24
Content = tuple[str, str, int]  # EAN, place, copies


@dataclass(slots=True)
class _Known:
    """What entered under a reference so far; whole: none of its rows was left out."""

    rows: Counter[Content] = field(default_factory=Counter)
    whole: bool = False


def keys(entry: Entry) -> dict[int, str]:
    """Give the key under which each row enters; one that entered before has none. Slips are recorded."""
    by_slip: dict[str, list[Row]] = {}
    for row in entry.rows:
        by_slip.setdefault(reference(row, entry), []).append(row)
    found = {
        row.number: f"message:{entry.message_id}:{row.number}"
        for row in by_slip.pop("", [])
        if row.number not in entry.known
    }
    if not by_slip:
        return found
    sql.rows("exchange/one_slip_at_a_time.sql")
    known = _known(list(by_slip))
    part = (
        {reference(row, entry) for row in entry.read if row.number in entry.refused}
        if entry.refused
        else set()
    )
    entry.known -= {row.number for rows in by_slip.values() for row in rows}  # of these, the slips say it
    new: list[tuple[str, list[Content], bool]] = []
    for slip, rows in by_slip.items():
        before, whole = known.get(slip, _Known()), not entry.lame and slip not in part
        now = Counter(map(_content, rows))
        if before.rows - now or (before.whole and now != before.rows):
            _show(entry, slip, rows)
            continue
        entered = _new_keys(slip, rows, before.rows)
        entry.known |= {row.number for row in rows} - entered.keys()
        found |= entered
        if entered or whole > before.whole:
            new.append((slip, [_content(row) for row in rows if row.number in entered], whole))
    _record(new, entry)
    return found


def reference(row: Row, entry: Entry) -> str:
    """The slip of a row: its own, else the one given with the whole list."""
    return str(row.said("slip") or entry.slip).upper()


def _content(row: Row) -> Content:
    return row.said("ean"), row.said("location"), row.said("quantity")


def _known(references: list[str]) -> dict[str, _Known]:
    found: dict[str, _Known] = {}
    for row in sql.rows("exchange/slips.sql", {"references": references}):
        one = found.setdefault(row.reference, _Known())
        if row.ean:
            one.rows[row.ean, row.place, row.copies] += 1
        one.whole = one.whole or row.whole
    return found


def _new_keys(slip: str, rows: list[Row], before: Counter[Content]) -> dict[int, str]:
    """A row is known by what it says: of several alike, the first ones are those that entered."""
    met: Counter[Content] = Counter()
    found = {}
    for row in rows:
        content = _content(row)
        met[content] += 1
        if met[content] > before[content]:
            found[row.number] = f"slip:{slip}:{':'.join(map(str, content))}:{met[content]}"
    return found


def _show(entry: Entry, slip: str, rows: list[Row]) -> None:
    """One sentence for the whole slip: each of its rows stays out."""
    key = "slip" if rows[0].said("slip") else ""
    entry.refuse(
        rows[0],
        key,
        f"le bordereau {slip} est déjà entré avec un autre contenu : une personne doit regarder. Rien de ce "
        "bordereau n’entre ; si c’est un autre arrivage, donnez-lui une autre référence.",
    )
    entry.refused |= {row.number for row in rows}


def _record(new: list[tuple[str, list[Content], bool]], entry: Entry) -> None:
    if new:
        act = journal.record("exchange.receive_slips", at=entry.at, by=entry.by)
        Slip.objects.bulk_create(
            Slip(reference=slip, message_id=entry.message_id, rows=rows, whole=whole, act_id=act)
            for slip, rows, whole in new
        )
