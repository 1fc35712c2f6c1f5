"""Tables of the warehouse."""

from __future__ import annotations

from typing import ClassVar

from django.db import models
from django.db.models import F, Q

from quai.core.kinds import CheckedKey, Fact, NativeKey, State
from quai.warehouse.types import NoteNature, WaveKind


class Wave(Fact):
    """Lines prepared together: same site, cut-off, carrier and kind."""

    site = NativeKey("stock.Site")
    carrier = NativeKey("parties.Party", null=True)
    kind = models.CharField(max_length=8, choices=[(k.value, k.value) for k in WaveKind])
    cut_off_at = models.DateTimeField()

    class Meta:
        db_table = "warehouse_wave"


class WaveState(State):
    """How far a wave is: it is open while `closed < shipments`."""

    wave = NativeKey(Wave, primary_key=True)
    shipments = models.IntegerField()
    closed = models.IntegerField()

    class Meta:
        db_table = "warehouse_wave_state"
        constraints: ClassVar = [
            models.CheckConstraint(
                condition=Q(closed__gte=0, closed__lte=F("shipments")), name="warehouse_wave_counts"
            )
        ]
        indexes: ClassVar = [
            models.Index(fields=["wave"], condition=Q(closed__lt=F("shipments")), name="warehouse_open_waves")
        ]


class Shipment(Fact):
    """What one customer gets at one address in one wave: the note to be."""

    wave = CheckedKey(Wave)
    customer = CheckedKey("parties.Party")
    outlet = CheckedKey("parties.Outlet", null=True)
    nature = models.CharField(max_length=20, choices=[(n.value, n.value) for n in NoteNature])

    class Meta:
        db_table = "warehouse_shipment"
        indexes: ClassVar = [models.Index(fields=["wave"], name="warehouse_shipment_of_wave")]


class Pick(Fact):
    """Copies of one promise to fetch at one place; the promise says of which title and for which order line.

    `rank` is the walking order within the wave.
    """

    shipment = CheckedKey(Shipment)
    reservation = CheckedKey("stock.Reservation")
    location = CheckedKey("stock.Location")
    quantity = models.IntegerField()
    rank = models.PositiveIntegerField()

    class Meta:
        db_table = "warehouse_pick"
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["reservation", "location"], name="warehouse_pick_once"),
            models.CheckConstraint(condition=Q(quantity__gt=0), name="warehouse_pick_of_something"),
        ]
        indexes: ClassVar = [models.Index(fields=["shipment"], name="warehouse_pick_of_shipment")]


class Shortage(Fact):
    """Copies that a pick did not find."""

    pick = CheckedKey(Pick, unique=True)
    missing = models.IntegerField()

    class Meta:
        db_table = "warehouse_shortage"
        constraints: ClassVar = [
            models.CheckConstraint(condition=Q(missing__gt=0), name="warehouse_shortage_of_something")
        ]


class Fetched(Fact):
    """The picker is back with a shipment: its picks are recorded, once. Without copies there will be no note."""

    shipment = CheckedKey(Shipment, unique=True)
    copies = models.IntegerField()

    class Meta:
        db_table = "warehouse_fetched"
        constraints: ClassVar = [
            models.CheckConstraint(condition=Q(copies__gte=0), name="warehouse_fetched_counts")
        ]


class Note(Fact):
    """A delivery note: what left, for whom. It needs no invoice.

    `carriage` is what the account's terms asked on the day of closing, before tax: a later term changes nothing.
    """

    shipment = CheckedKey(Shipment, unique=True)  # reopened, its copies go to another shipment
    number = models.CharField(max_length=35)
    customer = CheckedKey("parties.Party")
    outlet = CheckedKey("parties.Outlet", null=True)
    nature = models.CharField(max_length=20, choices=[(n.value, n.value) for n in NoteNature])
    closed_on = models.DateField()
    closed_at = models.DateTimeField()
    carriage = models.DecimalField(max_digits=9, decimal_places=2, default=0)

    class Meta:
        db_table = "warehouse_note"
        constraints: ClassVar = [models.UniqueConstraint(fields=["number"], name="warehouse_note_number")]


class Parcel(Fact):
    """A box with its SSCC, its expected weight and the weight read on the scale."""

    note = CheckedKey(Note)
    position = models.PositiveSmallIntegerField()
    sscc = models.CharField(max_length=18)
    copies = models.PositiveIntegerField()
    expected_weight_g = models.PositiveIntegerField()
    weighed_g = models.PositiveIntegerField(null=True)

    class Meta:
        db_table = "warehouse_parcel"
        constraints: ClassVar = [models.UniqueConstraint(fields=["sscc"], name="warehouse_parcel_sscc")]
        indexes: ClassVar = [models.Index(fields=["note"], name="warehouse_parcel_of_note")]


class NoteLine(Fact):
    """Copies of one order line on a note, with the price and discount rows in force; none known, it still goes."""

    note = CheckedKey(Note)
    line = CheckedKey("orders.Line")
    product = CheckedKey("catalogue.Product")
    owner = CheckedKey("parties.Party")
    quantity = models.IntegerField()
    price = CheckedKey("catalogue.Price", null=True)
    discount_row = CheckedKey("terms.Discount", null=True)
    discount = models.DecimalField(max_digits=5, decimal_places=2, default=0)

    class Meta:
        db_table = "warehouse_note_line"
        constraints: ClassVar = [
            models.CheckConstraint(condition=Q(quantity__gt=0), name="warehouse_note_line_of_something")
        ]
        indexes: ClassVar = [
            models.Index(fields=["note"], name="warehouse_line_of_note"),
            models.Index(fields=["line"], name="warehouse_note_of_line"),
        ]


class Reopening(Fact):
    """A note taken back before its truck left: its copies returned to the shelf, its lines to their promise."""

    note = NativeKey(Note, unique=True)

    class Meta:
        db_table = "warehouse_reopening"


class Departure(Fact):
    """The truck left with this note."""

    note = CheckedKey(Note, unique=True)
    carrier = NativeKey("parties.Party", null=True)
    departed_at = models.DateTimeField()

    class Meta:
        db_table = "warehouse_departure"


class TodoDepart(State):
    """Closed notes whose truck has not left: until then they can be reopened."""

    note = CheckedKey(Note, primary_key=True)

    class Meta:
        db_table = "warehouse_todo_depart"


class TodoInvoice(State):
    """Departed notes of sales that billing has not pulled yet."""

    note = CheckedKey(Note, primary_key=True)
    customer = CheckedKey("parties.Party")
    closed_on = models.DateField()

    class Meta:
        db_table = "warehouse_todo_invoice"
