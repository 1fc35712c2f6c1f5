"""Tables of the ledger of copies.

Unique texts are constraints of the table, not `unique=True`: for that Django adds a second index for LIKE, which
nothing here reads and every row would pay for.
"""

from __future__ import annotations

from typing import ClassVar

from django.db import models
from django.db.models import F, Q

from quai.core.kinds import CheckedKey, Fact, NativeKey, Reference, State
from quai.stock.types import LocationKind, Reason, StockState


class Site(Reference):
    """A depot, or somebody else's warehouse that works for the house."""

    code = models.CharField(max_length=12)
    name = models.CharField(max_length=80)

    class Meta:
        db_table = "stock_site"
        constraints: ClassVar = [models.UniqueConstraint(fields=["code"], name="stock_site_code")]


class Location(Reference):
    """A bin, or one of the virtual places where copies come from and go to."""

    site = NativeKey(Site, null=True)  # virtual places belong to none
    code = models.CharField(max_length=20)
    kind = models.CharField(max_length=12, choices=[(k.value, k.value) for k in LocationKind])
    walk_order = models.PositiveIntegerField(default=0)

    class Meta:
        db_table = "stock_location"
        constraints: ClassVar = [models.UniqueConstraint(fields=["code"], name="stock_location_code")]


class Pool(Reference):
    """What one site can sell of one title of one owner: the thing a promise names."""

    site = NativeKey(Site)
    product = NativeKey("catalogue.Product")
    owner = NativeKey("parties.Party")
    state = models.CharField(max_length=12, choices=[(s.value, s.value) for s in StockState])

    class Meta:
        db_table = "stock_pool"
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["product", "site", "owner", "state"], name="stock_pool_once")
        ]


class Movement(Fact):
    """One quantity of one product going from one place to another."""

    product = CheckedKey("catalogue.Product")
    owner = CheckedKey("parties.Party")
    state = models.CharField(max_length=12, choices=[(s.value, s.value) for s in StockState])
    from_location = CheckedKey(Location)
    to_location = CheckedKey(Location)
    quantity = models.IntegerField()
    reason = models.CharField(max_length=16, choices=[(r.value, r.value) for r in Reason])
    source_key = models.CharField(max_length=80)
    at = models.DateTimeField()

    class Meta:
        db_table = "stock_movement"
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["source_key"], name="stock_movement_once"),
            models.CheckConstraint(condition=Q(quantity__gt=0), name="stock_movement_moves_something"),
            models.CheckConstraint(
                condition=~Q(from_location=F("to_location")), name="stock_movement_goes_somewhere"
            ),
        ]
        indexes: ClassVar = [models.Index(fields=["product", "id"], name="stock_movement_of_product")]


class Reservation(Fact):
    """Copies of a pool promised to whoever asked: pending until its one resolution exists."""

    pool = CheckedKey(Pool)
    demand = models.BigIntegerField()  # the order line; stock does not know what it is
    quantity = models.IntegerField()

    class Meta:
        db_table = "stock_reservation"
        constraints: ClassVar = [
            models.CheckConstraint(condition=Q(quantity__gt=0), name="stock_reservation_of_something")
        ]
        indexes: ClassVar = [
            models.Index(fields=["demand"], name="stock_reservation_demand"),
            models.Index(fields=["pool", "id"], name="stock_reservation_of_pool"),
        ]


class Resolution(Fact):
    """The end of a reservation: some copies taken, the others released. Its key is the state machine."""

    reservation = CheckedKey(Reservation, unique=True)
    taken = models.IntegerField()
    released = models.IntegerField()
    reason = models.CharField(max_length=24, blank=True, default="")

    class Meta:
        db_table = "stock_resolution"
        constraints: ClassVar = [
            models.CheckConstraint(condition=Q(taken__gte=0, released__gte=0), name="stock_resolution_counts")
        ]


class BinBalance(State):
    """Copies standing in a real place."""

    location = NativeKey(Location)
    product = NativeKey("catalogue.Product")
    owner = NativeKey("parties.Party")
    state = models.CharField(max_length=12)
    on_hand = models.IntegerField()
    pk = models.CompositePrimaryKey("product", "location", "owner", "state")

    class Meta:
        db_table = "stock_bin_balance"
        constraints: ClassVar = [
            models.CheckConstraint(condition=Q(on_hand__gte=0), name="stock_bin_not_negative")
        ]


class PoolBalance(State):
    """Copies that can be promised, and those that are."""

    pool = NativeKey(Pool, primary_key=True)
    on_hand = models.IntegerField()
    reserved = models.IntegerField()

    class Meta:
        db_table = "stock_pool_balance"
        constraints: ClassVar = [
            models.CheckConstraint(
                condition=Q(reserved__gte=0, reserved__lte=F("on_hand")), name="stock_nothing_promised_twice"
            )
        ]


class Count(Fact):
    """What a person counted at a bin, and how far that was from what the ledger said."""

    location = CheckedKey(Location)
    product = CheckedKey("catalogue.Product")
    owner = CheckedKey("parties.Party")
    state = models.CharField(max_length=12, choices=[(s.value, s.value) for s in StockState])
    counted = models.IntegerField()
    difference = models.IntegerField()
    answers = models.IntegerField()  # reports of missing copies that this count settles
    source_key = models.CharField(max_length=80)

    class Meta:
        db_table = "stock_count"
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["source_key"], name="stock_count_once"),
            models.CheckConstraint(condition=Q(counted__gte=0, answers__gte=0), name="stock_count_counts"),
        ]


class MissingReport(Fact):
    """Copies that a picker did not find: the bin is due for a count."""

    location = CheckedKey(Location)
    product = CheckedKey("catalogue.Product")
    owner = CheckedKey("parties.Party")
    state = models.CharField(max_length=12, choices=[(s.value, s.value) for s in StockState])
    missing = models.IntegerField()
    source_key = models.CharField(max_length=80)

    class Meta:
        db_table = "stock_missing_report"
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["source_key"], name="stock_missing_report_once"),
            models.CheckConstraint(condition=Q(missing__gt=0), name="stock_missing_report_of_something"),
        ]


class TodoCount(State):
    """Bins due for a count: reports of missing copies that no count has answered."""

    location = NativeKey(Location)
    product = NativeKey("catalogue.Product")
    reports = models.IntegerField()
    pk = models.CompositePrimaryKey("location", "product")

    class Meta:
        db_table = "stock_todo_count"
