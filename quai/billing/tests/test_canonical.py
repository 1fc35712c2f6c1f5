"""Anybody can recompute what a number froze; and the line rule, beside its naive twin."""

from __future__ import annotations

from decimal import ROUND_HALF_UP, Decimal

from django.db import transaction
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from quai.access.types import Actor
from quai.billing import actions, queries
from quai.billing.canonical import canonical_bytes, digest
from quai.billing.models import Invoice, InvoiceLine, InvoiceVat
from quai.billing.tests.deliveries import CLOSED, NOON, Copies, Delivery, deliver
from quai.billing.types import Correction
from quai.catalogue.models import Description
from quai.core.models import Numbered
from tests import cast as stage
from tests.cast import Cast

ODD_TITLE = 'Le "Phare" \\ \u2028 l’été\n日本 \t\x07 | fin'


def recomputed(invoice_id: int) -> bytes:
    """The digest of a document, read column by column as `canonical.py` says."""
    one = Invoice.objects.get(id=invoice_id)
    header = [one.type_code, one.customer_id, one.issuer_id, one.issued_on, one.due_on, one.currency]
    lines = InvoiceLine.objects.filter(invoice_id=invoice_id).order_by("position")
    vats = InvoiceVat.objects.filter(invoice_id=invoice_id).order_by("category", "rate")
    return digest(
        canonical_bytes(
            header=[*header, one.net, one.vat, one.gross],
            frozen=one.frozen,
            lines=lines.values_list(
                "position", "note_line_id", "credits_id", "product_id", "title", "quantity", "retail_price",
                "unit_price", "discount", "base", "allowance", "net", "vat_rate", "vat_category", "order_reference",
                "line_reference",
            ),
            vats=vats.values_list("category", "rate", "base", "vat", "exemption"),
        )
    )  # fmt: skip


def test_the_digest_can_be_recomputed_by_anybody(cast: Cast, act: int, actor: Actor) -> None:
    title = cast.titles["Le Phare"]
    Description.objects.create(
        product_id=title, from_on=CLOSED, publisher_id=cast.publisher, title=ODD_TITLE, act_id=act
    )
    deliver(cast, act, Delivery(cast.shop, [Copies(title, 3), Copies(title, 1, "0.00")], carriage="7.50"))
    [issued] = actions.invoice_delivered(until=CLOSED, at=NOON, by=actor).issued
    line = queries.by_number(issued.number).document.lines[0]
    assert line.title == ODD_TITLE.replace("\x07", "")  # XML could not hold it
    actions.credit(
        corrections=[Correction(line.id, 1)], reason="« Erreur »", source_key="erreur", at=NOON, by=actor
    )
    numbers = Numbered.objects.filter(source_key__startswith="invoice:")
    assert {bytes(one.digest) for one in numbers} == {recomputed(int(one.source_key[8:])) for one in numbers}
    assert len(numbers) == 2


copies = st.tuples(
    st.integers(1, 500),
    st.decimals("0.10", "90", places=2),
    st.decimals("0", "100", places=2),
)


@given(lines=st.lists(copies, min_size=1, max_size=12))
@settings(max_examples=25, deadline=None, suppress_health_check=list(HealthCheck))
def test_amounts_are_those_of_the_naive_rule(
    cast: Cast, act: int, actor: Actor, lines: list[tuple[int, Decimal, Decimal]]
) -> None:
    with transaction.atomic():
        made = [
            Copies(
                stage.title(cast, act, "Au hasard", f"979{act:05}{n:05}", price=str(price)),
                quantity,
                str(discount),
            )
            for n, (quantity, price, discount) in enumerate(lines)
        ]
        deliver(cast, act, Delivery(cast.shop, made))
        report = actions.invoice_delivered(until=CLOSED, at=NOON, by=actor)
        expected = [line_naively(*line) for line in lines]
        net = sum((base - allowance for base, allowance in expected), Decimal(0))
        if net == 0:
            assert report.issued == ()
        else:
            document = queries.by_number(report.issued[0].number).document
            assert [(line.base, line.allowance) for line in document.lines] == expected
            assert (document.net, document.vat) == (net, half_up(net * Decimal("5.5") / 100, "0.01"))
        transaction.set_rollback(True)


def line_naively(quantity: int, price: Decimal, discount: Decimal) -> tuple[Decimal, Decimal]:
    """Base and allowance as a clerk would work them out."""
    net_price = half_up(price / Decimal("1.055"), "0.0001")
    base = half_up(quantity * net_price, "0.01")
    return base, half_up(base * discount / 100, "0.01")


def half_up(amount: Decimal, step: str) -> Decimal:
    return amount.quantize(Decimal(step), rounding=ROUND_HALF_UP)
