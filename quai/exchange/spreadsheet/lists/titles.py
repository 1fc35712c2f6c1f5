"""The list of titles, for a house that has no ONIX at hand; a notice says more, and may follow."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace
from decimal import Decimal

from quai.catalogue import actions as catalogue
from quai.catalogue import queries
from quai.catalogue.rights import Rights
from quai.catalogue.types import (
    AVAILABILITIES,
    Notification,
    PriceNotice,
    ProductNotice,
    SalesRight,
    Standing,
    TaxedPart,
    TitleView,
)  # fmt: skip
from quai.exchange.spreadsheet import cells, people
from quai.exchange.spreadsheet.shapes import Column, Entry, Row, Shape
from quai.parties import queries as parties
from quai.parties.types import is_gln

_BATCH = 1_000  # notices of one verb, as for ONIX
_KEPT = (
    "subtitle", "contributors", "collection", "returns_code", "last_return_on", "successor_gtin", "expected_on",
    "new_distributor_gln", "publication_on", "on_sale_on",
)  # fmt: skip


def _enter(entry: Entry) -> None:
    today = entry.today
    ours = parties.house().glns
    glns = parties.by_gln(_publisher(row)[0] for row in entry.rows if _publisher(row)[0])
    ids = queries.by_gtin((row.said("ean") for row in entry.rows), distributor_glns=ours)
    known = queries.titles(ids.values(), on=today)
    for row in entry.rows:
        gln, name = _publisher(row)
        if gln and gln not in glns and not name:
            entry.refuse(
                row, "publisher", f"le GLN {gln} n’est pas connu : donnez aussi le nom de l’éditeur."
            )
        elif not (gln or name or ids.get(row.said("ean"))):
            entry.refuse(row, "publisher", "ni le GLN ni le nom de l’éditeur ne sont donnés.")
        elif row.said("vat_rate") is not None and row.said("price") is None:
            entry.refuse(row, "price", "un taux de TVA est donné sans prix.")
        elif row.said("sold_only_in") and row.said("not_sold_in"):
            entry.refuse(row, "not_sold_in", "les seuls pays ou les pays exclus, pas les deux.")
    rows = entry.rows
    entered: dict[int, int] = {}
    for start in range(0, len(rows), _BATCH):
        entered |= _take(entry, rows[start : start + _BATCH], ids, known, ours[0])
    _call_schoolbooks(entry, entered)


def _call_schoolbooks(entry: Entry, products: Mapping[int, int]) -> None:
    """Say from today which titles are schoolbooks; a row that says nothing leaves it as it is."""
    for schoolbook in (True, False):
        called = [
            products[row.number]
            for row in entry.rows
            if "schoolbook" in row.values and row.said("schoolbook", erased=False) is schoolbook
        ]
        if called:
            catalogue.call_schoolbooks(
                products=called, schoolbook=schoolbook, from_on=entry.today, at=entry.at, by=entry.by
            )


def _rights(row: Row, before: Rights) -> tuple[SalesRight, ...]:
    """In the terms of ONIX list 46: for sale in these and nowhere else, or not for sale in those."""
    if row.values.keys().isdisjoint(("sold_only_in", "not_sold_in")):
        return before.as_said()
    if only := row.said("sold_only_in"):
        return SalesRight("02", only), SalesRight("03", ("ROW",))
    barred = row.said("not_sold_in")
    return (SalesRight("03", barred),) if barred else ()


def _take(
    entry: Entry, rows: list[Row], ids: dict[str, int], known: dict[int, TitleView], house_gln: str
) -> dict[int, int]:
    """Enter rows as notices; the product of each that entered, by its number."""
    products = [ids.get(row.said("ean"), 0) for row in rows]
    rights = queries.sales_rights(products, on=entry.today)
    notices = [
        replace(
            _notice(row, known.get(product), house_gln),
            sales_rights=_rights(row, rights[product]),
        )
        for row, product in zip(rows, products, strict=True)
    ]
    outcomes = catalogue.take_notices(
        notices=notices, source_key=f"message:{entry.message_id}", at=entry.at, by=entry.by
    )
    for row, outcome in zip(rows, outcomes, strict=True):
        if outcome.standing is Standing.REFUSED:
            entry.refuse(row, "", outcome.reason)
        elif outcome.reason:
            entry.warn(row, "", outcome.reason)
    return {row.number: one.product_id for row, one in zip(rows, outcomes, strict=True) if one.product_id}


def _notice(row: Row, before: TitleView | None, house_gln: str) -> ProductNotice:
    """What the row says, on top of what is known: a list has few columns, and must not erase the others."""
    price, rate = row.said("price"), row.said("vat_rate")
    gln, name = _publisher(row)
    kept = {field: getattr(before, field) for field in _KEPT if before}
    kept |= {
        field: row.said(field, erased="") for field in ("contributors", "collection") if field in row.values
    }
    kept |= {field: row.said(field) for field in ("on_sale_on", "publication_on") if field in row.values}
    return ProductNotice(
        gtin=row.said("ean"),
        notification=Notification.UPDATE,
        distributor_gln=before.distributor_gln if before else house_gln,
        publisher_gln=gln,
        publisher_name=name,
        imprint_name=row.said("imprint", before.imprint if before else "", erased=""),
        title=row.said("title"),
        product_form=row.said("form") or (before.form if before else "") or "",
        availability=row.said("availability") or ("" if before else "20"),
        weight_g=row.said("weight_g") or 0,
        thickness_mm=row.said("thickness_mm") or 0,
        pack_quantity=row.said("pack_quantity") or 0,
        order_minimum=(before and before.order_minimum) or 1,
        order_multiple=(before and before.order_multiple) or 1,
        prices=()
        if price is None
        else (PriceNotice(price, parts=_parts(price, rate), from_on=row.said("from")),),
        raw=repr(sorted(row.values.items())).encode(),
        position=row.number,
        line=row.number,
        **kept,
    )


def _publisher(row: Row) -> tuple[str, str]:
    """GLN and name; the column of the name may hold the GLN, as that of other lists does."""
    gln, name = row.said("publisher") or "", row.said("publisher_name") or ""
    return (gln or name, "") if is_gln(name) else (gln, name)


def _parts(price: Decimal, rate: Decimal | None) -> tuple[TaxedPart, ...]:
    return () if rate is None else (TaxedPart(rate, price),)


TITLES = Shape(
    kind="titles",
    title="la liste des titres",
    columns=(
        Column("ean", ("ean", "isbn", "gtin", "ean13"), cells.code13, required=True),
        Column("title", ("titre", "title"), cells.text(300), required=True),
        Column("contributors", ("auteurs", "contributors", "auteur", "author"), cells.text(300)),
        people.named(key="publisher", names=("gln éditeur", "publisher gln", "gln de l’éditeur")),
        Column(
            "publisher_name", ("éditeur", "publisher", "nom de l’éditeur", "publisher name"), cells.text(120)
        ),
        Column("imprint", ("marque", "imprint", "label"), cells.text(80)),
        Column("collection", ("collection",), cells.text(120)),
        Column("form", ("forme", "form", "product form"), cells.text(4)),
        Column(
            "price",
            ("prix ttc", "price", "prix", "retail price", "prix public", "prix public ttc"),
            cells.amount(9_999_999),
        ),
        Column("vat_rate", ("tva", "vat rate", "taux de tva", "vat"), cells.percent),
        Column("availability", ("disponibilité", "availability", "dispo"), cells.one_of(AVAILABILITIES)),
        Column("publication_on", ("parution", "publication date", "date de parution"), cells.day),
        Column(
            "on_sale_on", ("mise en vente", "on sale date", "on sale", "date de mise en vente"), cells.day
        ),
        Column("weight_g", ("poids", "weight", "poids g", "weight g"), cells.whole(0, 100_000)),
        Column("thickness_mm", ("épaisseur", "thickness", "épaisseur mm"), cells.whole(0, 2_000)),
        Column("pack_quantity", ("carton", "pack quantity", "par carton"), cells.whole(0, 100_000)),
        Column("schoolbook", ("scolaire", "schoolbook"), cells.yes_no),
        Column("sold_only_in", ("pays seuls", "sold only in", "vendu seulement en"), cells.countries),
        Column("not_sold_in", ("pays exclus", "not sold in"), cells.countries),
        Column("from", ("prix à partir du", "price from"), cells.day),
    ),
    marks=("ean", "title"),
    key=("ean",),
    enter=_enter,
)
