"""Reading orders in the four formats of the trade."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from functools import cache, partial
from io import BytesIO
from typing import Any

from benchmarks import made_up
from benchmarks.works import Figure, Goal, Measure, Trial, Work, beside, demand, seconds
from quai.exchange.dilicom.detect import Format
from quai.exchange.dilicom.read import read
from quai.exchange.dilicom.write import write
from quai.orders.types import OrderMessage

LINES = {"tiny": 400, "small": 60_000, "large": 300_000}
GOALS = {
    Format.FLAT: Goal(200_000, "least"),
    Format.GENCOD: None,
    Format.EANCOM: Goal(60_000, "least"),
    Format.CSV: None,
}


@cache
def _orders(lines: int) -> Sequence[OrderMessage]:
    return made_up.orders("small" if lines > 1_000 else "tiny", lines)


def _run(form: Format, trial: Trial) -> Mapping[str, Figure]:
    orders = _orders(LINES[trial.size])
    content = write(orders, form)
    lines = sum(len(order.lines) for order in orders)
    demand(_content(_read(content)) == _content(orders), f"{form}: the orders read are not those written")
    figure = beside(
        lambda: lines / seconds(partial(_read, content)),
        lambda: lines / seconds(lambda: content.decode("latin-1").splitlines()),
        rounds=trial.rounds,
        size=f"{lines:,} lines",
    )
    return {f"edi_{form}": figure}


def _read(content: bytes) -> list[Any]:
    return list(read(BytesIO(content), received_on=made_up.DAY))


def _content(items: Sequence[Any]) -> list[Any]:
    """What every format carries of its orders; anything that is no order stays as it is, and differs."""
    return [
        (item.buyer, item.reference, item.ordered_on, [(line.gtin, line.quantity) for line in item.lines])
        if isinstance(item, OrderMessage)
        else item
        for item in items
    ]


def _work(form: Format) -> Work:
    run: Callable[[Trial], Mapping[str, Figure]] = partial(_run, form)
    what = f"read order lines, {form}"
    return Work((Measure(f"edi_{form}", what, "lines/s", GOALS[form], "its text cut into lines"),), run)


WORKS = [_work(form) for form in GOALS]
