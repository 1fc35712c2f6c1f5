"""A made-up house and its day."""

from __future__ import annotations

import json
import time
from datetime import UTC, date, datetime
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Any

import typer

from quai.cli import printing
from quai.cli.options import Home, Json
from quai.config import boot
from quai.core import cluster, folders

if TYPE_CHECKING:
    from quai.access.types import Actor
    from quai.demo.summary import Summary
    from quai.demo.world import World

YEARS = 2
Size = Annotated[str, typer.Option(help="tiny, small ou large.", metavar="TAILLE")]
History = Annotated[
    int,
    typer.Option(
        "--history",
        min=0,
        metavar="LIGNES",
        help="Jouer d’abord deux ans d’affaires, de tant de lignes de commande (celle des mesures : 2000000).",
    ),
]


def demo(
    size: Size = "tiny",
    seed: Annotated[int, typer.Option(help="Le hasard de la maison.")] = 1,
    history: History = 0,
    home: Home = None,
    as_json: Json = False,
) -> None:
    """Jouer une journée d’une maison inventée. Des fichiers reçus aux factures émises."""
    if size not in ("tiny", "small", "large"):
        raise typer.BadParameter("tiny, small ou large", param_hint="--size")
    place = home or boot.home_path()
    if cluster.status(place).kind == "house":
        raise typer.BadParameter(f"{place} est une vraie maison : la démonstration ne se joue pas dedans.")
    boot.open_house(place, kind="demo")
    from quai.access.actions import system
    from quai.core.upgrade import upgrade
    from quai.demo import summary
    from quai.demo.world import World

    upgrade(place)
    plan = _plan(place, size=size, seed=seed, history=history)
    world = World(size=plan["size"], seed=plan["seed"], day=date.fromisoformat(plan["day"]))
    started = time.perf_counter()
    _prepare_house(world, lines=history)
    by = system()
    if history:
        _play_history(world, history, by=by)
    _play_day(world, place, by=by)
    seconds = time.perf_counter() - started
    played = summary.summary(place, world.day)
    if as_json:
        printing.show_json({"home": place, "seconds": round(seconds, 1), **played.as_json()})
    else:
        _print(played, place, seconds)


def _prepare_house(world: World, *, lines: int) -> None:
    """The node and its range of ids must be there before anybody acts."""
    from quai.core import house, nodes
    from quai.demo import seasons

    days = seasons.calendar(world.day, years=YEARS, lines=lines)
    at = house.instant(days[0].on) if days else datetime.now(UTC)
    nodes.become(number=nodes.MAIN_SITE, name="Siège", at=at)


def _play_history(world: World, lines: int, *, by: Actor) -> None:
    """Play the years before the day; killed, it goes on at the next day that was not played."""
    from quai.demo import history, seasons
    from quai.relief import verify

    days = seasons.calendar(world.day, years=YEARS, lines=lines)
    with printing.bar("Les deux années d’avant, en lignes", lines) as advance:
        last = history.last_played()
        if last is None:
            history.begin(world, on=days[0].on, by=by)

        def day_done(day: seasons.Day) -> None:
            if last is None or day.on > last:
                verify.seal()
            advance(day.lines)

        history.play(world, days, by=by, day_done=day_done)


def _play_day(world: World, place: Path, *, by: Actor) -> None:
    from quai.demo import day
    from quai.relief import verify

    with printing.bar("La journée", len(list(day.steps()))) as advance:

        def step_done(_: day.Step) -> None:
            verify.seal()
            advance(1)

        day.play(world, place, by=by, step_done=step_done)


def _plan(home: Path, *, size: str, seed: int, history: int) -> dict[str, Any]:
    """What this home plays: decided the first time, so that playing again finds the same house and the same day."""
    from quai.demo.world import last_working_day

    file = home / "demo.json"
    asked = {"size": size, "seed": seed, "history": history}
    if file.exists():
        plan: dict[str, Any] = {"history": 0, **json.loads(file.read_text(encoding="utf-8"))}
        if any(plan[name] != value for name, value in asked.items()):
            told = f"--size {plan['size']} --seed {plan['seed']} --history {plan['history']}"
            raise typer.BadParameter(
                f"cette maison joue déjà une autre démonstration ({told}) : prenez un autre --home."
            )
        return plan
    plan = {**asked, "day": last_working_day(datetime.now(UTC).date()).isoformat()}
    folders.put(file, json.dumps(plan).encode())
    return plan


def _print(played: Summary, home: Path, seconds: float) -> None:
    for title, columns, rows in played.tables():
        printing.table(title, columns, rows)
    printing.say(
        "",
        f"Les factures en PDF sont dans {played.folder}",
        f"La maison est dans {home}, jouée en {seconds:.0f} s.",
        "« bin/quai verify » prouve que les livres sont entiers ; « bin/quai status » dit où en est chaque chose.",
    )
