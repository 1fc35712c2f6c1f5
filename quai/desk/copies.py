"""Where the copies of a title stand, and how many can be promised."""

from __future__ import annotations

from typing import Any

from quai.catalogue import queries as catalogue
from quai.core import sql
from quai.desk.sheets import NoSuchDocument
from quai.parties import queries as parties


def of(gtin: str) -> dict[str, Any]:
    """The copies of one title: by place, promised and available.

    :raises NoSuchDocument: the house has no such title.
    """
    known = catalogue.by_gtin([gtin], distributor_glns=parties.house().glns)
    if gtin not in known:
        raise NoSuchDocument(kind="title", reference=gtin)
    [title] = sql.rows("desk/title_copies.sql", {"product": known[gtin]})
    bins = [row._asdict() for row in sql.rows("desk/title_bins.sql", {"product": known[gtin]})]
    return {"ean": gtin, **title._asdict(), "bins": bins}
