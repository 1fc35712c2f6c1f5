"""Write neutral orders in the four formats of Dilicom, as a shop's software would.

What a format has no place for is left out: see each writer. What does not fit its place is a ValueError, for
a code cut short is another code.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from datetime import date, datetime

from quai.exchange.dilicom.detect import Format
from quai.exchange.dilicom.draft import BACKORDER_CODES, ORDER_TYPES
from quai.exchange.dilicom.read_csv import LAST_ROW
from quai.exchange.dilicom.text import Separators
from quai.orders.types import URGENT_OPERATION, BackorderPolicy, Kind, OrderMessage

DILICOM = "3035593037000"
MAX_FLAT_RECORDS = 9_999  # a running number has four digits

_BACKORDERS = {policy: code for code, policy in BACKORDER_CODES.items()}
_TYPES = {kind: code for code, kind in ORDER_TYPES.items()}
_UNA = Separators()


def write(orders: Iterable[OrderMessage], form: Format) -> bytes:
    """Write a file of orders in a format, with the defaults of its writer."""
    match form:
        case Format.FLAT:
            return write_flat(orders)
        case Format.GENCOD:
            return write_gencod(orders)
        case Format.EANCOM:
            return write_eancom(orders)
        case Format.CSV:
            return write_csv(orders)
        case Format.SERVICE_GENCOD | Format.SERVICE_EANCOM:
            raise ValueError("service messages come from the network, nobody else writes them")


def write_flat(orders: Iterable[OrderMessage]) -> bytes:
    """Write a flat order file; it has no place for the relay."""
    rows: list[str] = []
    for order in orders:
        records = list(_flat_records(order))
        if len(records) > MAX_FLAT_RECORDS - 1:
            raise ValueError(f"order {order.reference} has too many lines for a flat file")
        rows += (f"{record[0]}{number:04}{record[1:]}".rstrip() for number, record in enumerate(records, 1))
        rows.append(f"Q{len(records) + 1:04}")
    return _file(rows)


def _flat_records(order: OrderMessage) -> Iterator[str]:
    yield "A" + _code(order.supplier) + _text(_operation_code(order), 8)
    yield "B" + _code(order.buyer) + (_code(order.deliver_to) if order.deliver_to else "")
    yield "C" + _text(order.reference, 8)
    yield "D" + _day(order.ordered_on)
    wishes = (
        _text(order.shipping_mode, 2)
        + _BACKORDERS[order.backorder_policy]
        + _text(order.discount_term, 4)
        + (_day(order.earliest_on) or " " * 8)
        + _day(order.latest_on)
    )
    if wishes.strip() != _BACKORDERS[BackorderPolicy.USUAL]:
        yield "E" + wishes
    if order.kind in (Kind.ADVANCE, Kind.OPERATION):
        yield "G" + _TYPES[order.kind]
    for line in order.lines:
        yield f"L{_code(line.gtin)}{_quantity(line.quantity)}{_text(line.line_reference, 8)}"


def write_gencod(orders: Iterable[OrderMessage], *, batch: int = 1) -> bytes:
    """Write a GENCOD V4 order file.

    It has no place for the discount term, nor for one delivery limit without the other.
    """
    rows = ["03503", f"190{batch:06}", "199000002"]
    acts = 2
    for order in orders:
        records = list(_gencod_records(order))
        rows.append("02303")
        rows += (record.rstrip() for record in records)
        rows.append(f"199{len(records) + 1:06}")
        acts += 1
    rows += ["03503", f"191{acts:06}", "199000002"]
    return _file(rows)


def _gencod_records(order: OrderMessage) -> Iterator[str]:
    yield "100" + _code(order.supplier)
    yield "221" + _code(order.buyer) + _text(order.reference, 8)
    yield "223" + _code(order.deliver_to or order.buyer)
    if order.relay:
        yield "140" + _code(order.relay)
    yield f"176{order.ordered_on:%d%m%y}"
    backorder = _BACKORDERS[order.backorder_policy]
    kind = _TYPES.get(order.kind, "0")
    operation_code = _operation_code(order)
    if order.shipping_mode or operation_code or backorder != "0" or kind != "0":
        mode = order.shipping_mode[-1:] or " "
        yield f"202{backorder}{mode}{'':8}{kind}{'':12}{_text(operation_code, 8)}"
    for line in order.lines:
        quantity = _quantity(line.quantity)
        yield f"290   0001{_code(line.gtin)}0000{quantity}000{'':9}{_text(line.line_reference, 8)}"
    if order.earliest_on and order.latest_on:
        for day in dict.fromkeys((order.earliest_on, order.latest_on)):
            yield f"192{day:%d%m%y}"


def write_eancom(
    orders: Iterable[OrderMessage],
    *,
    sender: str = DILICOM,
    prepared_at: datetime | None = None,
    control: int = 1,
) -> bytes:
    """Write an EANCOM D.96A order file addressed to the supplier of its first order.

    It has no place for shipping mode, backorder policy, discount term, nor for an operation code or an order
    type other than urgent.

    :param prepared_at: local time of preparation; midnight of the first order's day by default.
    """
    batch = list(orders)
    receiver = batch[0].supplier if batch else DILICOM
    first_day = batch[0].ordered_on if batch else date(2000, 1, 1)
    prepared = f"{prepared_at:%y%m%d:%H%M}" if prepared_at else f"{first_day:%y%m%d}:0000"
    found = [f"UNB+UNOC:3+{_code(sender)}:14+{_code(receiver)}:14+{prepared}+{control:06}"]
    for number, order in enumerate(batch, 1):
        body = list(_eancom_segments(order))
        found += (f"UNH+{number}+ORDERS:D:96A:UN:EAN008", *body, f"UNT+{len(body) + 2}+{number}")
    found.append(f"UNZ+{len(batch)}+{control:06}")
    return _file(["UNA:+.? '", *(f"{segment}'" for segment in found)])


def _eancom_segments(order: OrderMessage) -> Iterator[str]:
    rush = "224" if order.kind is Kind.URGENT else "220"  # UN/EDIFACT 1001
    yield f"BGM+{rush}+{_escaped(order.reference, 35)}+9"
    yield f"DTM+137:{_day(order.ordered_on)}:102"
    if order.earliest_on:
        yield f"DTM+64:{_day(order.earliest_on)}:102"
    if order.latest_on:
        yield f"DTM+63:{_day(order.latest_on)}:102"
    for role, gln in (
        ("SU", order.supplier),
        ("BY", order.buyer),
        ("DP", order.deliver_to),
        ("ST", order.relay),
    ):
        if gln:
            yield f"NAD+{role}+{_code(gln)}::9"
    for number, line in enumerate(order.lines, 1):
        yield f"LIN+{number}++{_escaped(line.gtin, 35)}:EN"
        yield f"QTY+21:{int(_quantity(line.quantity))}"
        if line.line_reference:
            yield f"RFF+CR:{_escaped(line.line_reference, 8)}"
    yield "UNS+S"
    yield f"CNT+2:{len(order.lines)}"


def write_csv(orders: Iterable[OrderMessage]) -> bytes:
    """Write a CSV order file; it carries parties, operation code, reference and lines up to 999 copies."""
    rows: list[str] = []
    for order in orders:
        rows.append(f"{_code(order.supplier)};{_cell(_operation_code(order))}")
        rows.append(f"{_code(order.buyer)};{_cell(order.reference)}")
        for line in order.lines:
            if line.quantity > 999:
                raise ValueError(f"{line.quantity} copies do not fit a CSV order")
            rows.append(f"{_cell(line.gtin)};{int(_quantity(line.quantity))}")
        rows.append(f"{LAST_ROW};")
    return _file(rows)


def _file(rows: list[str]) -> bytes:
    return "".join(f"{row}\r\n" for row in rows).encode("latin-1")


def _operation_code(order: OrderMessage) -> str:
    return order.operation_code or (URGENT_OPERATION if order.kind is Kind.URGENT else "")


def _text(text: str, width: int) -> str:
    if len(text) > width or not (text.isprintable() or text == ""):
        raise ValueError(f"{text!r} does not fit {width} columns")
    return text.ljust(width)


def _code(code: str) -> str:
    """A code of 13 columns; a wrong one is written as it is, if it fits."""
    return _text(code, 13)


def _cell(text: str) -> str:
    if ";" in text:
        raise ValueError(f"{text!r} would be two cells")
    return _text(text, 35).rstrip()


def _escaped(text: str, width: int) -> str:
    plain = _text(text, width).rstrip()
    return "".join(_UNA.release + c if c in "".join(_UNA) and c != _UNA.decimal else c for c in plain)


def _quantity(quantity: int) -> str:
    if not 0 < quantity <= 999_999:
        raise ValueError(f"{quantity} copies cannot be ordered")
    return f"{quantity:06}"


def _day(day: date | None) -> str:
    return f"{day:%Y%m%d}" if day else ""
