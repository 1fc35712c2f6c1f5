"""The list of account terms; a row without a customer is what the house gives by default."""

from __future__ import annotations

from dataclasses import fields, replace

from quai.exchange.spreadsheet import cells, people
from quai.exchange.spreadsheet.shapes import Column, Entry, Row, Shape
from quai.orders.types import BackorderPolicy
from quai.parties.types import PartyRole
from quai.terms import actions as terms
from quai.terms import queries
from quai.terms.types import LOWEST_CEILING, AccountView, Rhythm, SaleMode

SALE_MODES = {
    SaleMode.SALE_OR_RETURN: ("vente avec faculté de retour", "retour", "sale or return", "avec retour"),
    SaleMode.FIRM: ("ferme", "compte ferme"),
    SaleMode.CONSIGNMENT: ("dépôt",),
}
POLICIES = {
    BackorderPolicy.KEEP: ("noter", "garder", "à noter"),
    BackorderPolicy.DROP: ("ne pas noter", "abandonner", "non noté"),
    BackorderPolicy.KEEP_IF_NEW: ("noter si nouveauté", "si nouveauté", "keep if new"),
}
RHYTHMS = {
    Rhythm.PER_NOTE: ("à la livraison", "par bon", "bl", "per note"),
    Rhythm.TEN_DAYS: ("dix jours", "décade", "10 jours", "ten days"),
    Rhythm.MONTH: ("mois", "mensuel", "mensuelle"),
}
_GIVEN = {one.name for one in fields(AccountView)} - {"carrier_id"}


def _enter(entry: Entry) -> None:
    customers = people.find(entry, "customer", PartyRole.CUSTOMER, called="un client")
    carriers = people.find(entry, "carrier", PartyRole.CARRIER, called="un transporteur")
    for on, rows in entry.by_day():
        # An account that has none of its own begins with the house's default, which the list may say first.
        for group in (
            [row for row in rows if not row.said("customer")],
            [r for r in rows if r.said("customer")],
        ):
            whose = [customers[row.said("customer")] if row.said("customer") else None for row in group]
            before = queries.accounts([party or 0 for party in whose], on=on)  # nobody is 0: the default
            given = {
                party: _given(row, before[party or 0], carriers)
                for party, row in zip(whose, group, strict=True)
            }
            if given:
                terms.set_account_terms(accounts=given, from_on=on, at=entry.at, by=entry.by)


def _given(row: Row, before: AccountView, carriers: dict[str, int]) -> AccountView:
    usual = AccountView()
    said = {name: row.said(name, erased=getattr(usual, name)) for name in _GIVEN if name in row.values}
    if "carrier" in row.values:
        said["carrier_id"] = carriers.get(row.said("carrier"))
    return replace(before, **said)


_MONEY = cells.amount(9_999_999)
ACCOUNTS = Shape(
    kind="account_terms",
    title="la liste des conditions de compte",
    columns=(
        people.named(key="customer", names=people.CUSTOMER_NAMES),
        Column("name", ("nom", "name"), memo=True),
        Column(
            "backorder_policy",
            ("notation", "notés", "backorder policy", "backorders"),
            cells.choice(POLICIES),
        ),
        Column("rhythm", ("rythme", "rhythm", "facturation", "rythme de facturation"), cells.choice(RHYTHMS)),
        Column("sale_mode", ("mode de vente", "sale mode"), cells.choice(SALE_MODES)),
        Column("whole_order_only", ("commande entière", "whole order only"), cells.yes_no),
        Column("order_minimum", ("minimum", "order minimum", "minimum de commande"), _MONEY),
        Column("carriage_paid_from", ("franco", "carriage paid from", "franco à partir de"), _MONEY),
        Column("carriage_fee", ("port", "carriage fee", "frais de port", "carriage"), _MONEY),
        Column(
            "credit_limit",
            ("plafond", "credit limit", "encours", "plafond d’encours"),
            cells.amount(999_999_999),
        ),
        people.named(key="carrier", names=people.CARRIER_NAMES),
        Column(
            "grouped_for_days",
            ("groupage", "grouped days", "jours de groupage", "grouped for days"),
            cells.whole(0, 365),
        ),
        Column(
            "quantity_ceiling",
            ("plafond de quantité", "quantity ceiling"),
            cells.whole(LOWEST_CEILING, cells.LARGEST_QUANTITY),
        ),
        Column("shipping_days", ("jours d’expédition", "shipping days"), cells.weekdays),
        people.FROM,
    ),
    marks=("customer",),
    any_of=(
        "rhythm",
        "backorder_policy",
        "sale_mode",
        "whole_order_only",
        "order_minimum",
        "carriage_paid_from",
        "carriage_fee",
        "credit_limit",
        "carrier",
        "grouped_for_days",
        "quantity_ceiling",
        "shipping_days",
    ),
    key=("customer", "from"),
    enter=_enter,
)
