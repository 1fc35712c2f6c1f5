"""Tables of orders."""

from __future__ import annotations

from typing import ClassVar

from django.db import models
from django.db.models import F, Q

from quai.core.kinds import CheckedKey, Fact, NativeKey, State
from quai.orders.types import Fate

_OPEN = Q(undecided__gt=0) | Q(waiting__gt=0) | Q(backordered__gt=0) | Q(held__gt=0) | Q(grouped__gt=0)


class Order(Fact):
    """An order as received. A duplicate, or one a person must look at, has no lines."""

    channel = models.CharField(max_length=12)
    standing = models.CharField(max_length=12)  # types.Standing
    repeats = NativeKey("self", null=True)  # the order whose reference this one uses again
    supplier_gln = models.CharField(max_length=13)
    buyer_gln = models.CharField(max_length=13)
    deliver_to_gln = models.CharField(max_length=13, blank=True, default="")
    relay_gln = models.CharField(max_length=13, blank=True, default="")
    customer = NativeKey("parties.Party")
    outlet = NativeKey("parties.Outlet", null=True)
    reference = models.CharField(max_length=35)  # eight characters in the trade; EDIFACT allows 35
    ordered_on = models.DateField()
    received_on = models.DateField()  # the day of the house whose terms count
    operation_code = models.CharField(max_length=8, blank=True, default="")
    kind = models.CharField(max_length=12)
    shipping_mode = models.CharField(max_length=2, blank=True, default="")
    backorder_policy = models.CharField(max_length=12)  # as asked; the account's terms override
    discount_term = models.CharField(max_length=4, blank=True, default="")
    earliest_on = models.DateField(null=True)
    latest_on = models.DateField(null=True)
    content_digest = (
        models.BinaryField()
    )  # of what was ordered: same reference with other content needs a person
    source_key = models.CharField(max_length=80)

    class Meta:
        db_table = "orders_order"
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["source_key"], name="orders_order_source_key")
        ]
        indexes: ClassVar = [
            models.Index(fields=["reference"], name="orders_order_reference"),
            models.Index(fields=["customer", "-id"], name="orders_order_of_customer"),
        ]


class Judgement(Fact):
    """What a person decided of an order that needed one: entered as a new order, or refused."""

    order = CheckedKey(Order)
    became = CheckedKey(Order, null=True)  # the order entered from what was archived; none: refused

    class Meta:
        db_table = "orders_judgement"
        constraints: ClassVar = [models.UniqueConstraint(fields=["order"], name="orders_judgement_once")]


class KnownReference(State):
    """The last accepted order of a buyer under a reference: what makes another one a duplicate for a year."""

    buyer_gln = models.CharField(max_length=13)
    supplier_gln = models.CharField(max_length=13)
    reference = models.CharField(max_length=35)
    order = NativeKey(Order)
    received_on = models.DateField()
    pk = models.CompositePrimaryKey("buyer_gln", "supplier_gln", "reference")

    class Meta:
        db_table = "orders_known_reference"


class Line(Fact):
    """One title and quantity of an order. Free copies are a line of their own, naming the line that earns them."""

    order = CheckedKey(Order)
    position = models.PositiveIntegerField()
    gtin = models.CharField(max_length=35)  # as written, which may be no GTIN at all
    product = CheckedKey("catalogue.Product", null=True)
    quantity = models.IntegerField()
    line_reference = models.CharField(max_length=35, blank=True, default="")
    free_with = CheckedKey("self", null=True)

    class Meta:
        db_table = "orders_line"
        constraints: ClassVar = [
            models.CheckConstraint(condition=Q(quantity__gt=0), name="orders_line_of_something")
        ]
        indexes: ClassVar = [models.Index(fields=["order"], name="orders_line_of_order")]


class AcceptedQuantity(Fact):
    """A person says that a line means the many copies it asks for."""

    line = CheckedKey(Line)

    class Meta:
        db_table = "orders_accepted_quantity"
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["line"], name="orders_accepted_quantity_once")
        ]


