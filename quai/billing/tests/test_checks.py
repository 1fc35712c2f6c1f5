"""What is not as it should be is found. Facts cannot be changed here, so what is wrong is added."""

from __future__ import annotations

import pytest
from django.db import connection

from quai.access.types import Actor
from quai.billing import actions, queries
from quai.billing.models import Credited, Invoice, InvoiceLine, InvoiceNote, InvoiceVat, Rendition
from quai.billing.tests.deliveries import CLOSED, NOON, Copies, Delivery, deliver, nothing_wrong
from quai.billing.types import Correction
from tests.cast import Cast


@pytest.fixture
def invoice(cast: Cast, act: int, actor: Actor) -> Invoice:
    """One invoice of two copies, one of them credited."""
    deliver(cast, act, Delivery(cast.shop, [Copies(cast.titles["Le Phare"], 2)]))
    [issued] = actions.invoice_delivered(until=CLOSED, at=NOON, by=actor).issued
    line = queries.by_number(issued.number).document.lines[0]
    actions.credit(
        corrections=[Correction(line.id, 1)], reason="Abîmé", source_key="abîmé", at=NOON, by=actor
    )
    assert nothing_wrong() == []
    return Invoice.objects.get(id=issued.invoice_id)


def codes() -> set[str]:
    return {finding.code for finding in nothing_wrong()}


def test_a_line_added_later(invoice: Invoice, act: int) -> None:
    line = InvoiceLine.objects.get(invoice=invoice)
    line.pk, line.position, line.net, line.base = None, 2, line.net + 1, line.base + 1
    line.save(force_insert=True)
    assert codes() == {"billing.line", "billing.total", "billing.digest"}


def test_vat_added_later(invoice: Invoice, act: int) -> None:
    InvoiceVat.objects.create(invoice=invoice, category="S", rate=20, base=10, vat=2, act_id=act)
    assert codes() == {"billing.total", "billing.digest"}


def test_a_document_without_a_number(invoice: Invoice, act: int) -> None:
    invoice.pk = None
    invoice.save(force_insert=True)
    assert codes() == {"billing.number", "billing.total"}


def test_a_note_of_another_nature(cast: Cast, invoice: Invoice, act: int) -> None:
    [note] = deliver(
        cast, act, Delivery(cast.shop, [Copies(cast.titles["Le Phare"])], nature="complimentary")
    )
    InvoiceNote.objects.create(invoice=invoice, note_id=note, act_id=act)
    assert codes() == {"billing.note"}


def test_an_interval_of_another_line(invoice: Invoice, act: int) -> None:
    line = InvoiceLine.objects.get(invoice=invoice)
    Credited.objects.create(
        line=line, credit_line=line, before_quantity=1, after_quantity=2, sold_quantity=2, act_id=act
    )
    assert "billing.credited" in codes()


def test_a_rendition_whose_bytes_are_nowhere(invoice: Invoice, act: int) -> None:
    nowhere = {"xml_sha256": b"x" * 32, "pdf_sha256": b"y" * 32, "hash": b"z" * 32}
    Rendition.objects.create(invoice=invoice, profile="EN 16931", act_id=act, **nowhere)
    assert {"billing.rendition"} < codes()


def test_a_worklist_that_forgot(invoice: Invoice) -> None:
    with connection.cursor() as cursor:
        cursor.execute("DELETE FROM billing_todo_release")
    assert codes() == {"billing_todo_release.drift"}
