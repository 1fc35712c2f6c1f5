"""What pickers came back with."""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping, Sequence
from datetime import datetime

from quai.access.types import Actor
from quai.core import journal, sql
from quai.core.atomic import atomic
from quai.core.refusals import Refusal
from quai.orders import actions as orders
from quai.orders.types import ShortLine
from quai.stock import actions as stock
from quai.stock.types import LocationKind, Missing, PickedCopies
from quai.warehouse.types import PicksRecorded


class ImpossibleShortage(Refusal):
    """Pick %(pick)s asked for %(asked)s copies: %(missing)s cannot be missing."""

    code = "warehouse.impossible_shortage"


@atomic
def record_picks(
    *, shipments: Sequence[int], shorts: Mapping[int, int], at: datetime, by: Actor
) -> PicksRecorded:
    """Record that the copies of these shipments were fetched, all but the missing ones.

    Copies go from their bin to the dock. What was missing is a fact: the bin is due for a count, the line is decided
    again at once. A promise withdrawn since the list was printed is void: its copies go back on the shelf. A shipment
    is recorded once; running it again changes nothing.

    :param shorts: pick -> copies not found there; picks that are not named were found whole.
    :raises ImpossibleShortage: a shortage names no pick, or more copies than it asked for.
    """
    refuse_impossible(shorts)
    sql.rows("warehouse/lock_waves.sql", {"shipments": list(shipments)})
    due = sql.rows("warehouse/picks_to_record.sql", {"shipments": list(shipments)})
    if not due:
        return PicksRecorded(0, 0, 0)
    picks = [row for row in due if not row.void]
    orders.lock_lines(lines=[row.line_id for row in picks])
    act = journal.record("warehouse.record_picks", at=at, by=by)
    stock.take(
        picks=[
            PickedCopies(
                row.reservation_id, row.location_id, row.quantity - shorts.get(row.id, 0), f"pick:{row.id}"
            )
            for row in picks
        ],
        to=LocationKind.STAGING,
        at=at,
        by=by,
    )
    short = [(row, shorts[row.id]) for row in picks if row.id in shorts]
    fetched = _copies_of_shipments(due, picks, shorts)
    sql.run(
        "warehouse/write_fetched.sql",
        {
            "act": act,
            "picks": [row.id for row, _ in short],
            "missing": [missing for _, missing in short],
            "shipments": list(fetched),
            "copies": list(fetched.values()),
        },
    )
    if short:
        _decide_again(short, at=at, by=by)
    return PicksRecorded(sum(fetched.values()), sum(missing for _, missing in short), len(due) - len(picks))


def refuse_impossible(shorts: Mapping[int, int]) -> None:
    """Refuse shortages that cannot be, before anything is written."""
    if not shorts:
        return
    found = sql.rows(
        "warehouse/impossible_shorts.sql", {"picks": list(shorts), "missing": list(shorts.values())}
    )
    for row in found:
        raise ImpossibleShortage(pick=row.pick_id, asked=row.quantity or 0, missing=row.missing)


def _copies_of_shipments(
    due: Sequence[sql.Row], picks: Sequence[sql.Row], shorts: Mapping[int, int]
) -> dict[int, int]:
    """Copies fetched for each shipment, none included."""
    fetched = Counter({row.shipment_id: 0 for row in due})
    for row in picks:
        fetched[row.shipment_id] += row.quantity - shorts.get(row.id, 0)
    return dict(fetched)


def _decide_again(short: Sequence[tuple[sql.Row, int]], *, at: datetime, by: Actor) -> None:
    stock.report_missing(
        missing=[
            Missing(row.location_id, row.product_id, row.owner_id, missing, f"shortage:{row.id}", row.state)
            for row, missing in short
        ],
        at=at,
        by=by,
    )
    orders.record_short(
        short=[ShortLine(row.line_id, missing, f"pick:{row.id}") for row, missing in short], at=at, by=by
    )
