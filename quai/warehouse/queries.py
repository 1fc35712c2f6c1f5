"""Answers of the warehouse."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from decimal import Decimal
from typing import Any

from quai.catalogue import queries as catalogue
from quai.catalogue.types import TitleView
from quai.core import house, sql
from quai.core.refusals import Refusal
from quai.warehouse import carriage
from quai.warehouse.types import (
    LeftOn,
    NoteLineView,
    NoteNature,
    NoteView,
    ParcelView,
    PickList,
    PickStop,
    Remainder,
    WaitingNote,
    WaveKind,
    WaveView,
)


class UnknownWave(Refusal):
    """There is no wave %(wave)s."""

    code = "warehouse.unknown_wave"


class UnknownNote(Refusal):
    """There is no delivery note %(note)s."""

    code = "warehouse.unknown_note"


def open_waves() -> list[WaveView]:
    """List the waves that have shipments to close, the oldest first."""
    return [WaveView._make(row) for row in sql.rows("warehouse/open_waves.sql")]


def waiting_notes() -> list[int]:
    """List the notes that wait for their truck, and can still be reopened."""
    return [row.note_id for row in sql.rows("warehouse/waiting_notes.sql")]


def notes_on_the_dock(
    *, customers: Iterable[int] | None = None, carrier: int | None = None
) -> list[WaitingNote]:
    """List the notes that wait for their truck with their numbers: all, or those of these customers, of a carrier."""
    given = {"customers": None if customers is None else list(customers), "carrier": carrier}
    return [WaitingNote._make(row) for row in sql.rows("warehouse/notes_on_the_dock.sql", given)]


def notes_numbered(numbers: Iterable[str]) -> dict[str, int]:
    """Find notes by their printed numbers; an unknown one is left out."""
    found = sql.rows("warehouse/notes_numbered.sql", {"numbers": list(numbers)})
    return {row.number: row.id for row in found}


def left_on(line_ids: Iterable[int]) -> list[LeftOn]:
    """Say on which notes copies of these order lines left, or stand on the dock; reopened notes are left out."""
    found = sql.rows("warehouse/left_on.sql", {"lines": list(set(line_ids))})
    return [LeftOn._make(row) for row in found]


def in_preparation(line_ids: Iterable[int]) -> set[int]:
    """Say which of these order lines a wave holds copies of: those cannot be cancelled any more."""
    return {row.line_id for row in sql.rows("warehouse/in_preparation.sql", {"lines": list(set(line_ids))})}


def in_waves(*, customers: Sequence[int]) -> list[int]:
    """The order lines of these customers of which an open wave holds copies that are on no note yet, oldest first."""
    return [row.line_id for row in sql.rows("warehouse/in_waves.sql", {"customers": list(customers)})]


def pick_list(wave: int) -> PickList:
    """Give a wave as its picker walks it: pick places first, then bulk, each in walking order.

    :raises UnknownWave: there is none.
    """
    found = sql.rows("warehouse/wave.sql", {"wave": wave})
    if not found:
        raise UnknownWave(wave=wave)
    head = found[0]
    rows = sql.rows("warehouse/pick_list.sql", {"wave": wave})
    titles = catalogue.titles({row.product_id for row in rows}, on=house.day(head.made_at))
    return PickList(
        wave_id=wave,
        site_id=head.site_id,
        carrier_id=head.carrier_id,
        kind=WaveKind(head.kind),
        cut_off_at=head.cut_off_at,
        made_at=head.made_at,
        stops=tuple(_stop(row, titles.get(row.product_id)) for row in rows),
    )


def _stop(row: sql.Row, title: TitleView | None) -> PickStop:
    return PickStop(
        pick_id=row.pick_id,
        rank=row.rank,
        shipment_id=row.shipment_id,
        customer_id=row.customer_id,
        line_id=row.line_id,
        place=row.place,
        product_id=row.product_id,
        gtin=title.gtin if title else "",
        title=title.title if title else "",
        publisher_id=title.publisher_id if title else None,
        quantity=row.quantity,
        remaining=row.remaining,
        missing=row.missing,
        fetched=row.fetched,
        void=row.void,
    )


def notes(note_ids: Iterable[int]) -> dict[int, NoteView]:
    """Give notes whole, reopened ones included; the number of statements does not grow with them."""
    asked = {"notes": list(set(note_ids))}
    heads = sql.rows("warehouse/note_heads.sql", asked)
    if not heads:
        return {}
    lines = _of_note(sql.rows("warehouse/note_lines.sql", asked))
    parcels = _of_note(sql.rows("warehouse/note_parcels.sql", asked))
    remaining = _of_note(sql.rows("warehouse/remaining_of_orders.sql", asked))
    printed = [row for rows in (lines, remaining) for group in rows.values() for row in group]
    prices = {row.price_id for group in lines.values() for row in group if row.price_id}
    parts = catalogue.price_parts(prices)
    views = {}
    for on in sorted({head.closed_on for head in heads}):  # a day's notes are printed together
        titles = catalogue.titles({row.product_id for row in printed if row.product_id}, on=on)
        for head in (one for one in heads if one.closed_on == on):
            views[head.id] = NoteView(
                note_id=head.id,
                number=head.number,
                nature=NoteNature(head.nature),
                customer_id=head.customer_id,
                outlet_id=head.outlet_id,
                carrier_id=head.carrier_id,
                closed_on=on,
                closed_at=head.closed_at,
                departed_at=head.departed_at,
                reopened=head.reopened,
                carriage=head.carriage,
                lines=tuple(_line(row, titles, parts) for row in lines[head.id]),
                parcels=tuple(ParcelView(*row[1:]) for row in parcels[head.id]),
                remaining=tuple(_remainder(row, titles) for row in remaining[head.id]),
            )
    return views


def _of_note(rows: list[Any]) -> dict[int, list[Any]]:
    found: dict[int, list[Any]] = defaultdict(list)
    for row in rows:
        found[row.note_id].append(row)
    return found


def _line(row: sql.Row, titles: Mapping[int, TitleView], parts: carriage.Parts) -> NoteLineView:
    title = titles[row.product_id]
    price = parts.get(row.price_id or 0, ())
    return NoteLineView(
        note_line_id=row.id,
        line_id=row.line_id,
        product_id=row.product_id,
        gtin=title.gtin,
        title=title.title,
        publisher_id=title.publisher_id,
        quantity=row.quantity,
        order_reference=row.order_reference,
        line_reference=row.line_reference,
        free=row.free,
        retail_price=sum((part.retail_price for part in price), Decimal(0)) if price else None,
        discount=row.discount,
        net=carriage.net_of(row.quantity, row.discount, price) if price else None,
    )


def _remainder(row: sql.Row, titles: Mapping[int, TitleView]) -> Remainder:
    title = titles.get(row.product_id)
    return Remainder(
        title.gtin if title else row.gtin,
        title.title if title else "",
        row.order_reference,
        row.quantity,
        row.fate,
    )
