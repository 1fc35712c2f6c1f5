"""What people correct by hand: an order cancelled, accepted or refused, an account blocked, an invoice credited."""

from __future__ import annotations

import hashlib
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any

from quai.access.types import Actor
from quai.billing import actions as billing
from quai.billing import queries as invoices
from quai.billing.types import Correction, CreditReport, DocumentType, DocumentView
from quai.core import sql
from quai.core.refusals import Refusal
from quai.desk import sheets
from quai.desk.sheets import NoSuchDocument
from quai.exchange.dilicom import again
from quai.orders import actions as orders
from quai.orders import queries as order_queries
from quai.orders.types import OrderOutcome, Reason, Standing
from quai.parties import queries as parties
from quai.warehouse import actions as warehouse

CANCELLED_BY = {"customer": Reason.CUSTOMER_CANCELLED, "house": Reason.HOUSE_CANCELLED}


class SeveralOrders(Refusal):
    """Several orders bear the reference %(reference)s: say which by its identifier, in quotes: %(orders)s."""

    code = "desk.several_orders"


class NotAnInvoice(Refusal):
    """%(number)s is a credit note: only an invoice is credited."""

    code = "desk.not_an_invoice"


@dataclass(slots=True)
class LineCut:
    """Copies of a line cancelled now, and those that could not be."""

    line: int
    ean: str
    cancelled: int
    in_preparation: int
    shipped: int


@dataclass(slots=True)
class Held:
    """What blocking an account stopped, and what goes on its way until somebody takes it back."""

    copies: dict[str, int] = field(default_factory=dict)  # that came to each fate
    going: list[dict[str, Any]] = field(default_factory=list)
    notes: list[str] = field(default_factory=list)


def cancel_order(reference: str, *, by_whom: str, at: datetime, by: Actor) -> list[LineCut]:
    """Cancel what has not left of an order.

    :param reference: the shop's, when one order alone bears it, else our identifier, written `#12`.
    :raises NoSuchDocument, SeveralOrders: nothing is cancelled.
    """
    lines = order_queries.lines_of_orders([_order_to_cancel(reference)])
    return _cancel(dict.fromkeys(lines), by_whom, at=at, by=by)


def cancel_line(line: int, *, quantity: int | None, by_whom: str, at: datetime, by: Actor) -> list[LineCut]:
    """Cancel copies of a line until `quantity` are cancelled in all; none said: all that have not left.

    :raises NoSuchDocument: nobody ordered it.
    """
    _known_line(line)
    return _cancel({line: quantity}, by_whom, at=at, by=by)


def accept_line(line: int, *, at: datetime, by: Actor) -> tuple[bool, dict[str, Any]]:
    """Let a line held for its quantity mean what it asks for; whether that changed anything, and its sheet.

    :raises NoSuchDocument: nobody ordered it.
    """
    _known_line(line)
    done = orders.accept_quantities(lines=[line], at=at, by=by)
    return bool(done.changed), sheets.line(str(line))


def refuse_line(line: int, *, at: datetime, by: Actor) -> list[LineCut]:
    """Refuse what a line holds for a person to decide; its copies go to whoever comes next.

    :raises NoSuchDocument: nobody ordered it.
    """
    _known_line(line)
    done = orders.refuse_held(lines=[line], at=at, by=by)
    eans = _eans([line])
    return [LineCut(one.line_id, eans[one.line_id], one.cancelled, one.left, one.gone) for one in done]


def accept_order(reference: str, *, at: datetime, by: Actor) -> OrderOutcome:
    """Enter an order that a person had to see, from what the archive holds of it.

    :raises NoSuchDocument, SeveralOrders, NotToJudge, JudgedOtherwise, NotArchived: it does not enter.
    """
    order = _order_to_judge(reference)
    source_key, received_on = order_queries.archived_as([order])[order]
    message = again.order(order, source_key=source_key, received_on=received_on)
    [outcome] = orders.accept(messages={order: message}, at=at, by=by)
    return outcome


def refuse_order(reference: str, *, reason: str, at: datetime, by: Actor) -> bool:
    """Refuse an order that a person had to see; False when it was refused before.

    :raises NoSuchDocument, SeveralOrders, NotToJudge, JudgedOtherwise: it is not refused.
    """
    return bool(orders.refuse(orders=[_order_to_judge(reference)], reason=reason, at=at, by=by))


