"""Tables of billing. A document is written first; its number comes last, as a fact of its own."""

from __future__ import annotations

from typing import ClassVar

from django.db import models
from django.db.models import F, Q

from quai.core.kinds import CheckedKey, Fact, NativeKey, State


class Invoice(Fact):
    """An invoice (380) or a credit note (381): all that the number will freeze."""

    type_code = models.CharField(max_length=3)
    customer = CheckedKey("parties.Party")
    issuer = CheckedKey("parties.Party")
    issued_on = models.DateField()
    due_on = models.DateField()
    currency = models.CharField(max_length=3, default="EUR")
    net = models.DecimalField(max_digits=13, decimal_places=2)
    vat = models.DecimalField(max_digits=13, decimal_places=2)
    gross = models.DecimalField(max_digits=13, decimal_places=2)
    frozen = models.TextField()  # parties, addresses, mentions: canonical JSON, as they were that day

    class Meta:
        db_table = "billing_invoice"
        constraints: ClassVar = [
            models.CheckConstraint(condition=Q(gross=F("net") + F("vat")), name="billing_invoice_adds_up"),
            models.CheckConstraint(condition=Q(due_on__gte=F("issued_on")), name="billing_invoice_due_after"),
        ]
        indexes: ClassVar = [models.Index(fields=["customer", "-id"], name="billing_invoice_of_customer")]


class InvoiceLine(Fact):
    """One title at one VAT rate, or carriage. Carries its customer: returns look for what he bought of a title."""

    invoice = CheckedKey(Invoice)
    position = models.PositiveIntegerField()
    note_line = CheckedKey("warehouse.NoteLine", null=True)
    credits = CheckedKey("self", null=True)  # the line that a credit note's line takes back
    customer = CheckedKey("parties.Party")
    product = CheckedKey("catalogue.Product", null=True)  # none: carriage
    title = models.CharField(max_length=300)
    quantity = models.IntegerField()
    retail_price = models.DecimalField(max_digits=9, decimal_places=2, null=True)
    unit_price = models.DecimalField(max_digits=11, decimal_places=4)  # PPHT
    discount = models.DecimalField(max_digits=5, decimal_places=2)
    base = models.DecimalField(max_digits=13, decimal_places=2)
    allowance = models.DecimalField(max_digits=13, decimal_places=2)
    net = models.DecimalField(max_digits=13, decimal_places=2)
    vat_rate = models.DecimalField(max_digits=5, decimal_places=2)
    vat_category = models.CharField(max_length=2)
    order_reference = models.CharField(max_length=35, blank=True, default="")
    line_reference = models.CharField(max_length=35, blank=True, default="")

    class Meta:
        db_table = "billing_invoice_line"
        constraints: ClassVar = [
            models.CheckConstraint(
                condition=Q(quantity__gt=0) & Q(net=F("base") - F("allowance")), name="billing_line_adds_up"
            )
        ]
        indexes: ClassVar = [models.Index(fields=["invoice", "position"], name="billing_line_of_invoice")]


class Credited(Fact):
    """Copies of an invoice line that a credit note takes back: the interval makes a second time impossible."""

    line = NativeKey(InvoiceLine)
    credit_line = NativeKey(InvoiceLine, unique=True)
    before_quantity = models.IntegerField()
    after_quantity = models.IntegerField()
    sold_quantity = models.IntegerField()

    class Meta:
        db_table = "billing_credited"
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["line", "before_quantity"], name="billing_credited_before"),
            models.UniqueConstraint(fields=["line", "after_quantity"], name="billing_credited_after"),
            models.CheckConstraint(
                condition=Q(before_quantity__gte=0)
                & Q(before_quantity__lt=F("after_quantity"))
                & Q(after_quantity__lte=F("sold_quantity")),
                name="billing_credited_within_sold",
            ),
        ]


class CreditRequest(Fact):
    """A credit note was asked for under a key: the same request again is the same credit note."""

    source_key = models.CharField(max_length=80)
    position = models.PositiveIntegerField()  # one request may correct several invoices
    content_digest = models.BinaryField()  # of what was asked
    invoice = CheckedKey(Invoice)  # the credit note

    class Meta:
        db_table = "billing_credit_request"
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["source_key", "position"], name="billing_credit_request_once")
        ]


class InvoiceVat(Fact):
    """The VAT of one rate on a document: its base and amount, computed once."""

    invoice = CheckedKey(Invoice)
    category = models.CharField(max_length=2)
    rate = models.DecimalField(max_digits=5, decimal_places=2)
    base = models.DecimalField(max_digits=13, decimal_places=2)
    vat = models.DecimalField(max_digits=13, decimal_places=2)
    exemption = models.CharField(max_length=200, blank=True, default="")

    class Meta:
        db_table = "billing_invoice_vat"
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["invoice", "category", "rate"], name="billing_vat_once_per_rate")
        ]


class InvoiceNote(Fact):
    """This invoice covers this delivery note, and no other invoice does."""

    invoice = CheckedKey(Invoice)
    note = CheckedKey("warehouse.Note", unique=True)

    class Meta:
        db_table = "billing_invoice_note"
        indexes: ClassVar = [models.Index(fields=["invoice"], name="billing_notes_of_invoice")]


class Issue(Fact):
    """The document has its number and its place in the chain: from here it exists for the law."""

    invoice = CheckedKey(Invoice, unique=True)
    number = models.CharField(max_length=35)
    hash = models.BinaryField()

    class Meta:
        db_table = "billing_issue"
        constraints: ClassVar = [models.UniqueConstraint(fields=["number"], name="billing_issue_number")]


class Release(Fact):
    """What was issued is safe in a second place (or none is configured): it may be shown, printed, sent."""

    invoice = CheckedKey(Invoice, unique=True)
    released_at = models.DateTimeField()

    class Meta:
        db_table = "billing_release"


class Rendition(Fact):
    """The XML and PDF of a document, stored once, served for ever.

    `hash = sha256(hash of the issue ‖ xml_sha256 ‖ pdf_sha256)`: chained to the number, whatever is rendered first.
    """

    invoice = CheckedKey(Invoice, unique=True)
    profile = models.CharField(max_length=12)
    xml_sha256 = models.BinaryField()
    pdf_sha256 = models.BinaryField()
    hash = models.BinaryField()

    class Meta:
        db_table = "billing_rendition"


class Sending(Fact):
    """The rendition left for its addressee, by a channel."""

    invoice = CheckedKey(Invoice, unique=True)
    channel = models.CharField(max_length=12)
    sent_at = models.DateTimeField()

    class Meta:
        db_table = "billing_sending"


class _Todo(State):
    invoice = CheckedKey(Invoice, primary_key=True)

    class Meta:
        abstract = True


class TodoRelease(_Todo):
    """Issued and not yet released."""

    class Meta:
        db_table = "billing_todo_release"


class TodoRender(_Todo):
    """Released and not yet rendered."""

    class Meta:
        db_table = "billing_todo_render"


class TodoSend(_Todo):
    """Rendered and not yet sent."""

    class Meta:
        db_table = "billing_todo_send"
