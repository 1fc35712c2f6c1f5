"""Delivery notes as the warehouse leaves them, written straight into its tables: billing's tests begin here."""

from __future__ import annotations

import itertools
from collections.abc import Sequence
from datetime import date, datetime, time, timedelta
from decimal import Decimal
from typing import NamedTuple

from quai.access.types import Actor
from quai.accounts.actions import open_chart
from quai.billing import checks
from quai.catalogue.models import Price
from quai.core import caches, house, sql
from quai.core.findings import Finding
from quai.stock.models import Site
from quai.warehouse.models import Wave
from tests.cast import HOUSE_GLN, SHOP_GLN, Cast

CLOSED = date(2026, 3, 2)
NOON = house.instant(CLOSED, 12)
_names = itertools.count(1)


class Copies(NamedTuple):
    """One line of a note: so many copies of a title, at a discount in percent, or free."""

    title: int
    quantity: int = 1
    discount: str = "36.00"
    free: bool = False
    price: int | None = -1  # the title's own; None: nobody knows it


class Delivery(NamedTuple):
    """One departed note: to whom, which copies, when it was closed."""

    customer: int
    copies: Sequence[Copies]
    closed_on: date = CLOSED
    outlet: int | None = None
    reference: str = "CMD00001"
    operation: str = ""
    nature: str = "sale"
    carriage: str = "0.00"


def opened(at: datetime, by: Actor) -> None:
    """The chart of accounts, without which nothing is posted."""
    open_chart(at=at, by=by)


def deliver(cast: Cast, act: int, *deliveries: Delivery) -> list[int]:
    """Write departed notes, each in the worklist of billing if it is a sale; their ids in order."""
    wave = Wave.objects.create(
        site=Site.objects.get(id=cast.site), kind="restock", cut_off_at=NOON, act_id=act
    ).id
    prices = dict(Price.objects.order_by("from_on", "id").values_list("product_id", "id"))
    notes = sql.new_ids("warehouse_note", len(deliveries))
    orders = sql.new_ids("orders_order", len(deliveries))
    shipments = sql.new_ids("warehouse_shipment", len(deliveries))
    lines = sum(len(one.copies) for one in deliveries)
    order_lines, note_lines = sql.new_ids("orders_line", lines), sql.new_ids("warehouse_note_line", lines)
    heads = list(zip(deliveries, notes, orders, shipments, strict=True))
    _copy("orders_order", _ORDER, (
        (order, act, "file", "accepted", HOUSE_GLN, SHOP_GLN, "", "", one.customer, one.outlet, one.reference,
         one.closed_on, one.closed_on, one.operation, "restock", "", "usual", "", b"", f"test:{order}")
        for one, _, order, _ in heads
    ))  # fmt: skip
    flat = [
        (one, copies, note, order, position)
        for one, note, order, _ in heads
        for position, copies in enumerate(one.copies, start=1)
    ]
    earner = {
        order: first
        for first, (_, _, _, order, position) in zip(order_lines, flat, strict=True)
        if position == 1
    }
    _copy("orders_line", _LINE, (
        (line, act, order, position, "9782070360024", copies.title, copies.quantity, f"{position:04}",
         earner[order] if copies.free else None)
        for line, (_, copies, _, order, position) in zip(order_lines, flat, strict=True)
    ))  # fmt: skip
    _copy("warehouse_shipment", ("id", "act_id", "wave_id", "customer_id", "outlet_id", "nature"), (
        (shipment, act, wave, one.customer, one.outlet, one.nature) for one, _, _, shipment in heads
    ))  # fmt: skip
    _copy("warehouse_note", _NOTE, (
        (note, act, shipment, f"BL2026-{next(_names):06}", one.customer, one.outlet, one.nature, one.closed_on,
         left(one), Decimal(one.carriage))
        for one, note, _, shipment in heads
    ))  # fmt: skip
    _copy("warehouse_note_line", _NOTE_LINE, (
        (note_line, act, note, line, copies.title, cast.publisher, copies.quantity,
         prices[copies.title] if copies.price == -1 else copies.price, Decimal(copies.discount))
        for note_line, line, (_, copies, note, _, _) in zip(note_lines, order_lines, flat, strict=True)
    ))  # fmt: skip
    _copy("warehouse_departure", ("act_id", "note_id", "departed_at"), (
        (act, note, left(one) + timedelta(hours=4)) for one, note, _, _ in heads
    ))  # fmt: skip
    _copy("warehouse_todo_invoice", ("note_id", "customer_id", "closed_on"), (
        (note, one.customer, one.closed_on) for one, note, _, _ in heads if one.nature == "sale"
    ))  # fmt: skip
    return notes


def nothing_wrong() -> list[Finding]:
    """Everything that the checks and caches of billing find; an empty list is a sound house."""
    found = [finding for check in checks.CHECKS for finding in check()]
    return found + [finding for cache in checks.CACHES for finding in caches.drift(cache)]


def left(delivery: Delivery) -> datetime:
    """Noon of the day the note was closed."""
    return datetime.combine(delivery.closed_on, time(12), tzinfo=house.PARIS)


_ORDER = (
    "id", "act_id", "channel", "standing", "supplier_gln", "buyer_gln", "deliver_to_gln", "relay_gln", "customer_id",
    "outlet_id", "reference", "ordered_on", "received_on", "operation_code", "kind", "shipping_mode",
    "backorder_policy", "discount_term", "content_digest", "source_key",
)  # fmt: skip
_LINE = (
    "id", "act_id", "order_id", "position", "gtin", "product_id", "quantity", "line_reference", "free_with_id",
)  # fmt: skip
_NOTE = (
    "id", "act_id", "shipment_id", "number", "customer_id", "outlet_id", "nature", "closed_on", "closed_at", "carriage",
)  # fmt: skip
_NOTE_LINE = (
    "id", "act_id", "note_id", "line_id", "product_id", "owner_id", "quantity", "price_id", "discount",
)  # fmt: skip
_copy = sql.copy_in
