"""Words about parties."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum


class PartyRole(StrEnum):
    """What a party is to the house; it may be several things."""

    HOUSE = "house"
    PUBLISHER = "publisher"
    CUSTOMER = "customer"
    CARRIER = "carrier"


class CustomerKind(StrEnum):
    """Decides discount caps and mentions (loi Lang)."""

    SHOP = "shop"
    CENTRAL = "central"
    WHOLESALER = "wholesaler"
    SCHOOL = "school"
    LIBRARY = "library"
    PUBLIC_BODY = "public_body"
    PRIVATE = "private"
    PUBLISHER = "publisher"
    PRESS = "press"
    UNKNOWN = "unknown"


class Territory(StrEnum):
    """Where a delivery is for tax; what each means is data of `terms`."""

    MAINLAND = "mainland"
    CORSICA = "corsica"
    OVERSEAS = "overseas"  # Guadeloupe, Martinique, Réunion, Guyane, Mayotte: exports for us
    EU = "eu"
    THIRD = "third"


@dataclass(frozen=True, slots=True)
class Address:
    """Where letters and parcels go. `country` is ISO 3166-1 alpha-2."""

    name: str
    street: str = ""
    street2: str = ""
    postcode: str = ""
    city: str = ""
    country: str = "FR"


@dataclass(frozen=True, slots=True)
class PartyProfile:
    """All that is said of a party from a date; the whole profile is one dated row."""

    address: Address
    legal_name: str = ""
    siren: str = ""
    vat_number: str = ""
    email: str = ""
    phone: str = ""
    iban: str = ""
    bic: str = ""
    customer_kind: CustomerKind = CustomerKind.SHOP
    network: str = ""
    territory: Territory = Territory.MAINLAND


@dataclass(frozen=True, slots=True)
class NewParty:
    """A party to register: its first GLN is the one it is known by."""

    glns: tuple[str, ...]
    roles: tuple[PartyRole, ...]
    profile: PartyProfile


@dataclass(frozen=True, slots=True)
class NewOutlet:
    """A delivery address of a party, with its own GLN or none."""

    party_id: int
    gln: str
    address: Address
    territory: Territory = Territory.MAINLAND
    round_code: str = ""
