"""Verbs on sites and places."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime

from django.db import transaction

from quai.access.types import Actor
from quai.core import journal, sql
from quai.core.refusals import Refusal
from quai.stock import queries
from quai.stock.types import REAL_PLACES, LocationKind, NewPlace

VIRTUAL_PLACES = {kind.upper(): kind for kind in LocationKind if kind not in REAL_PLACES}


class PlaceDiffers(Refusal):
    """%(place)s already exists as another kind of place, or on another site."""

    code = "stock.place_differs"


@transaction.atomic
def open_places(
    *, site_code: str, site_name: str, places: Sequence[NewPlace], at: datetime, by: Actor
) -> int:
    """Open a site and its places where they do not exist yet, and the virtual places of the outside world.

    :returns: the id of the site.
    :raises PlaceDiffers: a code is taken by a place of another kind or site.
    """
    codes = [place.code for place in places] + list(VIRTUAL_PLACES)
    kinds = [place.kind for place in places] + list(VIRTUAL_PLACES.values())
    known = sql.rows("stock/places.sql", {"codes": codes})
    if not sql.rows("stock/site.sql", {"code": site_code}) or len(known) < len(set(codes)):
        act = journal.record("stock.open_places", at=at, by=by)
        sql.run("stock/open_site.sql", {"act": act, "code": site_code, "name": site_name})
        sites = [queries.site(site_code)] * len(places) + [None] * len(VIRTUAL_PLACES)
        walks = [place.walk_order for place in places] + [0] * len(VIRTUAL_PLACES)
        sql.run(
            "stock/open_places.sql",
            {"act": act, "sites": sites, "codes": codes, "kinds": kinds, "walks": walks},
        )
        known = sql.rows("stock/places.sql", {"codes": codes})
    site_id = queries.site(site_code)
    asked = dict(zip(codes, kinds, strict=True))
    for place in known:
        if place.kind != asked[place.code] or place.site_id != (
            None if place.code in VIRTUAL_PLACES else site_id
        ):
            raise PlaceDiffers(place=place.code)
    return site_id
