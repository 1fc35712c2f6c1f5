"""The sheets of an order and of one of its lines."""

from __future__ import annotations

import re

from quai.core import sql
from quai.core.sql import Row
from quai.desk.sheets.lines import NoSuchDocument, Sheet, addressed, lines, plain, story
from quai.parties import queries as parties


def identifier(reference: str) -> int | None:
    """Our identifier of an order, written `#12`; none when it is a shop's reference, which may well be 12."""
    written = re.fullmatch("#([0-9]{1,18})", reference)
    return int(written[1]) if written else None


def orders(reference: str) -> list[Sheet]:
    """The orders of a shop's reference (or of an id): lines by fate, what happened, notes and invoices."""
    found = sql.rows("desk/sheet_orders.sql", {"reference": reference, "id": identifier(reference)})
    if not found and reference.isascii() and reference.isdigit() and len(reference) < 19:
        found = sql.rows("desk/sheet_orders.sql", {"reference": None, "id": int(reference)})
    if not found:
        raise NoSuchDocument(kind="order", reference=reference)
    return [_order(row) for row in found]


def line(reference: str) -> Sheet:
    """One order line by its id: its fates, what happened to it, the notes that carry it."""
    number = int(reference) if reference.isascii() and reference.isdigit() and len(reference) < 19 else 0
    found = sql.rows("desk/sheet_lines.sql", {"orders": [], "lines": [number]})
    if not found:
        raise NoSuchDocument(kind="line", reference=reference)
    [row] = found
    [told] = lines(found, on=row.received_on)
    timeline, notes = story([number])
    customer = parties.names([row.customer_id] if row.customer_id else [], on=row.received_on)
    return {
        **told,
        "order_id": row.order_id,
        "order_reference": row.order_reference,
        "customer": customer.get(row.customer_id or 0, ""),
        "timeline": timeline,
        "notes": notes,
    }


def _order(row: Row) -> Sheet:
    rows = sql.rows("desk/sheet_lines.sql", {"orders": [row.id], "lines": []})
    timeline, notes = story([one.id for one in rows])
    message = {"name": row.message_name, "sha256": row.message_sha256} if row.message_name else None
    return {
        **plain(row, without=("message_name", "message_sha256")),
        **_parties(row),
        "message": message,
        "lines": lines(rows, on=row.received_on),
        "timeline": timeline,
        "notes": notes,
    }


def _parties(row: Row) -> Sheet:
    """Who ordered, and where the copies go; an unknown GLN has no name."""
    on = row.received_on
    profiles = parties.profiles([row.customer_id] if row.customer_id else [], on=on)
    outlet = parties.outlets([row.outlet_id], on=on).get(row.outlet_id) if row.outlet_id else None
    buyer = profiles.get(row.customer_id or 0)
    place = outlet.address if outlet else buyer.address if buyer and not row.deliver_to_gln else None
    return {
        "customer": buyer.address.name if buyer else "",
        "deliver_to": {"name": place.name, "lines": addressed(place)} if place else None,
    }
