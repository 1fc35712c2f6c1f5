"""The measured house: its home under var/bench, its history made once, and copies of it to work on.

A work never changes the history: it gets a copy of the database, dropped at its end, so that every run starts from
the same rows.
"""

from __future__ import annotations

import fcntl
import hashlib
import json
import os
from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import NamedTuple, TextIO

import psycopg
from django.conf import settings
from django.db import connections
from rich.console import Console
from rich.progress import (
    BarColumn,
    MofNCompleteColumn,
    Progress,
    TextColumn,
    TimeElapsedColumn,
    TimeRemainingColumn,
)

from benchmarks import made_up
from quai.access.actions import system
from quai.config import boot
from quai.core import cluster, nodes, schema
from quai.core.cluster import tuning
from quai.core.cluster.types import OWNER
from quai.core.house import instant
from quai.demo import history, seasons
from quai.demo.world import World
from quai.relief import verify

ROOT = Path(__file__).resolve().parents[1]
YEARS = 2
STAMP = "history.json"
SMALL = (
    2**28
)  # bytes; a database under it is copied through the log, sooner than the checkpoint of a file copy
notes = Console(stderr=True)
_locks: dict[Path, TextIO] = {}


class Scale(NamedTuple):
    """The made-up house and the order lines of its two years."""

    world: str
    lines: int


SCALES = {"tiny": Scale("tiny", 400), "small": Scale("small", 2_000_000), "large": Scale("large", 20_000_000)}


class House(NamedTuple):
    """A house with its history. `stages` are databases to copy: before it, after each year, whole."""

    home: Path
    world: World
    lines: int
    stages: tuple[str, ...]

    @property
    def whole(self) -> str:
        """The database with the whole history."""
        return self.stages[-1]


def lines_of(size: str) -> int:
    """Order lines of the history at this size; QUAI_BENCH_LINES asks for another number."""
    return int(os.environ.get("QUAI_BENCH_LINES") or SCALES[size].lines)


def opened(size: str) -> House:
    """The house of this size, its server running and its history made; made now if it is not, or goes on."""
    home, world = home_of(size), made_up.world(SCALES[size].world)
    boot.open_house(home, kind="demo")
    _alone(home)
    _as_a_house(home)
    stages = tuple(f"year_{year}" for year in range(YEARS + 1))
    _keep_up(home, size, stages)
    return House(home, world, lines_of(size), stages)


def _keep_up(home: Path, size: str, stages: tuple[str, ...]) -> None:
    """Have the history made, by tables like today's, and its databases held to today's rules and views."""
    wanted = _identity(size) | {"made": True}
    known = _known(home)
    if known and os.environ.get(
        "QUAI_BENCH_KEEP"
    ):  # tables changed in nothing that counts: whoever says so knows
        known = known | {"tables": wanted["tables"]}
    of_history = set(wanted) - {"made", "rules"}
    if not known or any(known.get(what) != wanted[what] for what in of_history):
        _superuser(home, *(f"DROP DATABASE IF EXISTS {stage} WITH (FORCE)" for stage in stages))
        known = wanted | {"made": False}
        _write(home, known)
    if not known["made"]:
        _make(home, made_up.world(SCALES[size].world), stages, lines_of(size))
    elif known.get("rules") != wanted["rules"]:
        for stage in stages:
            reconnect(stage)
            schema.upgrade()
    _write(home, wanted)


def home_of(size: str) -> Path:
    """Where the house of this size lives, a home for each length of history."""
    beside = Path(os.environ.get("QUAI_BENCH_HOME") or ROOT / "var" / "bench")
    lines = lines_of(size)
    return beside / (size if lines == SCALES[size].lines else f"{size}-{lines}")


def _alone(home: Path) -> None:
    """Wait until no other bench works in this home, and keep it until this process ends."""
    if home in _locks:
        return
    _locks[home] = (home / "bench.lock").open("w")
    try:
        fcntl.flock(_locks[home], fcntl.LOCK_EX | fcntl.LOCK_NB)
    except BlockingIOError:
        notes.print(f"[dim]another bench works in {home}: waiting for it[/dim]")
        fcntl.flock(_locks[home], fcntl.LOCK_EX)


@contextmanager
def copy(house: House, stage: str, *, name: str = "trial") -> Iterator[str]:
    """A copy of a stage of the house, to which Django is connected meanwhile; dropped at the end."""
    _copy(house.home, stage, name)
    before = str(settings.DATABASES["default"]["NAME"])
    reconnect(name)
    try:
        yield name
    finally:
        reconnect(before)
        _superuser(house.home, f"DROP DATABASE IF EXISTS {name} WITH (FORCE)")


def forget_seals(house: House, copy: str) -> None:
    """Leave nothing sealed in a copy: what no user of a house can do."""
    forget = ("SET session_replication_role = replica", "TRUNCATE core_seal, core_seal_head")
    _superuser(house.home, *forget, dbname=copy)


