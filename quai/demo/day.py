"""One business day, step by step, through the same doors as real life. Each step can be cut and played again."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path

from quai.access.types import Actor
from quai.core import folders, house
from quai.demo import files, scene
from quai.demo.world import World
from quai.desk import invoicing, paper, sheets
from quai.exchange import intake
from quai.exchange.spreadsheet import inbound as lists
from quai.exchange.spreadsheet.shorts import read_shorts
from quai.orders import actions as orders
from quai.warehouse import actions as warehouse
from quai.warehouse import queries as open_work


@dataclass(frozen=True, slots=True)
class Step:
    """Something that is done at an hour of the day."""

    hour: int
    minute: int
    title: str
    play: Callable[[World, Path, datetime, Actor], None]


def steps() -> Iterator[Step]:
    """The day, in order."""
    yield Step(6, 0, "La maison : éditeurs, libraires, conditions, emplacements", _set_the_scene)
    yield Step(6, 30, "La boîte : notices, arrivages, commandes", _fill_the_inbox)
    yield Step(7, 0, "Notices reçues", _receive("0*.onix"))
    yield Step(7, 30, "Exemplaires entrés", _receive_stock)
    yield Step(9, 0, "Commandes reçues, chaque ligne a son sort", _receive("[12]*"))
    yield Step(11, 0, "Lignes ouvertes décidées de nouveau", _decide)
    yield Step(11, 30, "Vagues et listes de prélèvement", _prepare)
    yield Step(16, 0, "Manquants au rayon, bons clos, camions partis", _ship)
    yield Step(16, 30, "Seconde vague : ce que les manquants ont libéré", _prepare)
    yield Step(17, 0, "Derniers bons clos, dernier camion parti", _ship)
    yield Step(18, 0, "Factures émises, rendues en Factur-X, envoyées", _bill)


def play(world: World, home: Path, *, by: Actor, step_done: Callable[[Step], object]) -> None:
    """Play the day on this home. Played again, it changes nothing."""
    for step in steps():
        at = house.instant(world.day, step.hour, step.minute)
        step.play(world, home, at, by)
        step_done(step)


def _set_the_scene(world: World, _home: Path, at: datetime, by: Actor) -> None:
    scene.set_scene(world, at=at, by=by)


def _fill_the_inbox(world: World, home: Path, _at: datetime, _by: Actor) -> None:
    files.write_inbox(world, home / "inbox")


def _receive(pattern: str) -> Callable[[World, Path, datetime, Actor], None]:
    def receive(_world: World, home: Path, at: datetime, by: Actor) -> None:
        for file in sorted((home / "inbox").glob(pattern)):
            intake.receive_file(file, at=at, by=by)

    return receive


def _receive_stock(_world: World, home: Path, at: datetime, by: Actor) -> None:
    file = home / "inbox" / "02-arrivages.csv"
    lists.receive_stock(name=file.name, content=file.read_bytes(), at=at, by=by)


def _decide(_world: World, _home: Path, at: datetime, by: Actor) -> None:
    orders.decide(at=at, by=by)


def _prepare(_world: World, home: Path, at: datetime, by: Actor) -> None:
    warehouse.prepare(at=at, by=by)
    waves = [wave.wave_id for wave in open_work.open_waves()]
    paper.write_pick_lists(waves, home / "documents" / "prelevement")


def _ship(_world: World, home: Path, at: datetime, by: Actor) -> None:
    shorts = home / "inbox" / "30-manquants.csv"
    if not shorts.exists():
        folders.put(shorts, _first_pick_missing())
    warehouse.ship(shorts=read_shorts(shorts.read_bytes()).missing, at=at, by=by)
    paper.write_notes(home / "documents" / "livraison", numbers=sheets.numbers_closed(house.day(at)))


def _first_pick_missing() -> bytes:
    """One copy is not where it should be: the first that the picker looks for, if there is anything to pick."""
    rows = ["wave,location,ean,missing"]
    for wave in sorted(wave.wave_id for wave in open_work.open_waves())[:1]:
        stop = open_work.pick_list(wave).stops[0]
        rows.append(f"{wave},{stop.place},{stop.gtin},1")
    return "\r\n".join([*rows, ""]).encode()


def _bill(world: World, home: Path, at: datetime, by: Actor) -> None:
    invoicing.bill(until=world.day, outbox=home / "outbox", at=at, by=by)
