"""A small market for tests of terms: two shops, one in a network, a library, a reader; two publishers and titles."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import UTC, date, datetime

from quai.catalogue.models import Description, Product
from quai.parties.models import Party, Profile
from tests.cast import HOUSE_GLN, LONG_AGO

AT = datetime(2026, 3, 2, 9, tzinfo=UTC)
NETWORK = "Réseau"


@dataclass(frozen=True)
class Title:
    """What a title's product axes are."""

    id: int
    publisher_id: int
    imprint: str
    collection: str


@dataclass(frozen=True)
class Market:
    """Customers with their network, and titles."""

    networks: dict[int, str]
    titles: list[Title]
    kinds: dict[int, str]

    @property
    def customers(self) -> list[int]:
        return list(self.networks)

    @property
    def publishers(self) -> list[int]:
        return sorted({title.publisher_id for title in self.titles})


def market(act: int) -> Market:
    """Bring the market on stage."""
    people = [("Indépendante", "", "shop"), ("Membre", NETWORK, "shop"), ("Médiathèque", "", "library")]
    known = [(_party(act, *one), *one[1:]) for one in [*people, ("Mme Le G", NETWORK, "private")]]
    first, second = _party(act, "Phare", ""), _party(act, "Rivage", "")
    axes = [(first, "", ""), (first, "Corail", "Poche"), (first, "", "Poche"), (second, "Corail", "")]
    titles = [_title(act, rank, *one) for rank, one in enumerate(axes)]
    networks = {party: network for party, network, _ in known}
    return Market(networks, titles, {party: kind for party, _, kind in known})


def _party(act: int, name: str, network: str, kind: str = "shop") -> int:
    party = Party.objects.create(act_id=act)
    Profile.objects.create(
        party=party, from_on=LONG_AGO, name=name, network=network, customer_kind=kind, act_id=act
    )
    return party.id


def _title(act: int, rank: int, publisher_id: int, imprint: str, collection: str) -> Title:
    product = Product.objects.create(gtin=f"{9782000000000 + rank}", distributor_gln=HOUSE_GLN, act_id=act)
    Description.objects.create(
        product=product,
        from_on=LONG_AGO,
        publisher_id=publisher_id,
        imprint=imprint,
        collection=collection,
        title=f"Titre {rank}",
        act_id=act,
    )
    return Title(product.id, publisher_id, imprint, collection)


def day(number: int) -> date:
    """The days of March 2026."""
    return date(2026, 3, number)
