"""Territories: does something said of some countries and regions hold in France?"""

from __future__ import annotations

from enum import IntEnum
from typing import NamedTuple

from .fields import Fields, children

HOME = "FR"
_WITH_HOME = {"WORLD", "ECZ"}  # ONIX list 49: the world, the euro zone

_INCLUDED = {
    "CountriesIncluded",
    "RegionsIncluded",
    "RightsCountry",
    "RightsTerritory",
    "CountryCode",
    "MarketCountry",
    "MarketTerritory",
}
_EXCLUDED = {"CountriesExcluded", "RegionsExcluded", "CountryExcluded", "TerritoryExcluded"}
_SAYING = {*_INCLUDED, *_EXCLUDED, "Territory"}


class Reach(IntEnum):
    """How well something fits France; the smaller the better."""

    NAMED = 0
    WITHIN = 1
    UNSAID = 2
    ELSEWHERE = 3


class Places(NamedTuple):
    """Country codes (ISO 3166) and region codes (ONIX list 49) where something holds, and where not."""

    included: tuple[str, ...] = ()
    excluded: tuple[str, ...] = ()

    @property
    def reach(self) -> Reach:
        if HOME in self.included:
            return Reach.NAMED
        if HOME not in self.excluded and not _WITH_HOME.isdisjoint(self.included):
            return Reach.WITHIN
        return Reach.ELSEWHERE if self.included or self.excluded else Reach.UNSAID


def places(fields: Fields) -> Places:
    """Read the territory of a price, market or right: a composite in 3.x, loose codes in 2.1."""
    if fields.keys().isdisjoint(_SAYING):
        return Places()
    included: list[str] = []
    excluded: list[str] = []
    for said in (fields, *map(children, fields.get("Territory", ()))):
        for name, elements in said.items():
            if name in _SAYING:
                chosen = excluded if name in _EXCLUDED else included
                chosen += " ".join([element.text or "" for element in elements]).upper().split()
    return Places(tuple(included), tuple(excluded))
