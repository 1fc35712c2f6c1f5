"""A made-up house and its day."""

from __future__ import annotations

import json
import time
from datetime import UTC, date, datetime
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Any

import typer
from rich.progress import BarColumn, Progress, TextColumn, TimeElapsedColumn

from quai.cli import printing
from quai.cli.options import Home, Json
from quai.config import boot
from quai.core import cluster, folders

if TYPE_CHECKING:
    from quai.demo.summary import Summary

Size = Annotated[str, typer.Option(help="tiny, small ou large.", metavar="TAILLE")]


def demo(
    size: Size = "tiny",
    seed: Annotated[int, typer.Option(help="Le hasard de la maison.")] = 1,
    home: Home = None,
    as_json: Json = False,
) -> None:
    """Jouer une journée d’une maison inventée, des fichiers reçus aux factures émises."""
    if size not in ("tiny", "small", "large"):
        raise typer.BadParameter("tiny, small ou large", param_hint="--size")
    place = home or boot.home_path()
    if cluster.status(place).kind == "house":
        raise typer.BadParameter(f"{place} est une vraie maison : la démonstration ne se joue pas dedans.")
    boot.open_house(place, kind="demo")
    from quai.access.actions import system
    from quai.core.upgrade import upgrade
    from quai.demo import day, summary
    from quai.demo.world import World
    from quai.relief import verify

    upgrade(place)
    plan = _plan(place, size=size, seed=seed)
    world = World(size=plan["size"], seed=plan["seed"], day=date.fromisoformat(plan["day"]))
    _prepare_house()
    started = time.perf_counter()
    steps = list(day.steps())
    with Progress(
        TextColumn("{task.description}"),
        BarColumn(),
        TimeElapsedColumn(),
        console=printing.errors,
        transient=True,
    ) as bar:
        task = bar.add_task("La journée", total=len(steps))

        def step_done(step: day.Step) -> None:
            verify.seal()
            bar.update(task, advance=1, description=step.title)

        day.play(world, place, by=system(), step_done=step_done)
    played = summary.summary(place, world.day)
    if as_json:
        printing.show_json(
            {"home": place, "seconds": round(time.perf_counter() - started, 1), **played.as_json()}
        )
    else:
        _print(played, place, time.perf_counter() - started)


def _prepare_house() -> None:
    """The node and its range of ids must be there before anybody acts."""
    from quai.core import nodes

    nodes.become(number=nodes.MAIN_SITE, name="Siège", at=datetime.now(UTC))


def _plan(home: Path, *, size: str, seed: int) -> dict[str, Any]:
    """What this home plays: decided the first time, so that playing again finds the same house and the same day."""
    from quai.demo.world import last_working_day

    file = home / "demo.json"
    if file.exists():
        plan: dict[str, Any] = json.loads(file.read_text(encoding="utf-8"))
        if (plan["size"], plan["seed"]) != (size, seed):
            told = f"{plan['size']}, graine {plan['seed']}"
            raise typer.BadParameter(
                f"cette maison joue déjà une autre démonstration ({told}) : prenez un autre --home."
            )
        return plan
    plan = {"size": size, "seed": seed, "day": last_working_day(datetime.now(UTC).date()).isoformat()}
    folders.put(file, json.dumps(plan).encode())
    return plan


def _print(played: Summary, home: Path, seconds: float) -> None:
    for title, columns, rows in played.tables():
        printing.table(title, columns, rows)
    printing.console.print(
        f"\nLes PDF sont dans {played.folder}. La journée a pris {seconds:.0f} s ; la maison est dans {home}."
    )
    printing.console.print(
        "« bin/quai verify » prouve que les livres sont entiers ; « bin/quai status » dit où en est chaque chose."
    )
