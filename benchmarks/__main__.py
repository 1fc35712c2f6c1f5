"""`bin/bench`: the table of what the house can do, each figure beside its limit."""

from __future__ import annotations

import json
import os
from typing import Annotated

import django
import typer
from rich.console import Console
from rich.table import Table

from benchmarks.works import Row, Trial, Work, WrongResult, rows
from quai.config import boot

SIZES = ("tiny", "small", "large")
WIDTH = 150  # a table whose cells wrap cannot be compared with yesterday's
notes = Console(stderr=True)


def main(
    size: Annotated[str, typer.Option(help="tiny, small or large: how much data.")] = "small",
    only: Annotated[
        list[str] | None, typer.Option(help="Keys of the works to run; all, unless given.")
    ] = None,
    rounds: Annotated[
        int, typer.Option(help="How often each figure is taken; medians are shown.", min=1)
    ] = 3,
    statements: Annotated[
        bool, typer.Option(help="Tell which statements the time of the day went to.")
    ] = False,
    as_json: Annotated[bool, typer.Option("--json", help="For programs.")] = False,
) -> None:
    """Measure Quai on this machine. Fails on a wrong result, never on time."""
    if size not in SIZES:
        raise typer.BadParameter(", ".join(SIZES), param_hint="--size")
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", boot.SETTINGS)
    django.setup()
    chosen = _chosen(only or [])
    trial = Trial(size, rounds, statements)
    found: list[Row] = []
    wrong: list[str] = []
    for work in chosen:
        notes.print(f"[dim]{', '.join(measure.key for measure in work.measures)}…[/dim]")
        try:
            found += rows(work, trial)
        except WrongResult as result:
            wrong.append(f"{work.measures[0].key}: {result}")
        except Exception as failure:  # no result is a wrong one, and must not cost the others theirs
            notes.print_exception(suppress=[django])
            wrong.append(f"{work.measures[0].key}: {failure!r}")
    if as_json:
        print(json.dumps({"rows": [row.as_json() for row in found]}, ensure_ascii=False))
    else:
        console = Console()
        console.width = max(console.width, WIDTH)
        console.print(_table(found, chosen))
    for said in wrong:
        notes.print(f"[red]WRONG RESULT[/red] {said}")
    if wrong:
        raise typer.Exit(1)


def _chosen(keys: list[str]) -> list[Work]:
    """The works that give one of these keys, or all; a key also names those that begin with it."""
    from benchmarks import registry  # its works import models, which want Django set up

    works = registry.works()
    known = [measure.key for work in works for measure in work.measures]
    for key in keys:
        if not any(one == key or one.startswith(f"{key}_") for one in known):
            raise typer.BadParameter(f"{key}: one of {', '.join(known)}", param_hint="--only")
    return [work for work in works if not keys or any(_names(key, work) for key in keys)]


def _names(key: str, work: Work) -> bool:
    return any(measure.key == key or measure.key.startswith(f"{key}_") for measure in work.measures)


def _table(found: list[Row], works: list[Work]) -> Table:
    measures = {measure.key: measure for work in works for measure in work.measures}
    table = Table(
        "work", "what", "on", "measured", "limit in the same run", "ratio", "goal", "",
        caption="Medians of the rounds; each limit was measured in turn with its figure.",
    )  # fmt: skip
    for row in found:
        measure = measures[row.work]
        limit = f"{_shown(row.limit)} {measure.limited_by}" if row.limit is not None else ""
        ratio = f"{row.ratio:.2f}" if row.ratio is not None else ""
        holds = {None: "", True: "[green]holds[/green]", False: "[yellow]missed[/yellow]"}[row.holds]
        value = f"{_shown(row.value)} {row.unit}"
        table.add_row(row.work, measure.what, row.size, value, limit, ratio, row.goal, holds)
    return table


def _shown(value: float | None) -> str:
    if value is None:
        return ""
    return f"{value:,.0f}" if value >= 100 else f"{value:,.3g}"


if __name__ == "__main__":
    typer.run(main)
