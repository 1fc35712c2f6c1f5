"""Receiving: orders from outside enter once, every line of them with a fate, whatever is wrong with them."""

from __future__ import annotations

import hashlib
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, field
from datetime import date, datetime
from typing import Any, NamedTuple

from quai.access.types import Actor
from quai.catalogue import queries as catalogue
from quai.core import house, journal, sql
from quai.core.atomic import atomic
from quai.core.refusals import invariant
from quai.orders import queries
from quai.orders.actions.deciding import OpenLine, decide_lines
from quai.orders.types import (
    UNSORTED_GLN,
    Fate,
    LineOutcome,
    LinePart,
    OrderedLine,
    OrderMessage,
    OrderOutcome,
    Reason,
    Standing,
)
from quai.parties import actions as parties_actions
from quai.parties import queries as parties
from quai.parties.types import Address, CustomerKind, NewParty, PartyProfile, PartyRole
from quai.terms import queries as terms
from quai.terms.types import DiscountQuestion

MAX_QUANTITY = 999_999  # the widest quantity field of the trade
MAX_TEXT = 35
_ORDER = (
    "id", "act_id", "channel", "standing", "repeats_id", "supplier_gln", "buyer_gln", "deliver_to_gln", "relay_gln",
    "customer_id", "outlet_id", "reference", "ordered_on", "received_on", "operation_code", "kind", "shipping_mode",
    "backorder_policy", "discount_term", "earliest_on", "latest_on", "content_digest", "source_key",
)  # fmt: skip
_LINE = (
    "id", "act_id", "order_id", "position", "gtin", "product_id", "quantity", "line_reference", "free_with_id",
)  # fmt: skip


class _Line(NamedTuple):
    """A line about to be written."""

    id: int
    ordered: OrderedLine
    product_id: int | None
    quantity: int
    free_with: int | None = None


@dataclass(slots=True)
class _Entry:
    """One message on its way in."""

    message: OrderMessage
    key: str
    digest: bytes = b""
    order_id: int = 0
    standing: Standing = Standing.ACCEPTED
    repeats: int | None = None
    repeats_on: date | None = None
    customer_id: int = 0
    outlet_id: int | None = None
    lines: list[_Line] = field(default_factory=list)

    @property
    def reference_key(self) -> tuple[str, str, str]:
        """What makes two orders the same one."""
        return self.message.buyer, self.message.supplier, self.message.reference

    @property
    def has_lines(self) -> bool:
        """A duplicate, or an order that a person must look at, has none."""
        return self.standing in (Standing.ACCEPTED, Standing.REFUSED)


@atomic
def receive(
    *, messages: Sequence[OrderMessage], channel: str, source_key: str, at: datetime, by: Actor
) -> list[OrderOutcome]:
    """Take in orders and give every line its fate, in one transaction; one outcome per message, in their order.

    Each order is known by `source_key` and its position: received again, it is told as it stands now. A bad order or
    line is an outcome and stops no other.

    :param source_key: names the file or message; with `:position` at most 80 characters.
    """
    told: dict[int, OrderOutcome] = {}
    entries: list[_Entry] = []
    for message in messages:
        problem = unrecordable(message)
        if problem:
            told[id(message)] = OrderOutcome(
                message.position, message.reference, Standing.REFUSED, None, problem=problem
            )
        else:
            entries.append(_Entry(message, f"{source_key}:{message.position}"))
    invariant(
        len({entry.key for entry in entries}) == len(entries), "each order of a message has its own position"
    )
    entries = _leave_known(entries, told)
    if entries:
        act = journal.record("orders.receive", at=at, by=by)
        entries = _settle_standing(entries, told, on=house.day(at))
        for outcome, entry in _enter(entries, channel=channel, act=act, at=at, by=by):
            told[id(entry.message)] = outcome
    return [told[id(message)] for message in messages]


