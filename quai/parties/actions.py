"""Verbs on parties."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from datetime import date, datetime

from django.db import transaction

from quai.access.types import Actor
from quai.core import journal, sql
from quai.core.refusals import Refusal
from quai.parties import queries
from quai.parties.models import HouseParty
from quai.parties.names import folded
from quai.parties.types import (
    Address,
    CustomerKind,
    GlnOwner,
    NamedPublisher,
    NewOutlet,
    NewParty,
    PartyProfile,
    PartyRole,
    is_gln,
)

NAME_LENGTH = 120
_ADDRESS = ("name", "street", "street2", "postcode", "city", "country")
_DETAILS = (
    "legal_name", "siren", "vat_number", "email", "phone", "iban", "bic",
    "customer_kind", "network", "territory",
)  # fmt: skip


class NotAGln(Refusal):
    """A GLN has 13 digits, which « %(gln)s » has not."""

    code = "parties.not_a_gln"


class GlnsOfTwoParties(Refusal):
    """The GLNs %(glns)s name two parties: which one is meant?"""

    code = "parties.glns_of_two_parties"


class GlnTaken(Refusal):
    """GLN %(gln)s already names something else."""

    code = "parties.gln_taken"


class AnotherHouse(Refusal):
    """This database already belongs to another house: party %(party_id)s."""

    code = "parties.another_house"


@transaction.atomic
def register(*, parties: Sequence[NewParty], from_on: date, at: datetime, by: Actor) -> list[int]:
    """Make these parties known, each found again by any of its GLNs; without one it is always a new party.

    Running it again adds nothing: GLNs and roles are added when missing, a profile when it differs from the
    one in force. Of two entries that share a GLN, the last one's profile holds.

    :returns: the id of each, in the order given.
    :raises NotAGln: not 13 digits (a wrong check digit is no obstacle).
    :raises GlnsOfTwoParties: its GLNs already belong to two parties.
    """
    for one in parties:
        _expect_glns(one.glns)
    sql.rows("parties/one_at_a_time.sql")
    owners = {gln: owner.party_id for gln, owner in queries.by_gln(_glns(parties)).items()}
    known = set(owners)
    ids: list[int] = []
    fresh = iter(sql.new_ids("parties_party", len(parties)))
    made: list[int] = []
    for one in parties:
        found = {owners[gln] for gln in one.glns if gln in owners}
        if len(found) > 1:
            raise GlnsOfTwoParties(glns=", ".join(one.glns))
        if not found:
            made.append(next(fresh))
        party_id = found.pop() if found else made[-1]
        owners.update(dict.fromkeys(one.glns, party_id))
        ids.append(party_id)
    described = {party_id: one.profile for party_id, one in zip(ids, parties, strict=True)}
    roles = dict.fromkeys((i, role) for i, one in zip(ids, parties, strict=True) for role in one.roles)
    held = _held_roles(roles, on=from_on)
    added: dict[str, Sequence[tuple[object, ...]]] = {
        "party": [(party_id,) for party_id in made],
        "gln": [(gln, owners[gln], None) for gln in dict.fromkeys(_glns(parties)) if gln not in known],
        "role": [(i, str(role), from_on, False) for i, role in roles if (i, role) not in held],
        "profile": list(_changed_profiles(described, from_on)),
    }
    _write("parties.register", added, at=at, by=by)
    return ids


@transaction.atomic
def register_publishers(
    *, named: Iterable[NamedPublisher], at: datetime, by: Actor, on: date
) -> dict[NamedPublisher, int]:
    """Find these publishers by GLN or by name, and register those that nobody knows.

    Nothing known of a publisher is changed by a file that merely names it. One with neither GLN nor name is
    left out of the answer.
    """
    asked = list(dict.fromkeys(named))
    found = queries.publishers(asked, on=on)
    if len(found) == len(asked):
        return found
    sql.rows("parties/one_at_a_time.sql")
    for by_what in (lambda one: one.gln, lambda one: folded(one.name)):  # a name alone may be that of a GLN
        found = queries.publishers(asked, on=on)
        unknown = {by_what(one): one for one in reversed(asked) if one not in found and by_what(one)}
        publishers = [_bare_publisher(one) for one in reversed(unknown.values())]
        register(parties=publishers, from_on=on, at=at, by=by)
    return queries.publishers(asked, on=on)


@transaction.atomic
def describe(*, profiles: Mapping[int, PartyProfile], from_on: date, at: datetime, by: Actor) -> None:
    """Say what is true of each party from a day; nothing is written for one of whom it already is."""
    _write("parties.describe", {"profile": list(_changed_profiles(profiles, from_on))}, at=at, by=by)


@transaction.atomic
def end_roles(*, roles: Iterable[tuple[int, PartyRole]], from_on: date, at: datetime, by: Actor) -> None:
    """Say that these parties no longer are this to the house from a day."""
    held = _held_roles(dict.fromkeys(roles), on=from_on)
    ended = [(party_id, str(role), from_on, True) for party_id, role in sorted(held)]
    _write("parties.end_roles", {"role": ended}, at=at, by=by)


@transaction.atomic
def add_outlets(*, outlets: Sequence[NewOutlet], from_on: date, at: datetime, by: Actor) -> list[int]:
    """Make these delivery addresses known, each found again by its GLN or, having none, by its address.

    :returns: the id of each, in the order given.
    :raises NotAGln: not 13 digits.
    :raises GlnTaken: the GLN names another party, or the party itself rather than an outlet of it.
    """
    _expect_glns(one.gln for one in outlets if one.gln)
    sql.rows("parties/one_at_a_time.sql")
    owners = queries.by_gln(one.gln for one in outlets if one.gln)
    parties = list({one.party_id for one in outlets})
    known = sql.rows("parties/outlets_of.sql", {"parties": parties, "on": from_on})
    before = {row.outlet_id: _outlet_record(row) for row in known}
    found: dict[object, int] = {gln: _outlet_of(owner, gln) for gln, owner in owners.items()}
    found |= {(row.party_id, _address_record(row)): row.outlet_id for row in reversed(known)}
    fresh = iter(sql.new_ids("parties_outlet", len(outlets)))
    ids: list[int] = []
    added: dict[str, list[tuple[object, ...]]] = {"outlet": [], "gln": []}
    for one in outlets:
        if one.gln in owners and owners[one.gln].party_id != one.party_id:
            raise GlnTaken(gln=one.gln)
        key = one.gln or (one.party_id, _address_record(one.address))
        if key not in found:
            found[key] = next(fresh)
            added["outlet"].append((found[key], one.party_id))
            if one.gln:
                added["gln"].append((one.gln, one.party_id, found[key]))
        ids.append(found[key])
    wanted = {outlet_id: _outlet_record(one) for outlet_id, one in zip(ids, outlets, strict=True)}
    added["outlet_profile"] = [
        (outlet_id, from_on, *record)
        for outlet_id, record in wanted.items()
        if before.get(outlet_id) != record
    ]
    _write("parties.add_outlets", added, at=at, by=by)
    return ids


@transaction.atomic
def become_house(*, party_id: int, at: datetime, by: Actor) -> None:
    """Say which party the house is, once and for all. Saying it again is harmless.

    :raises AnotherHouse: another party is the house already.
    """
    sql.rows("parties/one_at_a_time.sql")
    known = HouseParty.objects.values_list("party_id", flat=True).first()
    if known not in (None, party_id):
        raise AnotherHouse(party_id=known)
    added = [] if known else [(party_id, True)]
    _write("parties.become_house", {"house": added}, at=at, by=by)


_COLUMNS = {
    "party": ("id",),
    "house": ("party_id", "only"),
    "outlet": ("id", "party_id"),
    "gln": ("gln", "party_id", "outlet_id"),
    "role": ("party_id", "role", "from_on", "ended"),
    "profile": ("party_id", "from_on", *_ADDRESS, *_DETAILS),
    "outlet_profile": ("outlet_id", "from_on", *_ADDRESS, "territory", "round_code"),
}


def _write(verb: str, added: Mapping[str, Sequence[tuple[object, ...]]], *, at: datetime, by: Actor) -> None:
    """Write the rows of each table, parents first, under one act; nothing to write, no act."""
    if not any(added.values()):
        return
    act = journal.record(verb, at=at, by=by)
    for table, records in added.items():
        if records:
            columns = (*_COLUMNS[table], "act_id")
            sql.copy_in(f"parties_{table}", columns, ((*record, act) for record in records))


def _changed_profiles(profiles: Mapping[int, PartyProfile], from_on: date) -> Iterator[tuple[object, ...]]:
    before = queries.profiles(profiles, on=from_on)
    for party_id, profile in profiles.items():
        if before.get(party_id) != profile:
            details = (str(getattr(profile, name)) for name in _DETAILS)
            yield (party_id, from_on, *_address_record(profile.address), *details)


def _held_roles(roles: Iterable[tuple[int, PartyRole]], *, on: date) -> set[tuple[int, PartyRole]]:
    asked = set(roles)
    known = sql.rows(
        "parties/roles.sql",
        {"parties": list({i for i, _ in asked}), "roles": list({str(role) for _, role in asked}), "on": on},
    )
    return {(row.party_id, PartyRole(row.role)) for row in known} & asked


def _bare_publisher(named: NamedPublisher) -> NewParty:
    profile = PartyProfile(
        Address((named.name or named.gln)[:NAME_LENGTH]), customer_kind=CustomerKind.PUBLISHER
    )
    return NewParty((named.gln,) if named.gln else (), (PartyRole.PUBLISHER,), profile)


def _outlet_of(owner: GlnOwner, gln: str) -> int:
    if owner.outlet_id is None:
        raise GlnTaken(gln=gln)
    return owner.outlet_id


def _address_record(said: Address | sql.Row) -> tuple[str, ...]:
    return tuple(getattr(said, name) for name in _ADDRESS)


def _outlet_record(said: NewOutlet | sql.Row) -> tuple[str, ...]:
    address = said.address if isinstance(said, NewOutlet) else said
    return (*_address_record(address), str(said.territory), said.round_code)


def _glns(parties: Iterable[NewParty]) -> Iterator[str]:
    return (gln for one in parties for gln in one.glns)


def _expect_glns(glns: Iterable[str]) -> None:
    for gln in glns:
        if not is_gln(gln):
            raise NotAGln(gln=gln)
