"""What each availability of the catalogue means for a line: refused, waiting for its date, or worth waiting for."""

from __future__ import annotations

from functools import cache
from typing import NamedTuple

from quai.catalogue.types import AVAILABILITIES, Ordering, TradeAvailability
from quai.orders.types import Reason

_REFUSALS = {
    "01": Reason.ABANDONED,
    "43": Reason.NO_LONGER_OURS,
    "44": Reason.NO_LONGER_OURS,
    "45": Reason.NOT_SOLD_SEPARATELY,
    "46": Reason.WITHDRAWN,
    "49": Reason.RECALLED,
    "50": Reason.NOT_SOLD_SEPARATELY,
}
_ABSENCES = {
    "11": Reason.TEMPORARILY_MISSING,
    "23": Reason.PRINT_ON_DEMAND,
    "30": Reason.TEMPORARILY_MISSING,
    "31": Reason.NO_DATE,
    "32": Reason.REPRINTING,
    "33": Reason.TO_REAPPEAR,
    "34": Reason.TEMPORARILY_MISSING,
}
_POSTPONED = "09"


class Meaning(NamedTuple):
    """What one code of ONIX list 65 means for a line."""

    ordering: Ordering
    refusal: Reason  # when it may not be ordered
    absence: Reason  # when copies are missing and awaited
    unpublished: bool  # nothing leaves before the day it is on sale, known or not


NOTHING_SAID = Meaning(Ordering.YES, Reason.OUT_OF_PRINT, Reason.MISSING, unpublished=False)


def meaning(code: str) -> Meaning:
    """Say what a code means; an unknown one refuses nothing, since only a stated reason may."""
    availability = AVAILABILITIES.get(code)
    if availability is None:
        return NOTHING_SAID
    return Meaning(
        availability.ordering,
        _REFUSALS.get(code, Reason.OUT_OF_PRINT),
        _ABSENCES.get(code, Reason.MISSING),
        unpublished=availability.trade is TradeAvailability.NOT_YET_PUBLISHED or code == _POSTPONED,
    )


@cache
def parameters() -> dict[str, list[str] | list[bool]]:
    """Give every code and its meaning as the columns that `judge.sql` reads."""
    meanings = [meaning(code) for code in AVAILABILITIES]
    return {
        "codes": list(AVAILABILITIES),
        "orderings": [str(one.ordering) for one in meanings],
        "refusals": [str(one.refusal) for one in meanings],
        "absences": [str(one.absence) for one in meanings],
        "unpublished": [one.unpublished for one in meanings],
    }
