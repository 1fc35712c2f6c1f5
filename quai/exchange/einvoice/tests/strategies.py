"""Invoices that Hypothesis invents: the shapes of the trade, in any combination."""

from __future__ import annotations

from dataclasses import replace
from datetime import date, timedelta
from decimal import Decimal

from hypothesis import strategies as st

from quai.exchange.einvoice.tests import cast
from quai.exchange.einvoice.types import (
    DeliveryNote,
    Invoice,
    Line,
    Note,
    Party,
    Period,
    PrecedingInvoice,
    Subject,
    VatCategory,
)

MAINLAND = ("5.5", "20", "2.1", "10")
TERRITORIES: dict[str, tuple[Party, VatCategory, tuple[str, ...]]] = {
    "mainland": (cast.EMBELLIE, VatCategory.STANDARD, MAINLAND),
    "Corsica": (cast.AJACCIO, VatCategory.STANDARD, ("2.1", "20")),
    "overseas": (cast.SAINT_DENIS, VatCategory.EXPORT, ("0",)),
    "union": (cast.LIEGE, VatCategory.INTRA_COMMUNITY, ("0",)),
}
text = (
    st.text(
        st.characters(codec="cp1252", categories=("L", "N", "P", "Zs"), include_characters="œŒ’–&<>\"'"),
        min_size=1,
        max_size=60,
    )
    .map(str.strip)
    .filter(bool)
)
references = st.text("ABCDEFGHJK0123456789", min_size=1, max_size=8)


@st.composite
def lines(draw: st.DrawFn, category: VatCategory, rates: tuple[str, ...]) -> Line:
    cents = draw(st.integers(50, 25_000))
    written = cast.line(
        draw(st.integers(0, len(cast.TITLES) - 1)),
        draw(st.integers(1, 2) | st.integers(1, 5_000)),
        discount=str(draw(st.sampled_from(["0", "36", "36.3", "37.25", "100"]))),
        rate=draw(st.sampled_from(rates)),
        category=category,
        price=f"{cents // 100}.{cents % 100:02}",
        order_line=draw(st.just("") | references),
        note=draw(st.just("") | text),
    )
    return replace(written, title=draw(text))


@st.composite
def invoices(draw: st.DrawFn) -> Invoice:
    buyer, category, rates = TERRITORIES[draw(st.sampled_from(sorted(TERRITORIES)))]
    drawn = draw(st.lists(lines(category, rates), min_size=1, max_size=40))
    orders = draw(st.lists(references, min_size=1, max_size=4))
    drawn = [replace(each, order_reference=orders[n % len(orders)]) for n, each in enumerate(drawn)]
    if draw(st.booleans()):
        return _credit(draw, drawn, buyer)
    count = draw(st.integers(1, min(3, len(drawn))))
    notes = tuple(
        DeliveryNote(f"BL2026-{n:06}", cast.ISSUED_ON - timedelta(days=count - n)) for n in range(count)
    )
    if count > 1:
        drawn = [replace(each, delivery_note=notes[n % count].number) for n, each in enumerate(drawn)]
    issued = cast.invoice(
        drawn,
        buyer=buyer,
        delivery_notes=notes,
        delivered_on=notes[-1].departed_on,
        deliver_to=draw(st.none() | st.just(cast.OUTLET)),
        period=draw(st.none() | st.just(Period(date(2026, 10, 1), date(2026, 10, 10)))),
        vat_on_debits=draw(st.booleans()),
        notes=(
            *cast.MENTIONS,
            *draw(st.just(()) | st.tuples(st.builds(Note, st.just(Subject.GENERAL), text))),
        ),
    )
    return _paid(issued) if draw(st.booleans()) else issued


def _credit(draw: st.DrawFn, drawn: list[Line], buyer: Party) -> Invoice:
    origins = [
        f"F2026-{n:06}" for n in draw(st.lists(st.integers(0, 999_999), min_size=1, max_size=4, unique=True))
    ]
    if not draw(st.booleans()):
        return cast.credit(drawn, *origins, buyer=buyer, delivered_on=date(2026, 3, 1))
    by_line = [
        replace(each, preceding=PrecedingInvoice(origins[n % len(origins)], date(2026, 3, 2)))
        for n, each in enumerate(drawn)
    ]
    return cast.credit(by_line, buyer=buyer, delivered_on=date(2026, 3, 1))


def _paid(issued: Invoice) -> Invoice:
    totals = replace(issued.totals, prepaid=issued.totals.gross, due=Decimal("0.00"))
    return replace(issued, process="B2", totals=totals)
