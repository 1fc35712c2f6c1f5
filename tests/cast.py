"""The cast: the same few people and titles in every test.

A publisher, a rival publisher who must never see the first one's data, a good bookseller, a blocked one; a small
depot. Rows are written directly, so that a package's tests need no package above it.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import date
from decimal import Decimal

from quai.catalogue.models import Availability, Description, Price, PricePart, Product
from quai.core.money import net_of_tax
from quai.parties.models import Gln, HouseParty, Outlet, OutletProfile, Party, Profile, Role
from quai.parties.types import PartyRole
from quai.stock.models import Location, Site
from quai.stock.types import LocationKind
from quai.terms.models import AccountTerms, Hold, Payment, TerritoryVat

LONG_AGO = date(2020, 1, 1)
HOUSE_GLN = "3012999000012"
SHOP_GLN = "3025993020900"
SHOP_OUTLET_GLN = "3025993020917"
BLOCKED_GLN = "3025993020924"


@dataclass
class Cast:
    """Ids of everybody and everything, by name."""

    house: int = 0
    publisher: int = 0
    rival: int = 0
    shop: int = 0
    shop_outlet: int = 0
    blocked: int = 0
    site: int = 0
    places: dict[str, int] = field(default_factory=dict)
    titles: dict[str, int] = field(default_factory=dict)


def make(act: int) -> Cast:
    """Bring the cast on stage."""
    cast = Cast()
    cast.house = party(act, "Maison Exemple", HOUSE_GLN, PartyRole.HOUSE, siren="552100554")
    HouseParty.objects.create(party_id=cast.house, act_id=act)
    cast.publisher = party(act, "Éditions du Phare", "3010000000014", PartyRole.PUBLISHER)
    cast.rival = party(act, "Éditions Rivales", "3010000000021", PartyRole.PUBLISHER)
    cast.shop = party(act, "Librairie L’Embellie", SHOP_GLN, PartyRole.CUSTOMER, siren="732829320")
    outlet = Outlet.objects.create(party_id=cast.shop, act_id=act)
    OutletProfile.objects.create(
        outlet=outlet,
        from_on=LONG_AGO,
        name="L’Embellie, réserve",
        street="3 rue du Port",
        postcode="29200",
        city="Brest",
        act_id=act,
    )
    Gln.objects.create(gln=SHOP_OUTLET_GLN, party_id=cast.shop, outlet=outlet, act_id=act)
    cast.shop_outlet = outlet.id
    cast.blocked = party(act, "Librairie Bloquée", BLOCKED_GLN, PartyRole.CUSTOMER)
    Hold.objects.create(customer_id=cast.blocked, from_on=LONG_AGO, held=True, act_id=act)
    AccountTerms.objects.create(from_on=LONG_AGO, act_id=act)
    Payment.objects.create(from_on=LONG_AGO, days=60, act_id=act)
    TerritoryVat.objects.create(
        territory="mainland",
        mainland_rate=Decimal("5.50"),
        from_on=LONG_AGO,
        rate=Decimal("5.50"),
        category="S",
        source="CGI 278-0 bis",
        act_id=act,
    )
    cast.site = Site.objects.create(code="D1", name="Dépôt", act_id=act).id
    _places(cast, act)
    return cast


def party(act: int, name: str, gln: str, role: PartyRole, *, siren: str = "") -> int:
    """A party with one GLN, one role and a mainland address."""
    made = Party.objects.create(act_id=act)
    Gln.objects.create(gln=gln, party=made, act_id=act)
    Role.objects.create(party=made, role=role, from_on=LONG_AGO, act_id=act)
    Profile.objects.create(
        party=made,
        from_on=LONG_AGO,
        name=name,
        legal_name=name,
        siren=siren,
        street="1 rue Haute",
        postcode="75001",
        city="Paris",
        customer_kind="shop",
        act_id=act,
    )
    return made.id


def title(
    cast: Cast,
    act: int,
    name: str,
    gtin: str,
    *,
    price: str | None = "20.00",
    code: str = "20",
    publisher: int = 0,
) -> int:
    """A title on sale since long ago, at one price and 5.5 % VAT; None: its price is not known yet."""
    product = Product.objects.create(gtin=gtin, distributor_gln=HOUSE_GLN, act_id=act)
    Description.objects.create(
        product=product,
        from_on=LONG_AGO,
        publisher_id=publisher or cast.publisher,
        title=name,
        weight_g=300,
        act_id=act,
    )
    Availability.objects.create(product=product, from_on=LONG_AGO, code=code, act_id=act)
    cast.titles[name] = product.id
    if price is not None:
        priced(act, product.id, price)
    return product.id


def priced(act: int, product_id: int, price: str, *, from_on: date = LONG_AGO) -> None:
    """A price from a day, 5.5 % VAT."""
    amount, rate = Decimal(price), Decimal("5.50")
    row = Price.objects.create(product_id=product_id, from_on=from_on, retail_price=amount, act_id=act)
    PricePart.objects.create(
        price=row,
        position=1,
        vat_rate=rate,
        retail_price=amount,
        retail_price_net=net_of_tax(amount, rate),
        act_id=act,
    )


def _places(cast: Cast, act: int) -> None:
    real = [("A-01", LocationKind.PICK, 1), ("A-02", LocationKind.PICK, 2), ("R-01", LocationKind.BULK, 900)]
    for code, kind, walk in [*real, ("QUAI", LocationKind.STAGING, 0)]:
        cast.places[code] = Location.objects.create(
            site_id=cast.site, code=code, kind=kind, walk_order=walk, act_id=act
        ).id
    for virtual in ("supplier", "customer", "publisher", "pulp", "loss", "found"):
        cast.places[virtual] = Location.objects.create(code=virtual.upper(), kind=virtual, act_id=act).id
