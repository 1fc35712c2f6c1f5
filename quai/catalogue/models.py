"""Tables of the catalogue."""

from __future__ import annotations

from typing import ClassVar

from django.db import models

from quai.core.kinds import Fact, NativeKey, Reference


class Product(Reference):
    """One GTIN-13 as distributed by one house. An identity: all that may change is dated elsewhere."""

    gtin = models.CharField(max_length=13)
    distributor_gln = models.CharField(max_length=13)

    class Meta:
        db_table = "catalogue_product"
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["gtin", "distributor_gln"], name="catalogue_product_once")
        ]


class Notice(Fact):
    """A product notice as received: kept raw for ever, whatever was understood of it."""

    product = NativeKey(Product, null=True)
    gtin = models.CharField(max_length=13)
    record_reference = models.CharField(max_length=100, blank=True, default="")
    notification = models.CharField(max_length=12)
    content = NativeKey("core.Blob")
    source_key = models.CharField(max_length=80)

    class Meta:
        db_table = "catalogue_notice"
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["source_key"], name="catalogue_notice_source_key")
        ]
        indexes: ClassVar = [models.Index(fields=["product", "-id"], name="catalogue_notice_of_product")]


class Description(Reference):
    """What a title is, from a date."""

    product = NativeKey(Product)
    from_on = models.DateField()
    publisher = NativeKey("parties.Party")
    imprint = models.CharField(max_length=80, blank=True, default="")
    collection = models.CharField(max_length=120, blank=True, default="")
    title = models.CharField(max_length=300)
    subtitle = models.CharField(max_length=300, blank=True, default="")
    contributors = models.CharField(max_length=300, blank=True, default="")
    form = models.CharField(max_length=4, blank=True, default="")
    publication_on = models.DateField(null=True)
    weight_g = models.PositiveIntegerField(null=True)
    thickness_mm = models.PositiveIntegerField(null=True)
    pack_quantity = models.PositiveIntegerField(null=True)
    order_minimum = models.PositiveIntegerField(null=True)
    order_multiple = models.PositiveIntegerField(null=True)
    returns_code = models.CharField(max_length=2, blank=True, default="")
    last_return_on = models.DateField(null=True)
    successor_gtin = models.CharField(max_length=13, blank=True, default="")
    search = models.TextField(
        blank=True, default=""
    )  # title, contributors, publisher: lower case, no accents

    class Meta:
        db_table = "catalogue_description"
        indexes: ClassVar = [
            models.Index(fields=["product", "-from_on", "-id"], name="catalogue_desc_in_force")
        ]


class Availability(Reference):
    """Whether a title can be had, from a date. `code` is ONIX list 65."""

    product = NativeKey(Product)
    from_on = models.DateField()
    code = models.CharField(max_length=2)
    on_sale_on = models.DateField(null=True)  # may not reach a shop's shelf before
    expected_on = models.DateField(null=True)
    new_distributor_gln = models.CharField(max_length=13, blank=True, default="")  # whom to ask from now on

    class Meta:
        db_table = "catalogue_availability"
        indexes: ClassVar = [
            models.Index(fields=["product", "-from_on", "-id"], name="catalogue_avail_in_force")
        ]


class Rights(Reference):
    """Where a title may be sold, from a date; countries by ISO 3166-1, a space between (see rights.py)."""

    product = NativeKey(Product)
    from_on = models.DateField()
    allowed = models.TextField(blank=True, default="")
    barred = models.TextField(blank=True, default="")
    barred_elsewhere = models.BooleanField(default=False)

    class Meta:
        db_table = "catalogue_rights"
        indexes: ClassVar = [
            models.Index(fields=["product", "-from_on", "-id"], name="catalogue_rights_in_force")
        ]


class Schoolbook(Reference):
    """A title is a schoolbook in the sense of the law on the price of books from a date, or no longer is."""

    product = NativeKey(Product)
    from_on = models.DateField()
    schoolbook = models.BooleanField()

    class Meta:
        db_table = "catalogue_schoolbook"
        indexes: ClassVar = [
            models.Index(fields=["product", "-from_on", "-id"], name="catalogue_schoolbook_in_force")
        ]


class Price(Reference):
    """The public price of a title, VAT included, from a date."""

    product = NativeKey(Product)
    from_on = models.DateField()
    retail_price = models.DecimalField(max_digits=9, decimal_places=2)
    currency = models.CharField(max_length=3, default="EUR")

    class Meta:
        db_table = "catalogue_price"
        indexes: ClassVar = [
            models.Index(fields=["product", "-from_on", "-id"], name="catalogue_price_in_force")
        ]
        constraints: ClassVar = [
            models.CheckConstraint(
                condition=models.Q(retail_price__gte=0), name="catalogue_price_not_negative"
            )
        ]


class PricePart(Reference):
    """The share of a price under one VAT rate: one part for a book, several for a book with a disc."""

    price = NativeKey(Price)
    position = models.PositiveSmallIntegerField()
    vat_rate = models.DecimalField(max_digits=5, decimal_places=2)
    retail_price = models.DecimalField(max_digits=9, decimal_places=2)
    retail_price_net = models.DecimalField(max_digits=11, decimal_places=4)  # PPHT

    class Meta:
        db_table = "catalogue_price_part"
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["price", "position"], name="catalogue_price_part_once")
        ]
