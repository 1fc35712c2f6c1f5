"""What the tests of this channel share: samples, made-up orders, short ways to read bytes."""

from __future__ import annotations

import io
from collections.abc import Iterable
from datetime import date
from pathlib import Path

from hypothesis import settings
from hypothesis import strategies as st
from stdnum import ean

from quai.exchange.dilicom.detect import Format
from quai.exchange.dilicom.read import read
from quai.orders.types import BackorderPolicy, Kind, OrderedLine, OrderMessage, Problem

patient = settings(deadline=None)  # the machine may be busy elsewhere

SAMPLES = Path(__file__).parent / "samples"
SAMPLE = {
    Format.FLAT: (SAMPLES / "orders_flat.txt").read_bytes(),
    Format.GENCOD: (SAMPLES / "orders_gencod.txt").read_bytes(),
    Format.EANCOM: (SAMPLES / "orders_eancom.edi").read_bytes(),
    Format.CSV: (SAMPLES / "orders.csv").read_bytes(),
}
ORDER_FORMATS = tuple(SAMPLE)
RECEIVED = date(2026, 11, 23)

HOUSE = "3012999000012"
SHOP = "3025993020900"
OUTLET = "3025993020917"
RELAY = "3025993020924"
BOOK = "9782070360024"
OTHER_BOOK = "9782842604363"


def read_bytes(data: bytes) -> tuple[list[OrderMessage], list[Problem]]:
    """The orders and the problems of a file."""
    items = list(read(io.BytesIO(data), received_on=RECEIVED))
    orders = [item for item in items if isinstance(item, OrderMessage)]
    return orders, [item for item in items if isinstance(item, Problem)]


def rows(*texts: str) -> bytes:
    """A file of these lines, ended as the trade ends them."""
    return "".join(f"{text}\r\n" for text in texts).encode("latin-1")


def contents(order: OrderMessage) -> tuple[object, ...]:
    """What an order asks for, whatever its place in a file and the remarks made on it."""
    lines = tuple(line[:3] for line in order.lines)
    return (
        *(order.supplier, order.buyer, order.deliver_to, order.relay, order.reference, order.ordered_on),
        *(order.operation_code, order.kind, order.shipping_mode, order.backorder_policy),
        *(order.discount_term, order.earliest_on, order.latest_on, lines),
    )


def messages(problems: Iterable[Problem]) -> str:
    return " | ".join(problem.message for problem in problems)


def _with_check_digit(body: str) -> str:
    return body + ean.calc_check_digit(body)


houses = st.integers(0, 10**8 - 1).map(lambda n: _with_check_digit(f"3012{n:08}"))
glns = st.integers(0, 10**8 - 1).map(lambda n: _with_check_digit(f"3025{n:08}"))
gtins = st.integers(0, 10**8 - 1).map(lambda n: _with_check_digit(f"9782{n:08}"))
references = st.text("ABCZ0129*/+'?:é-", min_size=1, max_size=8)
operation_codes = st.sampled_from(("", "RENTREE", "NOEL26", "**2424"))
days = st.dates(date(2000, 1, 1), date(2079, 12, 31))


@st.composite
def orders(draw: st.DrawFn) -> OrderMessage:
    """An order that says all a shop may say."""
    ordered_lines = draw(
        st.lists(
            st.builds(OrderedLine, gtins, st.integers(1, 999), st.just("") | references, st.just(0)),
            min_size=1,
            max_size=4,
        )
    )
    buyer, outlet = draw(glns), draw(st.just("") | glns)
    operation_code = draw(operation_codes)
    urgent = operation_code == "**2424"
    earliest_on, latest_on = sorted((draw(days), draw(days))) if draw(st.booleans()) else (None, None)
    return OrderMessage(
        supplier=draw(houses),
        buyer=buyer,
        reference=draw(references),
        ordered_on=draw(days),
        lines=tuple(ordered_lines),
        deliver_to="" if outlet == buyer else outlet,
        relay=draw(st.just("") | glns),
        operation_code=operation_code,
        kind=Kind.URGENT if urgent else draw(st.sampled_from((Kind.RESTOCK, Kind.ADVANCE, Kind.OPERATION))),
        shipping_mode=draw(st.sampled_from(("", "01", "04", "09"))),
        backorder_policy=draw(st.sampled_from(BackorderPolicy)),
        discount_term=draw(st.sampled_from(("", "0120", "R35"))),
        earliest_on=earliest_on,
        latest_on=latest_on,
    )
