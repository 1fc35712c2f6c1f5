"""The list of discounts; an axis left empty means all."""

from __future__ import annotations

from decimal import Decimal

from quai.catalogue import queries as catalogue
from quai.exchange.spreadsheet import cells, people
from quai.exchange.spreadsheet.lists.accounts import SALE_MODES
from quai.exchange.spreadsheet.shapes import Column, Entry, Row, Shape
from quai.orders.types import Kind
from quai.parties import queries as parties
from quai.parties.types import PartyRole
from quai.terms import actions as terms
from quai.terms.types import DiscountMethod, NewDiscount, PriceDay

METHODS = {DiscountMethod.POINTS: ("points",), DiscountMethod.CASCADE: ("cascade",)}
PRICE_DAYS = {PriceDay.ORDER: ("commande", "réception"), PriceDay.SHIPPING: ("expédition", "livraison")}
KINDS = {
    Kind.RESTOCK: ("réassort",),
    Kind.ADVANCE: ("précommande", "commande de nouveautés"),
    Kind.OFFICE: ("office",),
    Kind.OPERATION: ("opération",),
    Kind.URGENT: ("urgent", "urgente"),
}


def _enter(entry: Entry) -> None:
    customers = people.find(entry, "customer", PartyRole.CUSTOMER, called="un client")
    publishers = people.find(entry, "publisher", PartyRole.PUBLISHER, called="un éditeur")
    products = _products(entry)
    for row in entry.rows:
        contradiction = _contradiction(row)
        if contradiction:
            entry.refuse(row, *contradiction)
    entered = {row.number: _discount(row, entry, customers, publishers, products) for row in entry.rows}
    ending = [row for row in entry.rows if row.said("ended")]
    standing = terms.end_discounts_like(
        rows=[entered[row.number] for row in ending], at=entry.at, by=entry.by
    )
    for row, was_there in zip(ending, standing, strict=True):
        if not was_there:
            entry.refuse(row, "ended", "aucune remise n’a ces axes : il n’y a rien à terminer.")
    fresh = [row for row in entry.rows if not row.said("ended")]
    refused = terms.objections(rows=[entered[row.number] for row in fresh])
    for place, objection in refused.items():
        entry.refuse(fresh[place], "", str(objection))
    wanted = [entered[row.number] for place, row in enumerate(fresh) if place not in refused]
    terms.enter_discounts(rows=wanted, at=entry.at, by=entry.by)


def _products(entry: Entry) -> dict[str, int]:
    eans = {row.said("ean") for row in entry.rows if row.said("ean")}
    found = catalogue.by_gtin(eans, distributor_glns=parties.house().glns) if eans else {}
    for row in entry.rows:
        if row.said("ean") and row.said("ean") not in found:
            entry.refuse(row, "ean", f"le titre {row.said('ean')} n’est pas au catalogue.")
    return found


def _contradiction(row: Row) -> tuple[str, str] | None:
    """Why these axes or rates cannot be together, and in which column."""
    narrower = [key for key in ("imprint", "collection", "ean") if row.said(key)]
    points = row.said("method") != DiscountMethod.CASCADE
    if row.said("customer") and row.said("network"):
        return "network", "un client ou un réseau, pas les deux."
    if len(narrower) > 1:
        return narrower[1], "une marque, une collection ou un titre, pas plusieurs."
    if row.said("ean") and row.said("publisher"):
        return "ean", "un titre ou un éditeur, pas les deux."
    if narrower and narrower[0] != "ean" and not row.said("publisher"):
        return narrower[0], "de quel éditeur ? Remplissez sa colonne."
    if points and row.said("base") + (row.said("extra") or 0) > 100:
        return "extra", "remise et surremise font plus de 100 %."
    return None


def _discount(
    row: Row, entry: Entry, customers: dict[str, int], publishers: dict[str, int], products: dict[str, int]
) -> NewDiscount:
    return NewDiscount(
        from_on=row.said("from") or entry.today,
        base=row.said("base"),
        extra=row.said("extra") or Decimal(0),
        method=row.said("method") or DiscountMethod.POINTS,
        customer_id=customers.get(row.said("customer")),
        network=row.said("network") or "",
        publisher_id=publishers.get(row.said("publisher")),
        imprint=row.said("imprint") or "",
        collection=row.said("collection") or "",
        product_id=products.get(row.said("ean")),
        sale_mode=row.said("sale_mode") or "",
        order_kind=row.said("order_kind") or "",
        operation_code=row.said("operation") or "",
        free_per=row.said("free_per") or 0,
        price_day=row.said("price_day") or PriceDay.ORDER,
    )


DISCOUNTS = Shape(
    kind="discounts",
    title="la liste des remises",
    columns=(
        people.named(key="customer", names=people.CUSTOMER_NAMES),
        Column("name", ("nom", "name"), memo=True),
        Column("network", ("réseau", "network", "groupement"), cells.text(40)),
        people.named(key="publisher", names=people.PUBLISHER_NAMES),
        Column("imprint", ("marque", "imprint", "label"), cells.text(80)),
        Column("collection", ("collection",), cells.text(120)),
        Column("ean", ("ean", "isbn", "gtin"), cells.code13),
        Column("sale_mode", ("mode de vente", "sale mode"), cells.choice(SALE_MODES)),
        Column("order_kind", ("genre de commande", "order kind"), cells.choice(KINDS)),
        Column("operation", ("opération", "operation", "code opération", "operation code"), cells.text(8)),
        Column("base", ("remise", "base", "discount", "taux"), cells.percent, required=True),
        Column("extra", ("surremise", "extra", "sur-remise"), cells.percent),
        Column("method", ("calcul", "method", "méthode"), cells.choice(METHODS)),
        Column("free_per", ("gratuits", "free per", "un gratuit pour", "free copies"), cells.whole(0, 999)),
        Column("price_day", ("jour de la remise", "price day", "jour du prix"), cells.choice(PRICE_DAYS)),
        Column("ended", ("fin", "ended", "terminée", "terminé"), cells.yes_no),
        people.FROM,
    ),
    marks=("base",),
    any_of=("customer", "network", "publisher", "ean", "from", "operation"),
    enter=_enter,
)