def hold(customer: int, *, reason: str, at: datetime, by: Actor) -> Held:
    """Block an account: what may still be stopped is, with its copies; the rest is listed."""
    done = warehouse.hold(customers=[customer], reason=reason, at=at, by=by)
    rows = sql.rows("desk/sheet_lines.sql", {"orders": [], "lines": list(done.going)})
    going = [{"line": row.id, "order": row.order_id, "ean": row.gtin, "copies": row.reserved} for row in rows]
    copies = {fate.value: count for fate, count in done.decided.copies.items()}
    return Held(copies, going, [note.number for note in done.notes])


def credit(
    number: str, *, lines: Mapping[int, int | None], reason: str, key: str, at: datetime, by: Actor
) -> CreditReport:
    """Credit lines of an invoice by their position (None: all that was sold), or whatever is left of it.

    :param key: what makes it the same request; by default the invoice, the lines and the reason.
    :raises UnknownInvoice, NotAnInvoice, NotAnInvoicedLine: and what `billing.credit` refuses.
    """
    document = invoices.by_number(number).document
    if document.type_code != DocumentType.INVOICE:
        raise NotAnInvoice(number=number)
    asked = _corrections(document, lines)
    said = "\n".join([reason, *(f"{line} {quantity}" for line, quantity in asked)])
    source_key = key or f"{number}:{hashlib.sha256(said.encode()).hexdigest()[:32]}"
    if not asked:
        return billing.credit_rest(
            invoices=[document.invoice_id], reason=reason, source_key=source_key, at=at, by=by
        )
    return billing.credit(corrections=asked, reason=reason, source_key=source_key, at=at, by=by)


def _corrections(document: DocumentView, lines: Mapping[int, int | None]) -> list[Correction]:
    sold = {line.position: line for line in document.lines}
    for position in lines:
        if position not in sold:
            raise billing.NotAnInvoicedLine(line=f"{document.number}/{position}")
    return [
        Correction(sold[position].id, sold[position].quantity if quantity is None else quantity)
        for position, quantity in sorted(lines.items())
    ]


def _cancel(copies: dict[int, int | None], by_whom: str, *, at: datetime, by: Actor) -> list[LineCut]:
    done = warehouse.cancel(copies=copies, reason=CANCELLED_BY[by_whom], at=at, by=by)
    eans = _eans([one.line_id for one in done])
    return [LineCut(one.line_id, eans[one.line_id], one.cancelled, one.left, one.gone) for one in done]


def _known_line(line: int) -> None:
    if not order_queries.with_free_copies([line]):
        raise NoSuchDocument(kind="line", reference=line)


def _eans(lines: Sequence[int]) -> dict[int, str]:
    return {
        row.id: row.gtin for row in sql.rows("desk/sheet_lines.sql", {"orders": [], "lines": list(lines)})
    }


def _order_to_cancel(reference: str) -> int:
    """The one order of this reference (or `#identifier`) that has lines."""
    found = _orders(reference)
    with_lines = {one.order_id for one in order_queries.fates(row.id for row in found)}
    return _only(reference, [row for row in found if row.id in with_lines])


def _order_to_judge(reference: str) -> int:
    """The one order of this reference (or `#identifier`) that needed a person; one that did not is refused later."""
    found = _orders(reference)
    return _only(reference, [row for row in found if row.standing == Standing.NEEDS_PERSON] or found)


def _orders(reference: str) -> list[sql.Row]:
    number = sheets.identifier(reference)
    ids = order_queries.by_reference(reference) if number is None else [number]
    return sql.rows("desk/orders_to_correct.sql", {"orders": ids})


def _only(reference: str, found: Sequence[sql.Row]) -> int:
    """Guessing which of several orders is meant, by its state or its age, would one day cancel another shop's."""
    if not found:
        raise NoSuchDocument(kind="order", reference=reference)
    if len(found) > 1:
        customers = {row.customer_id for row in found if row.customer_id}
        names = parties.names(customers, on=max(row.received_on for row in found))
        told = [f"'#{row.id}' {names.get(row.customer_id) or row.buyer_gln}" for row in found]
        raise SeveralOrders(reference=reference, orders=", ".join(told))
    return int(found[0].id)
