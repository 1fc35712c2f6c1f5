"""Answers of the ledger of copies."""

from __future__ import annotations

from collections.abc import Iterable

from quai.core import sql
from quai.core.refusals import Refusal
from quai.stock.types import BinStock, DueCount, Passage, PoolStock, Promise

NEWEST = 2**63 - 1


class UnknownPlace(Refusal):
    """There is no place %(place)s."""

    code = "stock.unknown_place"


class UnknownSite(Refusal):
    """There is no site %(site)s."""

    code = "stock.unknown_site"


def place(code: str) -> int:
    """The id of the place of this code.

    :raises UnknownPlace: there is none.
    """
    return places([code])[code]


def places(codes: Iterable[str]) -> dict[str, int]:
    """The ids of the places of these codes.

    :raises UnknownPlace: there is none of one of them.
    """
    wanted = list(dict.fromkeys(codes))
    found = {row.code: row.id for row in sql.rows("stock/places.sql", {"codes": wanted})}
    for code in wanted:
        if code not in found:
            raise UnknownPlace(place=code)
    return found


def site(code: str) -> int:
    """The id of the site of this code.

    :raises UnknownSite: there is none.
    """
    for row in sql.rows("stock/site.sql", {"code": code}):
        return int(row.id)
    raise UnknownSite(site=code)


def known_counts(keys: Iterable[str]) -> set[str]:
    """Those of these keys under which a count is written."""
    return {row.source_key for row in sql.rows("stock/known_counts.sql", {"keys": list(keys)})}


def known_moves(keys: Iterable[str]) -> set[str]:
    """Those of these keys under which copies moved."""
    return {row.source_key for row in sql.rows("stock/moved_under.sql", {"keys": list(keys)})}


def pending(demands: Iterable[int]) -> list[Promise]:
    """The promises of these demands that are neither taken nor released, oldest first."""
    return [Promise._make(row) for row in sql.rows("stock/pending.sql", {"demands": list(set(demands))})]


def bins(product_ids: Iterable[int], *, site_id: int) -> list[BinStock]:
    """Where sellable copies of these titles stand at a site: by title, pick faces first, then in walking order.

    Only bins that hold copies; whether those are promised is for the pools to say.
    """
    given = {"products": list(set(product_ids)), "site": site_id}
    return [BinStock._make(row) for row in sql.rows("stock/bins.sql", given)]


def pools(product_ids: Iterable[int]) -> list[PoolStock]:
    """What every site has of these titles, by owner and state, and how much of it is promised."""
    return [PoolStock._make(row) for row in sql.rows("stock/pools.sql", {"products": list(set(product_ids))})]


def history(product_id: int, *, limit: int = 100, before: int = NEWEST) -> list[Passage]:
    """The last movements of a title, newest first; `before` is the id of the last one already shown."""
    given = {"product": product_id, "limit": limit, "before": before}
    return [Passage._make(row) for row in sql.rows("stock/history.sql", given)]


def due_counts() -> list[DueCount]:
    """Bins where copies were reported missing and nobody has counted since, in walking order."""
    return [DueCount._make(row) for row in sql.rows("stock/due_counts.sql")]
