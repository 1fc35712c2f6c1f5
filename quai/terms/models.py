"""Tables of terms: all dated references."""

from __future__ import annotations

from typing import ClassVar

from django.db import models
from django.db.models import Case, F, Q, TextField, Value, When
from django.db.models.functions import Cast, Concat
from django.db.models.lookups import Exact

from quai.core.kinds import NativeKey, Reference
from quai.terms.types import LOWEST_CEILING, DiscountMethod, MonthEnd, PriceDay, Rhythm, SaleMode


def _text(*parts: str | F) -> Concat:
    """Letters and columns in one text: the same for the same row for ever, as a generated column must be."""
    return Concat(
        *(Value(p) if isinstance(p, str) else Cast(p, TextField()) for p in parts), output_field=TextField()
    )


class Discount(Reference):
    """A discount from a date, for whom and what it names; an empty axis means all.

    The two axes are one text each, so that a question finds its rows by equality, whatever they name.
    """

    customer = NativeKey("parties.Party", null=True)
    network = models.CharField(max_length=40, blank=True, default="")
    publisher = NativeKey("parties.Party", null=True)
    imprint = models.CharField(max_length=80, blank=True, default="")
    collection = models.CharField(max_length=120, blank=True, default="")
    product = NativeKey("catalogue.Product", null=True)
    sale_mode = models.CharField(max_length=16, blank=True, default="")
    order_kind = models.CharField(max_length=12, blank=True, default="")
    operation_code = models.CharField(max_length=8, blank=True, default="")
    from_on = models.DateField()
    ended = models.BooleanField(default=False)  # from this day the row it repeats no longer holds
    base = models.DecimalField(max_digits=5, decimal_places=2)
    extra = models.DecimalField(max_digits=5, decimal_places=2, default=0)
    method = models.CharField(
        max_length=8, choices=[(m.value, m.value) for m in DiscountMethod], default=DiscountMethod.POINTS
    )
    free_per = models.PositiveSmallIntegerField(default=0)  # 12 for 13/12
    price_day = models.CharField(
        max_length=8, choices=[(d.value, d.value) for d in PriceDay], default=PriceDay.ORDER
    )
    customer_axis = models.GeneratedField(
        expression=Case(
            When(customer__isnull=False, then=_text("c", F("customer_id"))),
            When(~Q(network=""), then=_text("n", F("network"))),
            default=Value("*"),
            output_field=TextField(),
        ),
        output_field=TextField(),
        db_persist=True,
    )
    product_axis = models.GeneratedField(
        expression=Case(
            When(product__isnull=False, then=_text("p", F("product_id"))),
            When(~Q(collection=""), then=_text("k", F("publisher_id"), ":", F("collection"))),
            When(~Q(imprint=""), then=_text("i", F("publisher_id"), ":", F("imprint"))),
            When(publisher__isnull=False, then=_text("u", F("publisher_id"))),
            default=Value("*"),
            output_field=TextField(),
        ),
        output_field=TextField(),
        db_persist=True,
    )

    class Meta:
        db_table = "terms_discount"
        constraints: ClassVar = [
            models.CheckConstraint(
                condition=Q(base__gte=0, base__lte=100, extra__gte=0, extra__lte=100)
                & (~Q(method="points") | Q(base__lte=100 - F("extra"))),
                name="terms_discount_percent",
            ),
            models.CheckConstraint(
                condition=Q(customer__isnull=True) | Q(network=""), name="terms_discount_one_customer_axis"
            ),
            models.CheckConstraint(  # a product says them all; an imprint and a collection are a publisher's
                condition=Q(product__isnull=False, publisher__isnull=True, imprint="", collection="")
                | Q(product__isnull=True)
                & (Q(imprint="", collection="") | Q(publisher__isnull=False))
                & (Q(imprint="") | Q(collection="")),
                name="terms_discount_one_product_axis",
            ),
        ]
        indexes: ClassVar = [
            models.Index(fields=["customer_axis", "product_axis"], name="terms_discount_by_axes"),
            models.Index(fields=["product_axis"], name="terms_discount_by_product"),
        ]


