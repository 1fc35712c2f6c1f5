"""Delivery notes: closed when the copies of a shipment stand on the dock, with or without an invoice to come."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from datetime import date, datetime
from decimal import Decimal
from itertools import groupby

from quai.access.types import Actor
from quai.catalogue import queries as catalogue
from quai.core import house, journal, numbering, sql
from quai.core.atomic import atomic
from quai.orders import actions as orders
from quai.orders.types import ShippedLine
from quai.parties import queries as parties
from quai.stock import actions as stock
from quai.stock import queries as stock_queries
from quai.stock.types import Move, Reason
from quai.terms import queries as terms
from quai.terms.types import AccountView, DiscountAnswer, DiscountQuestion, SaleMode
from quai.warehouse import carriage
from quai.warehouse.canonical import digest
from quai.warehouse.draft import DraftLine, DraftNote
from quai.warehouse.parcels import pack, sscc
from quai.warehouse.types import SERIES, NoteNature

ALL_OFF = Decimal("100.00")


@atomic
def close_notes(*, shipments: Sequence[int], at: datetime, by: Actor) -> list[int]:
    """Close the note of each of these shipments that was fetched and has none: one note whatever the orders.

    The copies leave the dock for the customer (or for his shelf of ours, on consignment), the lines are shipped, the
    price and discount rows that decide are kept. Numbers are taken last, for all notes at once. Shipments that have
    their note, were not fetched or gave no copies are left alone; running it again changes nothing.

    :returns: the notes closed, in the order of their numbers.
    :raises DateGoesBack: the last note of the series is of a later day.
    """
    sql.rows("warehouse/lock_waves.sql", {"shipments": list(shipments)})
    on = house.day(at)
    lines = sql.rows("warehouse/lines_to_deliver.sql", {"shipments": list(shipments), "on": on})
    if not lines:
        return []
    act = journal.record("warehouse.close_notes", at=at, by=by)
    drafts = _drafts(lines, on=on)
    _hand_over(drafts, at=at, by=by)
    numbers = numbering.take(
        issuer_id=parties.house().party_id,
        kind=SERIES,
        on=on,
        documents=[numbering.Document(f"note:{note.id}", digest(note)) for note in drafts],
        act_id=act,
    )
    _write(drafts, [number.text for number in numbers], act=act, at=at)
    return [note.id for note in drafts]


def _drafts(rows: Sequence[sql.Row], *, on: date) -> list[DraftNote]:
    """Everything about the notes but their numbers."""
    accounts = terms.accounts({row.customer_id for row in rows}, on=on)
    answers = terms.discounts(_questions(rows, accounts, on=on))
    line_ids = iter(sql.new_ids("warehouse_note_line", len(rows)))
    together = [
        list(group)
        for _, group in groupby(zip(rows, answers, strict=True), key=lambda pair: pair[0].shipment_id)
    ]
    note_ids = sql.new_ids("warehouse_note", len(together))
    drafts = [
        _draft(note_id, pairs, line_ids, on=on) for note_id, pairs in zip(note_ids, together, strict=True)
    ]
    _add_carriage(drafts, accounts)
    _add_parcels(drafts)
    return drafts


def _questions(
    rows: Sequence[sql.Row], accounts: Mapping[int, AccountView], *, on: date
) -> list[DiscountQuestion]:
    modes = {customer: account.sale_mode for customer, account in accounts.items()}
    return [
        DiscountQuestion(
            key,
            row.customer_id,
            row.product_id,
            row.kind,
            SaleMode.FIRM if row.firm else modes[row.customer_id],
            row.operation_code,
            row.received_on,
            on,
        )
        for key, row in enumerate(rows)
    ]


def _draft(
    note_id: int,
    pairs: Sequence[tuple[sql.Row, DiscountAnswer]],
    line_ids: Iterable[int],
    *,
    on: date,
) -> DraftNote:
    head = pairs[0][0]
    return DraftNote(
        id=note_id,
        shipment_id=head.shipment_id,
        customer_id=head.customer_id,
        outlet_id=head.outlet_id,
        nature=NoteNature(head.nature),
        staging_id=head.staging_id,
        closed_on=on,
        lines=[
            DraftLine(
                line_id_,
                row.line_id,
                row.product_id,
                row.owner_id,
                row.quantity,
                row.price_id,
                answer.discount_id,
                ALL_OFF if row.free else answer.discount,
                row.weight_g,
            )
            for (row, answer), line_id_ in zip(pairs, line_ids, strict=False)
        ],
    )


def _add_carriage(drafts: Sequence[DraftNote], accounts: Mapping[int, AccountView]) -> None:
    """Charge carriage under the threshold of the account. Only notes that may bear it are priced."""
    liable = [note for note in drafts if carriage.may_be_due(note, accounts[note.customer_id])]
    price_ids = {line.price_id for note in liable for line in note.lines if line.price_id}
    parts = catalogue.price_parts(price_ids) if price_ids else {}
    for note in liable:
        note.carriage = carriage.due(note, accounts[note.customer_id], parts)


def _add_parcels(drafts: Sequence[DraftNote]) -> None:
    packed = [pack((line.weight_g, line.quantity) for line in note.lines) for note in drafts]
    ids = iter(sql.new_ids("warehouse_parcel", sum(map(len, packed))))
    prefix = parties.house().glns[0]
    for note, boxes in zip(drafts, packed, strict=True):
        for box in boxes:
            parcel_id = next(ids)
            note.parcels.append((parcel_id, sscc(parcel_id, house_gln=prefix), box))


def _hand_over(drafts: Sequence[DraftNote], *, at: datetime, by: Actor) -> None:
    """Say that the lines are shipped and move the copies off the dock: lines first, bins after, as everywhere."""
    leaving = [(line, f"note_line:{line.id}", note) for note in drafts for line in note.lines]
    orders.record_shipped(
        shipped=[ShippedLine(line.line_id, line.quantity, key) for line, key, _ in leaving], at=at, by=by
    )
    places = {nature: stock_queries.place(destination(nature)) for nature in {note.nature for note in drafts}}
    stock.move(
        moves=[
            Move(
                line.product_id,
                line.owner_id,
                note.staging_id,
                places[note.nature],
                line.quantity,
                Reason.SHIPMENT,
                key,
            )
            for line, key, note in leaving
        ],
        at=at,
        by=by,
    )


def destination(nature: NoteNature) -> str:
    """The code of the place where the copies of a note go."""
    return "CONSIGNMENT" if nature is NoteNature.CONSIGNMENT else "CUSTOMER"


def _write(drafts: Sequence[DraftNote], numbers: Sequence[str], *, act: int, at: datetime) -> None:
    """Write notes, lines and parcels: the series is locked by now, so nothing else is worked out here."""
    sql.copy_in(
        "warehouse_note",
        (
            "id", "act_id", "shipment_id", "number", "customer_id", "outlet_id", "nature", "closed_on", "closed_at",
            "carriage",
        ),
        (
            (
                note.id, act, note.shipment_id, number, note.customer_id, note.outlet_id, note.nature.value,
                note.closed_on, at, note.carriage,
            )
            for note, number in zip(drafts, numbers, strict=True)
        ),
    )  # fmt: skip
    sql.copy_in(
        "warehouse_note_line",
        (
            "id", "act_id", "note_id", "line_id", "product_id", "owner_id", "quantity", "price_id",
            "discount_row_id", "discount",
        ),
        ((line.id, act, note.id, *line[1:-1]) for note in drafts for line in note.lines),
    )  # fmt: skip
    sql.copy_in(
        "warehouse_parcel",
        ("id", "act_id", "note_id", "position", "sscc", "copies", "expected_weight_g"),
        (
            (parcel_id, act, note.id, position, code, *box)
            for note in drafts
            for position, (parcel_id, code, box) in enumerate(note.parcels, start=1)
        ),
    )
    sql.run(
        "warehouse/count_closed.sql",
        {"notes": [note.id for note in drafts], "shipments": [note.shipment_id for note in drafts]},
    )
