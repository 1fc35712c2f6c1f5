"""What is there before the day begins: the house, its publishers and booksellers, its terms and its bins."""

from __future__ import annotations

from datetime import date, datetime
from decimal import Decimal

from quai.access.types import Actor
from quai.demo.world import HOUSE_GLN, Customer, World
from quai.desk.founding import FOUNDED_ON, found
from quai.parties import actions as parties
from quai.parties.types import Address, NewOutlet, NewParty, PartyProfile, PartyRole
from quai.stock import actions as stock
from quai.stock.types import LocationKind, NewPlace
from quai.terms import actions as terms
from quai.terms.types import AccountView, MonthEnd, NewDiscount, NewPayment, PaymentTerm, Rhythm

HOUSE_NAME = "Maison Exemple"
HOUSE_SIREN = "552100554"
HOUSE_ADDRESS = Address(HOUSE_NAME, "12 quai des Libraires", "", "44000", "Nantes")
HOUSE_IBAN = "FR7630006000011234567890189"  # the example that banks print in their leaflets


def set_scene(world: World, *, at: datetime, by: Actor) -> None:
    """Found the house and bring its people on stage. Running it again is harmless."""
    found(
        name=HOUSE_NAME,
        siren=HOUSE_SIREN,
        gln=HOUSE_GLN,
        at=at,
        address=HOUSE_ADDRESS,
        iban=HOUSE_IBAN,
        bic="AGRIFRPP",
    )
    places = [NewPlace(code, LocationKind.PICK, n) for n, code in enumerate(world.locations, 1)]
    stock.open_places(site_code="D1", site_name="Dépôt", places=places, at=at, by=by)
    publishers = parties.register(parties=_publishers(world), from_on=FOUNDED_ON, at=at, by=by)
    customers = parties.register(parties=_customers(world), from_on=FOUNDED_ON, at=at, by=by)
    parties.add_outlets(outlets=_outlets(world, customers), from_on=FOUNDED_ON, at=at, by=by)
    _agree_terms(world, publishers, customers, at=at, by=by)


def _publishers(world: World) -> list[NewParty]:
    return [
        NewParty(
            glns=(one.gln,),
            roles=(PartyRole.PUBLISHER,),
            profile=PartyProfile(
                Address(one.name, "1 rue des Imprimeurs", "", "75006", "Paris"), one.name, one.siren
            ),
        )
        for one in world.publishers
    ]


def _customers(world: World) -> list[NewParty]:
    return [
        NewParty(
            glns=(one.gln,),
            roles=(PartyRole.CUSTOMER,),
            profile=PartyProfile(
                address=one.address,
                legal_name=one.address.name,
                siren=one.siren,
                vat_number=one.vat_number,
                customer_kind=one.kind,
                network=one.network,
                territory=one.territory,
            ),
        )
        for one in world.customers
    ]


def _outlets(world: World, customers: list[int]) -> list[NewOutlet]:
    return [
        NewOutlet(party_id, one.outlet_gln, _reserve(one), one.territory)
        for party_id, one in zip(customers, world.customers, strict=True)
        if one.outlet_gln
    ]


def _reserve(customer: Customer) -> Address:
    home = customer.address
    return Address(f"{home.name}, réserve", "Zone des Forges", "", home.postcode, home.city, home.country)


def _agree_terms(
    world: World, publishers: list[int], customers: list[int], *, at: datetime, by: Actor
) -> None:
    since = date(2020, 1, 1)
    discounts = [NewDiscount(from_on=since, base=Decimal(30))]
    discounts += [
        NewDiscount(from_on=since, publisher_id=party, base=Decimal(30 + n % 8))
        for n, party in enumerate(publishers)
    ]
    discounts += [
        NewDiscount(from_on=since, customer_id=party, base=Decimal(35), extra=Decimal(2))
        for n, party in enumerate(customers)
        if n % 6 == 0
    ]
    discounts.append(NewDiscount(from_on=since, network="LIBRAIRES DU SUD", base=Decimal(36)))
    discounts.append(NewDiscount(from_on=since, operation_code="RENTREE", base=Decimal(38), free_per=12))
    terms.enter_discounts(rows=discounts, at=at, by=by)
    accounts: dict[int | None, AccountView] = {
        party: AccountView(rhythm=Rhythm(one.rhythm))
        for party, one in zip(customers, world.customers, strict=True)
    }
    terms.set_account_terms(accounts=accounts, from_on=since, at=at, by=by)
    month_end = PaymentTerm(days=30, month_end=MonthEnd.AFTER)
    payments = [
        NewPayment(customer_id=party, term=month_end) for n, party in enumerate(customers) if n % 3 == 0
    ]
    terms.set_payment_terms(payments=payments, from_on=since, at=at, by=by)
    blocked = [party for party, one in zip(customers, world.customers, strict=True) if one.blocked]
    terms.hold(customers=blocked, reason="Deux échéances impayées", at=at, by=by)
