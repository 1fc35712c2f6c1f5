"""Lines of orders as people read them: the title, the fate of each copy and its reason, the discount that decided."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from datetime import date
from typing import Any

from quai.catalogue import queries as catalogue
from quai.catalogue.types import TitleView
from quai.core import sql
from quai.core.refusals import Refusal
from quai.core.sql import Row
from quai.desk import words
from quai.orders import queries as orders
from quai.orders.types import Reason
from quai.parties import queries as parties

FATES = (
    "undecided",
    "reserved",
    "waiting",
    "backordered",
    "held",
    "grouped",
    "shipped",
    "refused",
    "cancelled",
)
Sheet = dict[str, Any]


class NoSuchDocument(Refusal):
    """There is no %(kind)s %(reference)s."""

    code = "desk.no_such_document"


def lines(rows: Sequence[Row], *, on: date) -> list[Sheet]:
    """Give lines with their titles, publishers, fates by reason and discounts; statements do not grow with them."""
    titles = catalogue.titles({row.product_id for row in rows if row.product_id}, on=on)
    publishers = parties.names({t.publisher_id for t in titles.values() if t.publisher_id}, on=on)
    parts = {
        one.line_id: one.parts for order in orders.fates({r.order_id for r in rows}) for one in order.lines
    }
    discounts = _discounts([row.id for row in rows], on=on)
    return [
        {
            **_told(row, titles.get(row.product_id or 0), publishers),
            "fates": {fate: getattr(row, fate) for fate in FATES if getattr(row, fate)},
            "parts": [
                {**part._asdict(), "sentence": orders.sentence(part.reason)} for part in parts.get(row.id, ())
            ],
            "discounts": discounts.get(row.id, []),
        }
        for row in rows
    ]


def story(line_ids: Sequence[int]) -> tuple[list[Sheet], list[Sheet]]:
    """What happened to these lines, and the notes that carry them."""
    ids = {"lines": list(line_ids)}
    moves = [
        {**plain(row), "sentence": orders.sentence(Reason(row.reason))}
        for row in sql.rows("desk/sheet_moves.sql", ids)
    ]
    return moves, [plain(row) for row in sql.rows("desk/sheet_notes.sql", {**ids, "number": ""})]


def plain(row: Any, *, without: Sequence[str] = ()) -> Sheet:
    """A row as a sheet has it."""
    return {name: value for name, value in row._asdict().items() if name not in without}


def addressed(address: Any) -> list[str]:
    """An address as it is read, a line each."""
    lines_ = (address.street, address.street2, f"{address.postcode} {address.city}".strip())
    return [line for line in (*lines_, address.country if address.country != "FR" else "") if line]


def _told(row: Row, title: TitleView | None, publishers: Mapping[int, str]) -> Sheet:
    return {
        "id": row.id,
        "position": row.position,
        "gtin": row.gtin,
        "title": title.title if title else "",
        "publisher": publishers.get(title.publisher_id or 0, "") if title else "",
        "quantity": row.quantity,
        "line_reference": row.line_reference,
        "free_with_id": row.free_with_id,
    }


def _discounts(line_ids: Iterable[int], *, on: date) -> dict[int, list[Sheet]]:
    """The rows of discounts that decided for what left of each line, said once each."""
    rows = [row._asdict() for row in sql.rows("desk/sheet_discounts.sql", {"lines": list(line_ids)})]
    named = {row[axis] for row in rows for axis in ("customer_id", "publisher_id") if row[axis]}
    names = parties.names(named, on=on)
    found: dict[int, list[Sheet]] = defaultdict(list)
    for row in rows:
        told = {"id": row["id"], "discount": row["discount"], "sentence": words.discount(row, names)}
        if told not in found[row["line_id"]]:
            found[row["line_id"]].append(told)
    return found