def unrecordable(message: OrderMessage) -> str:
    """Say, in French, why nothing of this order can be recorded; empty when it can."""
    glns = (message.supplier, message.buyer, *(g for g in (message.deliver_to, message.relay) if g))
    for gln in glns:
        if len(gln) != 13 or not (gln.isascii() and gln.isdigit()):
            return f"Le GLN « {gln[:20]} » n’a pas 13 chiffres : la commande n’entre pas."
    if not message.reference.strip() or len(message.reference) > MAX_TEXT:
        return "La référence de la commande manque ou dépasse 35 caractères : la commande n’entre pas."
    texts = (message.reference, message.operation_code, message.shipping_mode, message.discount_term)
    if any("\x00" in text for text in texts):
        return "La commande contient des caractères illisibles : elle n’entre pas."
    if len(message.operation_code) > 8 or len(message.shipping_mode) > 2 or len(message.discount_term) > 4:
        return "Le code d’opération, d’expédition ou de remise est trop long : la commande n’entre pas."
    return ""


def content_digest(message: OrderMessage) -> bytes:
    """Digest what is ordered, for when and where. What a format may leave unsaid (policy, mode) is not part of it."""
    deliver_to = "" if message.deliver_to == message.buyer else message.deliver_to
    head = (deliver_to, message.operation_code, str(message.earliest_on), str(message.latest_on))
    lines = [f"{line.gtin} {line.quantity} {line.line_reference}" for line in message.lines]
    return hashlib.sha256("\n".join((*head, *lines)).encode("utf-8", "surrogatepass")).digest()


def _leave_known(entries: Sequence[_Entry], told: dict[int, OrderOutcome]) -> list[_Entry]:
    """Set aside messages whose order is already recorded, told as it stands."""
    if not entries:
        return []
    known = queries.by_source_key([entry.key for entry in entries])
    for entry in entries:
        if entry.key in known:
            told[id(entry.message)] = known[entry.key]._replace(position=entry.message.position)
    return [entry for entry in entries if entry.key not in known]


def _settle_standing(entries: Sequence[_Entry], told: dict[int, OrderOutcome], *, on: date) -> list[_Entry]:
    """Claim each reference; whoever comes second is a duplicate, or a person's business when its content differs."""
    ids = sql.new_ids("orders_order", len(entries))
    firsts: dict[tuple[str, str, str], _Entry] = {}
    for entry, order_id in zip(entries, ids, strict=True):
        entry.order_id, entry.digest = order_id, content_digest(entry.message)
        firsts.setdefault(entry.reference_key, entry)
    buyers, suppliers, references = (list(column) for column in zip(*firsts, strict=True))
    claim = {"buyers": buyers, "suppliers": suppliers, "references": references}
    orders = [entry.order_id for entry in firsts.values()]
    won = {
        row.order_id
        for row in sql.rows("orders/claim_references.sql", {**claim, "orders": orders, "day": on})
    }
    if len(won) < len(firsts):
        entries = _leave_known(entries, told)  # a concurrent receipt of this very message may have won
        _mark_known(entries, claim, won)
    for entry in entries:
        first = firsts[entry.reference_key]
        if first.order_id in won and first is not entry:
            _repeat(entry, first.order_id, first.digest, on)
    return list(entries)


def _mark_known(entries: Sequence[_Entry], claim: dict[str, list[str]], won: set[int]) -> None:
    """Say of each order whose reference somebody else holds which order it repeats."""
    holders = {
        (row.buyer_gln, row.supplier_gln, row.reference): row
        for row in sql.rows("orders/known_references.sql", claim)
    }
    for entry in entries:
        holder = holders.get(entry.reference_key)
        if holder and entry.order_id not in won:
            _repeat(entry, holder.order_id, bytes(holder.content_digest), holder.received_on)


def _repeat(entry: _Entry, order_id: int, digest: bytes, received_on: date) -> None:
    entry.repeats, entry.repeats_on = order_id, received_on
    entry.standing = Standing.DUPLICATE if entry.digest == digest else Standing.NEEDS_PERSON


def _enter(
    entries: Sequence[_Entry], *, channel: str, act: int, at: datetime, by: Actor
) -> Iterator[tuple[OrderOutcome, _Entry]]:
    """Write the orders and their lines, decide the lines, and tell."""
    our_glns = parties.house().glns
    _refuse_strangers(entries, our_glns)
    _name_parties(entries, at=at, by=by)
    _make_lines([entry for entry in entries if entry.has_lines], our_glns, on=house.day(at))
    sql.copy_in("orders_order", _ORDER, (_order_row(entry, channel, act, house.day(at)) for entry in entries))
    parts = _write_and_decide(entries, act=act, at=at, by=by)
    gone = [
        line
        for line, split in parts.items()
        if split[0].reason is Reason.NO_LONGER_OURS  # such a line does not split
    ]
    successors = queries.successors(gone)
    for entry in entries:
        yield _outcome(entry, parts, successors), entry