class AccountTerms(Reference):
    """What a customer account is given, from a date. No customer: the house's default."""

    customer = NativeKey("parties.Party", null=True)
    from_on = models.DateField()
    backorder_policy = models.CharField(max_length=12, default="keep")
    rhythm = models.CharField(
        max_length=8, choices=[(r.value, r.value) for r in Rhythm], default=Rhythm.PER_NOTE
    )
    sale_mode = models.CharField(
        max_length=16, choices=[(m.value, m.value) for m in SaleMode], default=SaleMode.SALE_OR_RETURN
    )
    whole_order_only = models.BooleanField(default=False)
    order_minimum = models.DecimalField(
        max_digits=9, decimal_places=2, default=0
    )  # net; under it lines are grouped
    carriage_paid_from = models.DecimalField(max_digits=9, decimal_places=2, default=0)
    carriage_fee = models.DecimalField(
        max_digits=9, decimal_places=2, default=0
    )  # per note under the threshold
    credit_limit = models.DecimalField(max_digits=11, decimal_places=2, null=True)
    carrier = NativeKey("parties.Party", null=True)
    grouped_for_days = models.PositiveSmallIntegerField(default=7)  # a grouped line leaves at the latest then
    quantity_ceiling = models.PositiveIntegerField(
        null=True
    )  # a line of more copies is held for a person; null: the house's
    shipping_days = models.CharField(
        max_length=7, blank=True, default=""
    )  # "24": leaves on Tuesdays and Thursdays only; empty: any day

    class Meta:
        db_table = "terms_account"
        constraints: ClassVar = [
            models.CheckConstraint(
                condition=Q(quantity_ceiling__gte=LOWEST_CEILING), name="terms_account_quantity_ceiling"
            ),
            models.CheckConstraint(condition=Q(credit_limit__gte=0), name="terms_account_credit_limit"),
            models.CheckConstraint(
                condition=Q(shipping_days__regex=r"^1?2?3?4?5?6?7?$"), name="terms_account_days_of_week"
            ),
        ]
        indexes: ClassVar = [
            models.Index(fields=["customer", "-from_on", "-id"], name="terms_account_in_force")
        ]


class Payment(Reference):
    """When invoices fall due, from a date. No customer: the house's default. An operation may have its own.

    An operation without `days` keeps the customer's term and only shifts it.
    """

    customer = NativeKey("parties.Party", null=True)
    operation_code = models.CharField(max_length=8, blank=True, default="")
    from_on = models.DateField()
    ended = models.BooleanField(default=False)  # from this day the row it repeats no longer holds
    days = models.PositiveSmallIntegerField(null=True)
    month_end = models.CharField(
        max_length=8, choices=[(m.value, m.value) for m in MonthEnd], default=MonthEnd.NONE
    )
    fixed_day = models.PositiveSmallIntegerField(default=0)
    shift_days = models.SmallIntegerField(default=0)

    class Meta:
        db_table = "terms_payment"
        constraints: ClassVar = [
            models.CheckConstraint(
                condition=Q(days__isnull=False) | ~Q(operation_code=""), name="terms_payment_in_days"
            ),
            models.CheckConstraint(condition=Q(fixed_day__lte=31), name="terms_payment_day_of_month"),
        ]
        indexes: ClassVar = [
            models.Index(fields=["customer", "-from_on", "-id"], name="terms_payment_in_force")
        ]


class Hold(Reference):
    """An account is blocked from an instant, or freed; the act says who and why."""

    customer = NativeKey("parties.Party")
    from_on = models.DateField()
    held = models.BooleanField()

    class Meta:
        db_table = "terms_hold"
        indexes: ClassVar = [models.Index(fields=["customer", "-from_on", "-id"], name="terms_hold_in_force")]


class Cap(Reference):
    """The most that the law lets a kind of customer be given off the public price, from a date."""

    customer_kind = models.CharField(max_length=12)
    from_on = models.DateField()
    percent = models.DecimalField(max_digits=5, decimal_places=2)
    schoolbooks_free = models.BooleanField(default=False)  # their price is free for these customers
    source = models.CharField(max_length=120)

    class Meta:
        db_table = "terms_cap"
        constraints: ClassVar = [
            models.CheckConstraint(condition=Q(percent__gte=0, percent__lte=100), name="terms_cap_percent")
        ]
        indexes: ClassVar = [
            models.Index(fields=["customer_kind", "-from_on", "-id"], name="terms_cap_in_force")
        ]


class SearchOrder(Reference):
    """Which criterion counts first when several discounts match, from a date: the place of each, from 1 to 4.

    Among rows equal by all four, the latest start decides; two that still tie are refused when entered.
    """

    from_on = models.DateField()
    operation = models.PositiveSmallIntegerField()
    product = models.PositiveSmallIntegerField()
    customer = models.PositiveSmallIntegerField()
    mode_and_kind = models.PositiveSmallIntegerField()

    class Meta:
        db_table = "terms_search_order"
        constraints: ClassVar = [
            models.CheckConstraint(  # four numbers from 1 to 4 of this sum and this product are 1, 2, 3 and 4
                condition=Q(operation__range=(1, 4), product__range=(1, 4), customer__range=(1, 4))
                & Q(mode_and_kind=10 - F("operation") - F("product") - F("customer"))
                & Q(Exact(F("operation") * F("product") * F("customer") * F("mode_and_kind"), 24)),
                name="terms_search_order_is_one",
            )
        ]


class TerritoryVat(Reference):
    """What VAT a delivery bears in a territory, from a date, for products of a mainland rate."""

    territory = models.CharField(max_length=12)
    mainland_rate = models.DecimalField(max_digits=5, decimal_places=2)
    from_on = models.DateField()
    rate = models.DecimalField(max_digits=5, decimal_places=2)
    category = models.CharField(
        max_length=2
    )  # UNTDID 5305: S standard, G export, K intra-community, E exempt
    exemption = models.CharField(max_length=200, blank=True, default="")
    source = models.CharField(max_length=120)

    class Meta:
        db_table = "terms_territory_vat"
        indexes: ClassVar = [
            models.Index(fields=["territory", "mainland_rate", "-from_on", "-id"], name="terms_vat_in_force")
        ]
