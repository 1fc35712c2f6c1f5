"""Words about parties."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum
from typing import NamedTuple


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


@dataclass(frozen=True, slots=True)
class OutletView:
    """A delivery address as it stands on a day; `gln` is its first, empty when it has none."""

    party_id: int
    gln: str
    address: Address
    territory: Territory
    round_code: str


@dataclass(frozen=True, slots=True)
class House:
    """The house itself; the first of its GLNs is the main one."""

    party_id: int
    glns: tuple[str, ...]


class GlnOwner(NamedTuple):
    """What a GLN names: a party, or one outlet of it."""

    party_id: int
    outlet_id: int | None


class NamedPublisher(NamedTuple):
    """A publisher as a product file names it: by GLN, by name, or both."""

    gln: str
    name: str


def is_gln(text: str) -> bool:
    """Say whether a text has the form of a GLN, right check digit or not."""
    return len(text) == 13 and text.isascii() and text.isdigit()
