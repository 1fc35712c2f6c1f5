"""The people that lists name by their GLN: whom each row means, or why it cannot be known."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import fields, replace
from typing import Any

from quai.exchange.spreadsheet import cells
from quai.exchange.spreadsheet.shapes import Column, Entry, Row
from quai.parties import actions as parties
from quai.parties import queries
from quai.parties.types import Address, CustomerKind, NewParty, PartyProfile, PartyRole, Territory

CUSTOMER_NAMES = ("client", "gln client", "customer", "customer gln", "compte", "gln du client", "gln compte")
PUBLISHER_NAMES = ("éditeur", "gln éditeur", "publisher", "publisher gln", "gln de l’éditeur")
CARRIER_NAMES = ("transporteur", "gln transporteur", "carrier", "carrier gln", "gln du transporteur")
FROM = Column("from", ("à partir du", "from", "depuis", "depuis le", "from date", "date d’effet"), cells.day)
TERRITORIES = {
    Territory.MAINLAND: ("métropole", "france", "france métropolitaine"),
    Territory.CORSICA: ("corse",),
    Territory.OVERSEAS: ("outre-mer", "drom", "dom", "dom tom"),
    Territory.EU: ("ue", "union européenne", "intracommunautaire"),
    Territory.THIRD: ("pays tiers", "export", "hors ue"),
}
KINDS = {
    CustomerKind.SHOP: ("librairie", "libraire", "magasin"),
    CustomerKind.CENTRAL: ("centrale", "centrale d’achat"),
    CustomerKind.WHOLESALER: ("grossiste",),
    CustomerKind.SCHOOL: ("école", "établissement scolaire"),
    CustomerKind.LIBRARY: ("bibliothèque",),
    CustomerKind.PUBLIC_BODY: ("organisme public", "collectivité"),
    CustomerKind.PRIVATE: ("particulier",),
    CustomerKind.PUBLISHER: ("éditeur",),
    CustomerKind.PRESS: ("presse",),
    CustomerKind.UNKNOWN: ("inconnu", "autre"),
}
ADDRESS = (
    Column("name", ("nom", "name", "enseigne", "raison sociale"), cells.text(120), required=True),
    Column("street", ("rue", "street", "adresse", "address", "adresse 1"), cells.text(120)),
    Column("street2", ("complément", "street2", "adresse 2", "complément d’adresse", "address 2"), cells.text(120)),
    Column("postcode", ("code postal", "postcode", "cp", "zip"), cells.text(12)),
    Column("city", ("ville", "city", "commune"), cells.text(80)),
    Column("country", ("pays", "country", "code pays"), cells.country),
)  # fmt: skip
DETAILS = (
    Column("glns", ("autres gln", "other glns", "autres codes"), cells.codes13),
    Column("legal_name", ("dénomination légale", "legal name", "dénomination"), cells.text(120)),
    Column("siren", ("siren",), cells.digits(9)),
    Column("vat_number", ("numéro de tva", "vat number", "tva intracommunautaire", "n tva"), cells.packed(20)),
    Column("email", ("e-mail", "email", "courriel", "mail", "mél"), cells.text(120)),
    Column("phone", ("téléphone", "phone", "tél", "tel"), cells.text(30)),
    Column("iban", ("iban",), cells.packed(34)),
    Column("bic", ("bic",), cells.packed(11)),
    FROM,
)  # fmt: skip
# CGI, article 294: Guadeloupe, Martinique, Guyane, Réunion, Mayotte; other territories of 97 and 98 are third.
_OVERSEAS = ("971", "972", "973", "974", "976")
_OVERSEAS_COUNTRIES = {"GP", "MQ", "GF", "RE", "YT"}
_UNION = {
    "AT", "BE", "BG", "CY", "CZ", "DE", "DK", "EE", "ES", "FI", "GR", "HR", "HU", "IE", "IT", "LT", "LU", "LV", "MT",
    "NL", "PL", "PT", "RO", "SE", "SI", "SK",
}  # fmt: skip
_ADDRESS = {one.name for one in fields(Address)}
_PROFILE = {one.name for one in fields(PartyProfile)} - {"address"}


def named(*, key: str, names: tuple[str, ...], required: bool = False) -> Column:
    """The column that names somebody by GLN."""
    return Column(key, names, cells.code13, required=required)


def find(entry: Entry, key: str, role: PartyRole, *, called: str) -> dict[str, int]:
    """Find those whom a column names, and refuse the rows that name nobody of this role.

    :param called: the trade's word, with its article: « un client ».
    """
    owners = queries.by_gln({row.said(key) for row in entry.rows if row.said(key)})
    last = max([entry.today, *(row.said("from") or entry.today for row in entry.rows)])
    having = set(queries.with_role(role, on=last)) if owners else set()
    found: dict[str, int] = {}
    for row in entry.rows:
        gln = row.said(key)
        owner = owners.get(gln)
        if gln and owner is None:
            entry.refuse(row, key, f"le GLN {gln} n’est pas connu : faites d’abord entrer sa liste.")
        elif owner and owner.outlet_id is not None:
            entry.refuse(row, key, f"le GLN {gln} est celui d’un point de livraison, pas d’un compte.")
        elif owner and owner.party_id not in having:
            entry.refuse(row, key, f"le GLN {gln} n’est pas celui d’{called} de la maison.")
        elif owner:
            found[gln] = owner.party_id
    return found


def register(entry: Entry, key: str, role: PartyRole, *, kind: CustomerKind) -> None:
    """Register those whom the rows describe; what a row does not say of somebody known stays as it is."""
    owners = queries.by_gln(gln for row in entry.rows for gln in _glns(row, key))
    ours = queries.house().party_id
    claimed: dict[str, int] = {}
    for row in entry.rows:
        mine = {owners[gln] for gln in _glns(row, key) if gln in owners}
        twice = [gln for gln in _glns(row, key) if claimed.setdefault(gln, row.number) != row.number]
        if any(owner.outlet_id is not None for owner in mine):
            entry.refuse(row, key, "l’un de ces GLN est celui d’un point de livraison.")
        elif len({owner.party_id for owner in mine}) > 1:
            entry.refuse(row, key, "ces GLN sont déjà ceux de deux tiers : lequel est-ce ?")
        elif ours in {owner.party_id for owner in mine}:
            entry.refuse(row, key, "ce GLN est celui de la maison elle-même.")
        elif twice:
            entry.refuse(row, key, f"le GLN {twice[0]} est déjà donné par la ligne {claimed[twice[0]]}.")
    for on, rows in entry.by_day():
        before = queries.profiles({owner.party_id for owner in owners.values()}, on=on)
        new = []
        for row in rows:
            owner = next((owners[gln] for gln in _glns(row, key) if gln in owners), None)
            profile = before.get(owner.party_id) if owner else None
            new.append(NewParty(_glns(row, key), (role,), described(row, profile, kind=kind)))
        parties.register(parties=new, from_on=on, at=entry.at, by=entry.by)


def described(row: Row, before: PartyProfile | None, *, kind: CustomerKind) -> PartyProfile:
    """What is said of somebody once this row is read."""
    profile = before or PartyProfile(
        Address(row.said("name")), legal_name=row.said("name"), customer_kind=kind
    )
    said = _said(row, _PROFILE, {"customer_kind": kind, "territory": Territory.MAINLAND})
    home = address(row, profile.address)
    if "territory" not in said and (before is None or home != profile.address):
        said["territory"] = territory(home)
    return replace(profile, address=home, **said)


def territory(of: Address) -> Territory:
    """Where an address is for tax, when nobody says it."""
    if of.country in ("FR", "MC"):
        prefixes = {
            "20": Territory.CORSICA,
            "98": Territory.THIRD,
            **dict.fromkeys(_OVERSEAS, Territory.OVERSEAS),
        }
        prefixes |= dict.fromkeys(("975", "977", "978"), Territory.THIRD)
        code = of.postcode if of.country == "FR" else ""
        return prefixes.get(code[:3]) or prefixes.get(code[:2]) or Territory.MAINLAND
    if of.country in _OVERSEAS_COUNTRIES:
        return Territory.OVERSEAS
    return Territory.EU if of.country in _UNION else Territory.THIRD


def address(row: Row, before: Address) -> Address:
    """An address once this row is read."""
    return replace(before, **_said(row, _ADDRESS, {"country": "FR"}))


def _said(row: Row, names: Iterable[str], erased: dict[str, Any]) -> dict[str, Any]:
    return {name: row.said(name, erased=erased.get(name, "")) for name in names if name in row.values}


def _glns(row: Row, key: str) -> tuple[str, ...]:
    return (row.said(key), *(gln for gln in row.said("glns", ()) or () if gln != row.said(key)))
