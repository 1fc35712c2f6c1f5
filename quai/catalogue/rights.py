"""Where a title may be sold: the sales rights of a notice, made plain for one question about one country.

Only what is said refuses: a country of which nothing is said may be served, as may one whose rights are unknown.
Sources: EDItEUR, ONIX for Books code lists 46 (sales rights), 49 (regions); ISO 3166-1.
"""

from __future__ import annotations

from collections.abc import Iterable
from typing import NamedTuple

from quai.catalogue.types import SalesRight

FOR_SALE, NOT_FOR_SALE = frozenset({"01", "02", "07", "08"}), frozenset({"03", "04", "05", "06"})
EVERYWHERE = frozenset({"WORLD", "ROW"})
EURO_ZONE = frozenset(  # list 49, ECZ; Bulgaria since 2026
    {
        "AT", "BE", "BG", "CY", "DE", "EE", "ES", "FI", "FR", "GR", "HR", "IE", "IT", "LT", "LU", "LV", "MT", "NL",
        "PT", "SI", "SK",
    }
)  # fmt: skip


class Rights(NamedTuple):
    """Countries (ISO 3166-1) where a title may be sold, those where it may not, and whether elsewhere it may not."""

    allowed: str = ""  # codes in order, a space between
    barred: str = ""
    barred_elsewhere: bool = False

    def as_said(self) -> tuple[SalesRight, ...]:
        """What a notice says that means these rights."""
        said = (
            SalesRight("02", tuple(self.allowed.split())),
            SalesRight("03", tuple(self.barred.split())),
            SalesRight("03", ("ROW",) if self.barred_elsewhere else ()),
        )
        return tuple(right for right in said if right.places)


NOTHING_SAID = Rights()


def plain(said: Iterable[SalesRight]) -> Rights:
    """Make the rights of a notice plain; a country named wins over a region or the rest of the world.

    What a right leaves out of the world or of a region is said too: for sale everywhere but there, it may not be
    sold there. A contradiction allows.
    """
    named: dict[bool, set[str]] = {True: set(), False: set()}
    left_out: dict[bool, set[str]] = {True: set(), False: set()}
    elsewhere: set[bool] = set()
    for right in said:
        if right.type not in FOR_SALE | NOT_FOR_SALE:
            continue
        sold = right.type in FOR_SALE
        named[sold] |= _countries(right.places)
        if not EVERYWHERE.isdisjoint(right.places):
            elsewhere.add(sold)
        left_out[not sold] |= _countries(right.except_places)
    allowed = named[True] | (left_out[True] - named[False])
    barred = (named[False] | left_out[False]) - allowed
    return Rights(" ".join(sorted(allowed)), " ".join(sorted(barred)), elsewhere == {False})


def _countries(places: Iterable[str]) -> set[str]:
    """The countries among places; subdivisions of one (ISO 3166-2) are more than we can tell apart."""
    found: set[str] = set()
    for place in places:
        if place == "ECZ":
            found |= EURO_ZONE
        elif len(place) == 2:
            found.add(place)
    return found
