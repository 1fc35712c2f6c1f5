"""Tables of parties."""

from __future__ import annotations

from typing import ClassVar

from django.db import models

from quai.core.kinds import NativeKey, Reference
from quai.parties.types import CustomerKind, PartyRole, Territory


class Party(Reference):
    """An identity that nothing can take away; all that may change about it is dated elsewhere."""

    class Meta:
        db_table = "parties_party"


class HouseParty(Reference):
    """Which party the house is: one row."""

    party = NativeKey(Party)
    only = models.BooleanField(default=True, unique=True)

    class Meta:
        db_table = "parties_house"
        constraints: ClassVar = [
            models.CheckConstraint(condition=models.Q(only=True), name="parties_house_is_one")
        ]


class Role(Reference):
    """A party is a publisher, a customer, a carrier from a date, or no longer is."""

    party = NativeKey(Party)
    role = models.CharField(max_length=12, choices=[(role.value, role.value) for role in PartyRole])
    from_on = models.DateField()
    ended = models.BooleanField(default=False)

    class Meta:
        db_table = "parties_role"
        indexes: ClassVar = [models.Index(fields=["role", "party", "from_on"], name="parties_role_in_force")]


class _PostalAddress(models.Model):
    name = models.CharField(max_length=120)
    street = models.CharField(max_length=120, blank=True, default="")
    street2 = models.CharField(max_length=120, blank=True, default="")
    postcode = models.CharField(max_length=12, blank=True, default="")
    city = models.CharField(max_length=80, blank=True, default="")
    country = models.CharField(max_length=2, default="FR")
    territory = models.CharField(
        max_length=12, choices=[(t.value, t.value) for t in Territory], default="mainland"
    )

    class Meta:
        abstract = True


class Profile(_PostalAddress, Reference):
    """What is said of a party from a date."""

    party = NativeKey(Party)
    from_on = models.DateField()
    legal_name = models.CharField(max_length=120, blank=True, default="")
    siren = models.CharField(max_length=9, blank=True, default="")
    vat_number = models.CharField(max_length=20, blank=True, default="")
    email = models.CharField(max_length=120, blank=True, default="")
    phone = models.CharField(max_length=30, blank=True, default="")
    iban = models.CharField(max_length=34, blank=True, default="")
    bic = models.CharField(max_length=11, blank=True, default="")
    customer_kind = models.CharField(max_length=12, choices=[(k.value, k.value) for k in CustomerKind])
    network = models.CharField(max_length=40, blank=True, default="")

    class Meta:
        db_table = "parties_profile"
        indexes: ClassVar = [
            models.Index(fields=["party", "-from_on", "-id"], name="parties_profile_in_force")
        ]


class Outlet(Reference):
    """A delivery address of a party."""

    party = NativeKey(Party)

    class Meta:
        db_table = "parties_outlet"
        indexes: ClassVar = [models.Index(fields=["party"], name="parties_outlet_of_party")]


class OutletProfile(_PostalAddress, Reference):
    """What is said of an outlet from a date."""

    outlet = NativeKey(Outlet)
    from_on = models.DateField()
    round_code = models.CharField(max_length=20, blank=True, default="")

    class Meta:
        db_table = "parties_outlet_profile"
        indexes: ClassVar = [
            models.Index(fields=["outlet", "-from_on", "-id"], name="parties_outlet_in_force")
        ]


class Gln(Reference):
    """A Global Location Number: 13 digits naming one party, or one outlet of it."""

    gln = models.CharField(max_length=13)
    party = NativeKey(Party)
    outlet = NativeKey(Outlet, null=True)

    class Meta:
        db_table = "parties_gln"
        constraints: ClassVar = [models.UniqueConstraint(fields=["gln"], name="parties_gln_gln")]
        indexes: ClassVar = [models.Index(fields=["party", "id"], name="parties_gln_of_party")]
