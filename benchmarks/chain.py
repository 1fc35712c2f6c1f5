"""A day of the house from files to entries, alone or by two processes that share its files."""

from __future__ import annotations

from collections.abc import Sequence
from concurrent.futures import Executor
from typing import NamedTuple

from benchmarks.house import House
from benchmarks.works import demand
from quai.access.actions import system
from quai.billing import actions as billing
from quai.core.house import instant
from quai.demo import history, seasons
from quai.exchange import intake
from quai.exchange.dilicom.detect import Format
from quai.exchange.dilicom.write import write
from quai.orders.types import OrderMessage
from quai.warehouse import actions as warehouse

FILE_LINES = 2_500
FIRST_DAY = 810  # number of the first day of the bench, after those of the history


class Letter(NamedTuple):
    """A file of the day."""

    name: str
    content: bytes
    lines: int


def letters(bench: House, shelf: history.Shelf, number: int, lines: int) -> list[Letter]:
    """The files of a day, with the copies they ask for put on the shelves. What they hold leaves the same day."""
    day = seasons.Day(bench.world.day, FIRST_DAY + number, lines)
    messages = seasons.orders(bench.world, day, customers=seasons.plain(bench.world))
    history.restock(shelf, messages, day=day, by=system())
    found, part, held = list[Letter](), list[OrderMessage](), 0
    for message in messages:
        part.append(message)
        held += len(message.lines)
        if held >= FILE_LINES or message is messages[-1]:
            found.append(Letter(f"{day.number}-{len(found):03d}.txt", write(part, Format.FLAT), held))
            part, held = [], 0
    return found


def settle(bench: House) -> None:
    """Invoice what the history left for the end of a period, so that the day invoices its own notes only."""
    day = bench.world.day
    billing.invoice_delivered(until=day, at=instant(day, 5), by=system())


def alone(bench: House, files: Sequence[Letter]) -> None:
    """Play the day as an office does: all files, one preparation, one departure, one run of invoices."""
    for file in files:
        _receive(bench, file)
    day, by = bench.world.day, system()
    warehouse.prepare(at=instant(day, 11, 30), by=by)
    warehouse.ship(shorts={}, at=instant(day, 16), by=by)
    billing.invoice_delivered(until=day, at=instant(day, 18), by=by)


def shared(bench: House, files: Sequence[Letter], processes: Executor, count: int) -> None:
    """Play the day in so many processes, each with its share of the files, each through the whole chain."""
    shares = [processes.submit(follow, bench, n, list(files[n::count])) for n in range(count)]
    for share in shares:
        share.result()
    day, by = bench.world.day, system()
    warehouse.prepare(at=instant(day, 15, 30), by=by)
    warehouse.ship(shorts={}, at=instant(day, 16), by=by)
    billing.invoice_delivered(until=day, at=instant(day, 18), by=by)


def follow(bench: House, number: int, files: Sequence[Letter]) -> None:
    """What one of several processes does: a file, its waves, their notes, their invoices; then the next file."""
    day, by = bench.world.day, system()
    for file in files:
        _receive(bench, file)
        made = warehouse.prepare(at=instant(day, 11, number), by=by)
        warehouse.ship(shorts={}, waves=[wave.wave_id for wave in made], at=instant(day, 12, number), by=by)
        billing.invoice_delivered(until=day, at=instant(day, 13, number), by=by)


def _receive(bench: House, file: Letter) -> None:
    at = instant(bench.world.day, 9)
    report = intake.receive(name=file.name, origin="bench", content=file.content, at=at, by=system())
    told = sum(len(order.lines) for order in report.orders)
    demand(
        report.outcome == "received" and told == file.lines,
        f"{file.name}: {report.outcome}, {report.problems[:3]}",
    )