def reconnect(name: str) -> None:
    """Point Django at another database of the same server."""
    for alias in ("default", "owner"):
        connections[alias].close()
        settings.DATABASES[alias]["NAME"] = name
        connections[alias].settings_dict["NAME"] = name


def _identity(size: str) -> dict[str, object]:
    """What a history depends on: when its tables change another one is made, when rules do they are put in force."""
    told = {"day": made_up.DAY.isoformat(), "seed": made_up.SEED, "lines": lines_of(size)}
    rules = (
        *ROOT.glob("quai/*/sql/read_*.sql"),
        *ROOT.glob("quai/core/*.py"),
        *ROOT.glob("quai/*/models.py"),
    )
    return {**told, "tables": _digest(ROOT.glob("quai/*/migrations/*.py")), "rules": _digest(rules)}


def _digest(files: Iterable[Path]) -> str:
    return hashlib.sha256(b"".join(file.read_bytes() for file in sorted(files))).hexdigest()[:16]


def _known(home: Path) -> dict[str, object] | None:
    """What was made there, or begun."""
    stamp = home / STAMP
    if not stamp.exists():
        return None
    found: dict[str, object] = json.loads(stamp.read_text(encoding="utf-8"))
    return found


def _write(home: Path, identity: dict[str, object]) -> None:
    hidden = home / f".{STAMP}"
    hidden.write_text(json.dumps(identity), encoding="utf-8")
    hidden.rename(home / STAMP)


def _make(home: Path, world: World, stages: tuple[str, ...], lines: int) -> None:
    """Make the history, a year at a time, keeping a copy of the database before each; goes on where it was cut."""
    days = seasons.calendar(world.day, years=YEARS, lines=lines)
    share = -(-len(days) // YEARS)
    reconnect(stages[-1])
    known = _databases(home)
    if stages[-1] not in known:
        _superuser(home, f"CREATE DATABASE {stages[-1]} OWNER {OWNER}")
    if schema.pending():
        schema.upgrade()
    nodes.become(number=nodes.MAIN_SITE, name="Siège", at=instant(days[0].on))
    by = system()
    history.begin(world, on=days[0].on, by=by)
    with Progress(
        TextColumn("{task.description}"), BarColumn(), MofNCompleteColumn(), TimeElapsedColumn(), TimeRemainingColumn(),
        console=notes,
    ) as bar:  # fmt: skip
        task = bar.add_task("", total=lines)

        def day_done(day: seasons.Day) -> None:
            verify.seal()
            bar.update(task, advance=day.lines, description=f"{day.on:%Y-%m-%d}")

        for year, stage in enumerate(stages[:-1]):
            if stage not in known:
                _copy(home, stages[-1], stage)
            history.play(world, days[year * share : (year + 1) * share], by=by, day_done=day_done)
    for stage in stages:
        _superuser(home, "VACUUM ANALYZE", dbname=stage)


def _as_a_house(home: Path) -> None:
    """Give the server the memory that a real house's has: a demo's is made to leave room for others."""
    wanted = tuning.settings("house", ram=tuning.memory())
    names = ("shared_buffers", "effective_cache_size", "work_mem", "maintenance_work_mem", "max_wal_size")
    stamp = home / "tuned.json"
    chosen = {name: wanted[name] for name in names}
    if stamp.exists() and json.loads(stamp.read_text(encoding="utf-8")) == chosen:
        return
    _superuser(home, *(f"ALTER SYSTEM SET {name} = {value}" for name, value in chosen.items()))
    stamp.write_text(json.dumps(chosen), encoding="utf-8")
    for alias in ("default", "owner"):
        connections[alias].close()
    cluster.stop(home)
    boot.connect(cluster.use(home, kind="demo"))
    for alias in ("default", "owner"):
        connections[alias].settings_dict.update(settings.DATABASES[alias])


def _copy(home: Path, source: str, name: str) -> None:
    for alias in ("default", "owner"):
        connections[alias].close()
    with psycopg.connect(cluster.superuser(home).url(), autocommit=True) as session:
        [size] = session.execute("SELECT pg_database_size(%s)", [source]).fetchone() or [0]
    strategy = "wal_log" if size < SMALL else "file_copy"
    _superuser(
        home,
        f"DROP DATABASE IF EXISTS {name} WITH (FORCE)",
        f"CREATE DATABASE {name} TEMPLATE {source} OWNER {OWNER} STRATEGY {strategy}",
    )


def _databases(home: Path) -> set[str]:
    with psycopg.connect(cluster.superuser(home).url(), autocommit=True) as session:
        return {row[0] for row in session.execute("SELECT datname FROM pg_database")}


def _superuser(home: Path, *statements: str, dbname: str = "postgres") -> None:
    with psycopg.connect(cluster.superuser(home).url(), dbname=dbname, autocommit=True) as session:
        for statement in statements:
            session.execute(statement.encode())