def _refuse_strangers(entries: Sequence[_Entry], our_glns: tuple[str, ...]) -> None:
    """Refuse the orders that are for another house."""
    for entry in entries:
        if entry.has_lines and entry.message.supplier not in (*our_glns, UNSORTED_GLN):
            entry.standing = Standing.REFUSED


Taken = tuple[str, OrderMessage, str, date]  # source key, message, channel, the day it came


def enter_accepted(taken: Sequence[Taken], *, act: int, at: datetime, by: Actor) -> list[int]:
    """Enter orders that a person accepted as orders of their own, whatever holds their reference; their ids."""
    ids = sql.new_ids("orders_order", len(taken))
    entries = [
        _Entry(message, key, content_digest(message), order_id)
        for (key, message, _, _), order_id in zip(taken, ids, strict=True)
    ]
    came = list(zip(entries, taken, strict=True))
    _name_parties(entries, at=at, by=by)
    our_glns = parties.house().glns
    _refuse_strangers(entries, our_glns)
    for day in sorted({on for *_, on in taken}):
        _make_lines([entry for entry, (*_, on) in came if on == day], our_glns, on=day)
    sql.copy_in(
        "orders_order", _ORDER, (_order_row(entry, channel, act, on) for entry, (_, _, channel, on) in came)
    )
    _write_and_decide(entries, act=act, at=at, by=by)
    return ids


def _write_and_decide(
    entries: Sequence[_Entry], *, act: int, at: datetime, by: Actor
) -> dict[int, tuple[LinePart, ...]]:
    """Write the lines of these orders and give every copy its fate; the parts of each line."""
    sql.copy_in(
        "orders_line", _LINE, (_line_row(entry, line, act) for entry in entries for line in entry.lines)
    )
    lines = [
        OpenLine(line.id, entry.order_id, line.product_id, line.quantity)
        for entry in entries
        for line in entry.lines
    ]
    return decide_lines(lines, at=at, by=by, act=act).parts if lines else {}


def _name_parties(entries: Sequence[_Entry], *, at: datetime, by: Actor) -> None:
    """Find who buys and where it goes. A buyer nobody knows becomes a party of unknown kind: its lines are held."""
    glns = {gln for entry in entries for gln in (entry.message.buyer, entry.message.deliver_to) if gln}
    owners = parties.by_gln(glns)
    strangers = sorted({entry.message.buyer for entry in entries} - set(owners))
    if strangers:
        on = house.day(at)
        parties_actions.register(parties=[_stranger(gln) for gln in strangers], from_on=on, at=at, by=by)
        owners.update(parties.by_gln(strangers))
    for entry in entries:
        buyer = owners[entry.message.buyer]
        entry.customer_id, entry.outlet_id = buyer.party_id, buyer.outlet_id
        if entry.message.deliver_to and entry.message.deliver_to != entry.message.buyer:
            place = owners.get(entry.message.deliver_to)
            entry.outlet_id = place.outlet_id if place else None  # no outlet there: held, see judge.sql


def _stranger(gln: str) -> NewParty:
    profile = PartyProfile(address=Address(name=f"GLN {gln}"), customer_kind=CustomerKind.UNKNOWN)
    return NewParty((gln,), (PartyRole.CUSTOMER,), profile)