class LineMove(Fact):
    """Some copies of a line going from one fate to another, and why."""

    line = CheckedKey(Line)
    from_fate = models.CharField(max_length=12, choices=[(f.value, f.value) for f in Fate])
    to_fate = models.CharField(max_length=12, choices=[(f.value, f.value) for f in Fate])
    quantity = models.IntegerField()
    reason = models.CharField(max_length=24)  # types.Reason
    until_on = models.DateField(null=True)  # the day the copies are awaited, when known
    source_key = models.CharField(max_length=40)

    class Meta:
        db_table = "orders_line_move"
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["line", "source_key"], name="orders_line_move_once"),
            models.CheckConstraint(condition=Q(quantity__gt=0), name="orders_line_move_of_something"),
            models.CheckConstraint(
                condition=~Q(from_fate=F("to_fate")), name="orders_line_move_changes_fate"
            ),
        ]


class LineState(State):
    """How many copies of a line have each fate now: the sums of its moves."""

    line = CheckedKey(Line, primary_key=True)
    order_id = (
        models.BigIntegerField()
    )  # repeated from the line: what `verify` derives anew needs no check of its own
    product_id = models.BigIntegerField(null=True)
    ordered = models.IntegerField()
    undecided = models.IntegerField()
    reserved = models.IntegerField(default=0)
    waiting = models.IntegerField(default=0)
    backordered = models.IntegerField(default=0)
    held = models.IntegerField(default=0)
    grouped = models.IntegerField(default=0)
    shipped = models.IntegerField(default=0)
    refused = models.IntegerField(default=0)
    cancelled = models.IntegerField(default=0)

    class Meta:
        db_table = "orders_line_state"
        constraints: ClassVar = [
            models.CheckConstraint(
                condition=Q(
                    ordered=F("undecided")
                    + F("reserved")
                    + F("waiting")
                    + F("backordered")
                    + F("held")
                    + F("grouped")
                    + F("shipped")
                    + F("refused")
                    + F("cancelled")
                ),
                name="orders_every_copy_has_a_fate",
            ),
            models.CheckConstraint(
                condition=Q(
                    undecided__gte=0,
                    reserved__gte=0,
                    waiting__gte=0,
                    backordered__gte=0,
                    held__gte=0,
                    grouped__gte=0,
                    shipped__gte=0,
                    refused__gte=0,
                    cancelled__gte=0,
                ),
                name="orders_no_fate_negative",
            ),
        ]
        indexes: ClassVar = [
            models.Index(fields=["product_id"], condition=_OPEN, name="orders_open_lines"),
            models.Index(fields=["order_id"], condition=Q(grouped__gt=0), name="orders_grouped_lines"),
        ]


class Estimate(Fact):
    """What one copy of a line is worth, net, when copies were first ready for an account that has a credit limit."""

    line = CheckedKey(Line)
    customer_id = models.BigIntegerField()  # that of the order
    net = models.DecimalField(max_digits=11, decimal_places=4)

    class Meta:
        db_table = "orders_estimate"
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["line"], name="orders_estimate_once"),
            models.CheckConstraint(condition=Q(net__gte=0), name="orders_no_estimate_negative"),
        ]


class Invoiced(Fact):
    """Copies of an estimated line that were invoiced: from then on the ledger of money says what is owed."""

    line = CheckedKey(Line)
    quantity = models.IntegerField()
    source_key = models.CharField(max_length=40)

    class Meta:
        db_table = "orders_invoiced"
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["source_key"], name="orders_invoiced_once"),
            models.CheckConstraint(condition=Q(quantity__gt=0), name="orders_invoiced_something"),
        ]


class Engaged(State):
    """What an account with a credit limit will be invoiced, net, for copies reserved, or shipped and not invoiced."""

    customer_id = models.BigIntegerField(primary_key=True)
    net = models.DecimalField(max_digits=17, decimal_places=4)

    class Meta:
        db_table = "orders_engaged"


class TodoPrepare(State):
    """Orders with copies reserved and not yet in a wave: warehouse takes them."""

    order = CheckedKey(Order, primary_key=True)

    class Meta:
        db_table = "orders_todo_prepare"
