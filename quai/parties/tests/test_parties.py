"""Parties: found again by their GLNs, described by dated rows, a wrong check digit only warned of."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, date, datetime

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from quai.access.types import Actor
from quai.parties import actions, checks, queries
from quai.parties.models import Gln, Outlet, OutletProfile, Party, Profile, Role
from quai.parties.names import folded
from quai.parties.types import (
    Address,
    CustomerKind,
    House,
    NamedPublisher,
    NewOutlet,
    NewParty,
    PartyProfile,
    PartyRole,
    Territory,
)

AT = datetime(2026, 3, 2, 9, tzinfo=UTC)
TODAY, TOMORROW = date(2026, 3, 2), date(2026, 3, 3)
SHOP, SECOND, OTHER, WRONG = "3025993020900", "3025993020917", "3025993020924", "3025993020901"
PROFILE = PartyProfile(
    Address("Librairie L’Embellie", "3 rue du Port", postcode="29200", city="Brest"), network="RL"
)
TABLES = (Party, Gln, Role, Profile, Outlet, OutletProfile)

pytestmark = pytest.mark.django_db


def rows() -> list[int]:
    return [table.objects.count() for table in TABLES]


def register(actor: Actor, *parties: NewParty, from_on: date = TODAY) -> list[int]:
    return actions.register(parties=parties, from_on=from_on, at=AT, by=actor)


def shop(*glns: str, profile: PartyProfile = PROFILE) -> NewParty:
    return NewParty(glns, (PartyRole.CUSTOMER,), profile)


def test_a_party_has_several_glns_and_is_found_by_any(actor: Actor) -> None:
    [first] = register(actor, shop(SHOP))
    [again] = register(actor, shop(SECOND, SHOP))
    assert again == first
    assert {gln: owner.party_id for gln, owner in queries.by_gln([SHOP, SECOND, OTHER]).items()} == {
        SHOP: first,
        SECOND: first,
    }


def test_registering_again_writes_nothing(actor: Actor) -> None:
    register(actor, shop(SHOP, SECOND), shop(OTHER))
    before = rows()
    register(actor, shop(SHOP, SECOND), shop(OTHER))
    assert rows() == before


def test_a_new_address_is_a_new_row_from_its_day(actor: Actor) -> None:
    [party] = register(actor, shop(SHOP))
    moved = replace(PROFILE, address=replace(PROFILE.address, city="Quimper"))
    register(actor, shop(SHOP, profile=moved), from_on=TOMORROW)
    assert queries.profiles([party], on=TODAY)[party] == PROFILE
    assert queries.profiles([party], on=TOMORROW)[party] == moved
    assert queries.profiles([party], on=date(2026, 3, 1)) == {}


def test_a_wrong_check_digit_warns_and_never_rejects(actor: Actor) -> None:
    [party] = register(actor, shop(WRONG))
    assert queries.by_gln([WRONG])[WRONG].party_id == party
    assert queries.wrong_check_digit(WRONG)
    assert not queries.wrong_check_digit(SHOP)
    with pytest.raises(actions.NotAGln):
        register(actor, shop("12345"))


def test_two_parties_are_never_merged_by_a_file(actor: Actor) -> None:
    register(actor, shop(SHOP), shop(OTHER))
    with pytest.raises(actions.GlnsOfTwoParties):
        register(actor, shop(SHOP, OTHER))


def test_a_gln_named_twice_in_one_file_is_one_party(actor: Actor) -> None:
    first, second = register(actor, shop(SHOP), shop(SHOP, SECOND))
    assert first == second
    assert Party.objects.count() == 1


def test_roles_end_and_begin_again(actor: Actor) -> None:
    [party] = register(actor, shop(SHOP))
    actions.end_roles(roles=[(party, PartyRole.CUSTOMER)], from_on=TOMORROW, at=AT, by=actor)
    assert queries.with_role(PartyRole.CUSTOMER, on=TODAY) == [party]
    assert queries.with_role(PartyRole.CUSTOMER, on=TOMORROW) == []
    register(actor, shop(SHOP), from_on=date(2026, 4, 1))
    assert queries.with_role(PartyRole.CUSTOMER, on=date(2026, 4, 1)) == [party]


def test_outlets_are_found_by_gln_or_by_address(actor: Actor) -> None:
    [party] = register(actor, shop(SHOP))
    store = NewOutlet(party, SECOND, Address("Réserve", city="Brest"), Territory.MAINLAND, "R1")
    kiosk = NewOutlet(party, "", Address("Kiosque", city="Ajaccio"), Territory.CORSICA)
    first = actions.add_outlets(outlets=[store, kiosk], from_on=TODAY, at=AT, by=actor)
    before = rows()
    assert actions.add_outlets(outlets=[store, kiosk], from_on=TODAY, at=AT, by=actor) == first
    assert rows() == before
    seen = queries.outlets(first, on=TODAY)
    assert (seen[first[0]].gln, seen[first[0]].round_code) == (SECOND, "R1")
    assert (seen[first[1]].gln, seen[first[1]].territory) == ("", Territory.CORSICA)
    assert queries.by_gln([SECOND])[SECOND] == (party, first[0])
    with pytest.raises(actions.GlnTaken):
        actions.add_outlets(outlets=[replace(store, gln=SHOP)], from_on=TODAY, at=AT, by=actor)


def test_the_house_is_one_party(actor: Actor) -> None:
    with pytest.raises(queries.NoHouse):
        queries.house()
    house, other = register(actor, shop(SHOP, SECOND), shop(OTHER))
    for _ in range(2):
        actions.become_house(party_id=house, at=AT, by=actor)
    assert queries.house() == House(house, (SHOP, SECOND))
    with pytest.raises(actions.AnotherHouse):
        actions.become_house(party_id=other, at=AT, by=actor)


def test_a_publisher_is_found_by_gln_or_name_else_registered(actor: Actor) -> None:
    named = [
        NamedPublisher("", "Éditions du Phare"),
        NamedPublisher("", "EDITIONS  DU PHARE"),
        NamedPublisher("3010000000014", "Phare (Éditions)"),
        NamedPublisher("3010000000014", "Éditions du Phare"),
        NamedPublisher("", ""),
    ]
    found = actions.register_publishers(named=named, at=AT, by=actor, on=TODAY)
    assert set(found) == set(named[:4])
    assert found[named[0]] == found[named[1]]
    assert found[named[2]] == found[named[3]]
    before = rows()
    assert actions.register_publishers(named=named, at=AT, by=actor, on=TODAY) == found
    assert rows() == before
    assert queries.profiles(found.values(), on=TODAY)[found[named[0]]].customer_kind is CustomerKind.PUBLISHER


def test_names_are_found_whatever_accents_and_capitals() -> None:
    assert folded("  Éditions  de l’ŒUVRE ") == "editions de l'oeuvre"


def test_two_hundred_parties_take_as_many_statements_as_two(actor: Actor) -> None:
    def statements(count: int, first: int) -> int:
        parties = [shop(f"{3_020_000_000_000 + first + rank}") for rank in range(count)]
        with CaptureQueriesContext(
            connection,
        ) as captured:
            register(actor, *parties)
        return len(captured)

    assert statements(200, 1000) == statements(2, 0)


def test_every_check_is_silent_and_finds_what_is_broken(actor: Actor, act: int) -> None:
    party, other = register(actor, shop(SHOP), shop(OTHER))
    assert [finding for check in checks.CHECKS for finding in check()] == []
    outlet = Outlet.objects.create(party_id=party, act_id=act)
    Gln.objects.create(gln=SECOND, party_id=other, outlet=outlet, act_id=act)
    assert [f.code for check in checks.CHECKS for f in check()] == [
        "parties.stray_outlet_gln",
        "parties.undescribed",
    ]
