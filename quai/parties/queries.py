"""Answers about parties."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date
from functools import lru_cache

from stdnum import ean

from quai.core import sql
from quai.core.refusals import Refusal
from quai.parties.names import folded
from quai.parties.types import (
    Address,
    CustomerKind,
    GlnOwner,
    House,
    NamedPublisher,
    OutletView,
    PartyProfile,
    PartyRole,
    Territory,
    is_gln,
)


class NoHouse(Refusal):
    """No party is said to be the house yet."""

    code = "parties.no_house"


def by_gln(glns: Iterable[str]) -> dict[str, GlnOwner]:
    """Find whom each GLN names; a GLN that nobody has is left out."""
    found = sql.rows("parties/owners.sql", {"glns": list(set(glns))})
    return {row.gln: GlnOwner(row.party_id, row.outlet_id) for row in found}


def house() -> House:
    """Name the house and its GLNs, the main one first.

    :raises NoHouse: `become_house` was never called.
    """
    found = sql.rows("parties/house.sql")
    if not found:
        raise NoHouse
    return House(found[0].party_id, tuple(found[0].glns))


def profiles(party_ids: Iterable[int], *, on: date) -> dict[int, PartyProfile]:
    """Give what is said of each party on a day; one that nothing is said of yet is left out."""
    found = sql.rows("parties/profiles.sql", {"parties": list(set(party_ids)), "on": on})
    return {row.party_id: _profile(row) for row in found}


def outlets(outlet_ids: Iterable[int], *, on: date) -> dict[int, OutletView]:
    """Give each delivery address as it stands on a day."""
    found = sql.rows("parties/outlets.sql", {"outlets": list(set(outlet_ids)), "on": on})
    return {
        row.outlet_id: OutletView(
            row.party_id, row.gln, _address(row), Territory(row.territory), row.round_code
        )
        for row in found
    }


def names(party_ids: Iterable[int], *, on: date) -> dict[int, str]:
    """Give the name of each party on a day."""
    found = sql.rows("parties/profiles.sql", {"parties": list(set(party_ids)), "on": on})
    return {row.party_id: row.name for row in found}


def with_role(role: PartyRole, *, on: date) -> list[int]:
    """List the parties that have a role on a day, by id."""
    return [row.party_id for row in sql.rows("parties/with_role.sql", {"role": str(role), "on": on})]


def publishers(named: Iterable[NamedPublisher], *, on: date) -> dict[NamedPublisher, int]:
    """Find publishers by GLN, else by name among the parties that publish, whatever accents and capitals.

    Of two publishers of one name, the first registered; one that nobody knows is left out.
    """
    asked = set(named)
    owners = by_gln(one.gln for one in asked if one.gln)
    by_name: dict[str, int] = {}
    for party_id, name in sorted(names(with_role(PartyRole.PUBLISHER, on=on), on=on).items()):
        by_name.setdefault(folded(name), party_id)
    found: dict[NamedPublisher, int] = {}
    for one in asked:
        if one.gln in owners:
            found[one] = owners[one.gln].party_id
        elif folded(one.name) in by_name:
            found[one] = by_name[folded(one.name)]
    return found


@lru_cache(maxsize=65_536)
def wrong_check_digit(gln: str) -> bool:
    """Say whether the GS1 check digit of these 13 digits is wrong: a warning, never a refusal."""
    return not is_gln(gln) or ean.calc_check_digit(gln[:-1]) != gln[-1]


def _address(row: sql.Row) -> Address:
    return Address(row.name, row.street, row.street2, row.postcode, row.city, row.country)


def _profile(row: sql.Row) -> PartyProfile:
    return PartyProfile(
        address=_address(row),
        legal_name=row.legal_name,
        siren=row.siren,
        vat_number=row.vat_number,
        email=row.email,
        phone=row.phone,
        iban=row.iban,
        bic=row.bic,
        customer_kind=CustomerKind(row.customer_kind),
        network=row.network,
        territory=Territory(row.territory),
    )
