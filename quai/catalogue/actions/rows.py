"""The rows of titles, written by COPY: the only way into these tables."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from datetime import date

from quai.catalogue.rights import Rights
from quai.catalogue.sheets import Available, Described, Step
from quai.core import sql
from quai.core.money import net_of_tax

_DESCRIPTION = ("product_id", "from_on", *Described._fields, "search", "act_id")
_AVAILABILITY = ("product_id", "from_on", *Available._fields, "act_id")
_RIGHTS = ("product_id", "from_on", *Rights._fields, "act_id")
_PRICE = ("id", "product_id", "from_on", "retail_price", "currency", "act_id")
_PART = ("price_id", "position", "vat_rate", "retail_price", "retail_price_net", "act_id")


def describe(rows: Iterable[tuple[int, Described, str]], *, from_on: date, act: int) -> None:
    """Write what titles are from a day; the text is the one they are searched by."""
    records = [(product_id, from_on, *described, search, act) for product_id, described, search in rows]
    if records:
        sql.copy_in("catalogue_description", _DESCRIPTION, records)


def make_available(rows: Iterable[tuple[int, date, Available]], *, act: int) -> None:
    """Write whether titles can be had, each from its day."""
    records = [(product_id, from_on, *available, act) for product_id, from_on, available in rows]
    if records:
        sql.copy_in("catalogue_availability", _AVAILABILITY, records)


def say_rights(rows: Iterable[tuple[int, date, Rights]], *, act: int) -> None:
    """Write where titles may be sold, each from its day."""
    records = [(product_id, from_on, *rights, act) for product_id, from_on, rights in rows]
    if records:
        sql.copy_in("catalogue_rights", _RIGHTS, records)


def price(rows: Sequence[tuple[int, Step]], *, act: int) -> None:
    """Write prices and their parts, each part also without VAT at four decimals."""
    if not rows:
        return
    ids = sql.new_ids("catalogue_price", len(rows))
    sql.copy_in(
        "catalogue_price",
        _PRICE,
        (
            (identity, product_id, step.from_on, step.retail_price, "EUR", act)
            for identity, (product_id, step) in zip(ids, rows, strict=True)
        ),
    )
    sql.copy_in(
        "catalogue_price_part",
        _PART,
        (
            (identity, position, part.vat_rate, part.amount, net_of_tax(part.amount, part.vat_rate), act)
            for identity, (_, step) in zip(ids, rows, strict=True)
            for position, part in enumerate(step.parts, start=1)
        ),
    )
