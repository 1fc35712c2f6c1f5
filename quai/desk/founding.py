"""Found a house: its node, its party, its depot, its chart of accounts, the terms it starts with."""

from __future__ import annotations

from datetime import date, datetime

from django.db import transaction
from stdnum import iban as ibans
from stdnum import luhn

from quai.access.actions import system
from quai.access.types import Actor
from quai.accounts import actions as accounts
from quai.core import house as clock
from quai.core import nodes
from quai.core.refusals import Refusal
from quai.parties import actions as parties
from quai.parties import queries as known
from quai.parties.types import Address, CustomerKind, House, NewParty, PartyProfile, PartyRole
from quai.stock import actions as stock
from quai.stock.types import LocationKind, NewPlace
from quai.terms import actions as terms
from quai.terms.types import AccountView, NewPayment

FOUNDED_ON = date(2000, 1, 1)  # default terms hold for every day the house may have to write about
FIRST_PLACES = (
    NewPlace("RESERVE", LocationKind.BULK, 900_000),
    NewPlace("QUAI", LocationKind.STAGING, 0),
    NewPlace("RETOURS", LocationKind.RETURNS, 0),
)


class NotASiren(Refusal):
    """%(siren)s is not a SIREN: nine digits whose key holds."""

    code = "desk.not_a_siren"


class NotAGln(Refusal):
    """%(gln)s is not a GLN: thirteen digits."""

    code = "desk.not_a_gln"


class NotAnIban(Refusal):
    """%(iban)s is not an IBAN: its length or its key does not hold."""

    code = "desk.not_an_iban"


class NoName(Refusal):
    """A house has a name: it is printed on its invoices."""

    code = "desk.no_name"


class AlreadyFounded(Refusal):
    """This house is founded already: %(name)s, %(gln)s."""

    code = "desk.already_founded"


def found(
    *,
    name: str,
    siren: str,
    gln: str,
    at: datetime,
    address: Address | None = None,
    iban: str = "",
    bic: str = "",
) -> House:
    """Found a house in an empty database. Running it again is harmless.

    :raises NoName, NotASiren, NotAGln, NotAnIban: see `judge`.
    :raises AlreadyFounded: another house is there.
    """
    judge(name=name, siren=siren, gln=gln, iban=iban)
    nodes.become(number=nodes.MAIN_SITE, name="Siège", at=at)
    profile = PartyProfile(
        address=address or Address(name),
        legal_name=name,
        siren=siren,
        vat_number=f"FR{(12 + 3 * (int(siren) % 97)) % 97:02d}{siren}",
        iban=iban,
        bic=bic,
        customer_kind=CustomerKind.UNKNOWN,
    )
    _refuse_another(gln=gln, siren=siren, name=name, at=at)
    return _open_house(NewParty(glns=(gln,), roles=(PartyRole.HOUSE,), profile=profile), at=at, by=system())


def judge(*, name: str, siren: str, gln: str, iban: str = "") -> None:
    """Refuse a house whose own numbers are wrong, before anything of it is made.

    The key of a GLN is not asked to hold: those of some of the largest houses of the trade do not.

    :raises NoName, NotASiren, NotAGln, NotAnIban: what does not hold.
    """
    if not name.strip():
        raise NoName
    if not (siren.isascii() and siren.isdigit() and len(siren) == 9 and luhn.is_valid(siren)):
        raise NotASiren(siren=siren)
    if not (gln.isascii() and gln.isdigit() and len(gln) == 13):
        raise NotAGln(gln=gln)
    if iban and not ibans.is_valid(iban):
        raise NotAnIban(iban=iban)


def founded(*, at: datetime) -> tuple[str, str] | None:
    """The name and the GLN of the house of this database, if it is founded."""
    try:
        house = known.house()
    except known.NoHouse:
        return None
    profile = known.profiles([house.party_id], on=clock.day(at))[house.party_id]
    return profile.legal_name, house.glns[0]


def _refuse_another(*, gln: str, siren: str, name: str, at: datetime) -> None:
    """A house is founded once: who it is changes by a dated profile, not by founding it again."""
    try:
        house = known.house()
    except known.NoHouse:
        return
    profile = known.profiles([house.party_id], on=clock.day(at))[house.party_id]
    if (house.glns[0], profile.siren, profile.legal_name) != (gln, siren, name):
        raise AlreadyFounded(name=profile.legal_name, gln=house.glns[0])


@transaction.atomic
def _open_house(party: NewParty, *, at: datetime, by: Actor) -> House:
    [party_id] = parties.register(parties=[party], from_on=FOUNDED_ON, at=at, by=by)
    parties.become_house(party_id=party_id, at=at, by=by)
    _open(at=at, by=by)
    return known.house()


def _open(*, at: datetime, by: Actor) -> None:
    stock.open_places(site_code="D1", site_name="Dépôt", places=FIRST_PLACES, at=at, by=by)
    accounts.open_chart(at=at, by=by)
    terms.set_account_terms(accounts={None: AccountView()}, from_on=FOUNDED_ON, at=at, by=by)
    terms.set_payment_terms(payments=[NewPayment()], from_on=FOUNDED_ON, at=at, by=by)
    terms.load_territory_vat(at=at, by=by)
    terms.load_caps(at=at, by=by)