def _make_lines(entries: Sequence[_Entry], our_glns: tuple[str, ...], *, on: date) -> None:
    """Give each line that can be recorded its id and product, free copies right after the line that earns them."""
    gtins = {
        line.gtin for entry in entries if entry.standing is Standing.ACCEPTED for line in entry.message.lines
    }
    products = (
        catalogue.by_gtin((g for g in gtins if len(g) == 13), distributor_glns=our_glns) if gtins else {}
    )
    free = _free_copies(entries, products, on=on)
    sound = [[line for line in entry.message.lines if 0 < line.quantity <= MAX_QUANTITY] for entry in entries]
    ids = iter(sql.new_ids("orders_line", sum(map(len, sound)) + len(free)) if entries else ())
    for entry, ordered in zip(entries, sound, strict=True):
        for number, line in enumerate(ordered):
            product = products.get(line.gtin)
            made = _Line(next(ids), line, product, line.quantity)
            entry.lines.append(made)
            if (earned := free.get((entry.order_id, number))) and product is not None:
                entry.lines.append(_Line(next(ids), line, product, earned, made.id))


def _free_copies(
    entries: Sequence[_Entry], products: dict[str, int], *, on: date
) -> dict[tuple[int, int], int]:
    """The free copies that each line earns (13/12), by order and number of the line among those recorded.

    Terms are asked only about lines large enough for the smallest quantity that any of them rewards.
    """
    [smallest] = sql.rows("orders/free_from.sql")
    if smallest.quantity is None:
        return {}
    large = [
        (entry, number, line)
        for entry in entries
        if entry.standing is Standing.ACCEPTED
        for number, line in enumerate(one for one in entry.message.lines if 0 < one.quantity <= MAX_QUANTITY)
        if line.quantity >= smallest.quantity and line.gtin in products
    ]
    if not large:
        return {}
    accounts = terms.accounts({entry.customer_id for entry, _, _ in large}, on=on)
    questions = [
        DiscountQuestion(
            key, entry.customer_id, products[line.gtin], str(entry.message.kind),
            str(accounts[entry.customer_id].sale_mode), entry.message.operation_code, on, on,
        )
        for key, (entry, _, line) in enumerate(large)
    ]  # fmt: skip
    answers = zip(large, terms.discounts(questions), strict=True)
    return {
        (entry.order_id, number): line.quantity // answer.free_per
        for (entry, number, line), answer in answers
        if answer.free_per and line.quantity >= answer.free_per
    }


def _order_row(entry: _Entry, channel: str, act: int, on: date) -> Sequence[Any]:
    order = entry.message
    return (
        entry.order_id, act, channel, str(entry.standing), entry.repeats, order.supplier, order.buyer, order.deliver_to,
        order.relay, entry.customer_id, entry.outlet_id, order.reference, order.ordered_on, on, order.operation_code,
        str(order.kind), order.shipping_mode, str(order.backorder_policy), order.discount_term, order.earliest_on,
        order.latest_on, entry.digest, entry.key,
    )  # fmt: skip


def _line_row(entry: _Entry, line: _Line, act: int) -> Sequence[Any]:
    ordered = line.ordered
    return (
        line.id, act, entry.order_id, ordered.position, _text(ordered.gtin), line.product_id, line.quantity,
        _text(ordered.line_reference), line.free_with,
    )  # fmt: skip


def _text(written: str) -> str:
    """What a column can hold of what a shop wrote; the raw message keeps the rest."""
    return written if len(written) <= 20 and "\x00" not in written else written.replace("\x00", "")[:MAX_TEXT]


def _outcome(
    entry: _Entry, parts: dict[int, tuple[LinePart, ...]], successors: dict[int, str]
) -> OrderOutcome:
    message = entry.message
    lines: Iterable[LineOutcome] = ()
    if entry.has_lines:
        lines = [
            LineOutcome(
                line.id, line.ordered.position, line.ordered.gtin, line.ordered.line_reference, line.quantity,
                parts[line.id], line.free_with, successors.get(line.id, ""),
            )
            for line in entry.lines
        ]  # fmt: skip
        bad = [line for line in message.lines if not 0 < line.quantity <= MAX_QUANTITY]
        lines += [
            LineOutcome(
                None, line.position, line.gtin, line.line_reference, line.quantity,
                (LinePart(Fate.REFUSED, line.quantity, Reason.BAD_QUANTITY, None),),
            )
            for line in bad
        ]  # fmt: skip
    problem = queries.standing_sentence(entry.standing, entry.repeats_on)
    return OrderOutcome(
        message.position,
        message.reference,
        entry.standing,
        entry.order_id,
        tuple(lines),
        entry.repeats,
        problem,
    )
