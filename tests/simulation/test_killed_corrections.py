"""Kill -9 in the middle of a correction, run the same command again: the day ends as if nothing had happened."""

from __future__ import annotations

import random
import subprocess
import sys
from pathlib import Path

import psycopg
from django.conf import settings
from django.db import connections

from conftest import HOME, ROOT
from quai.access.actions import system
from quai.accounts.actions import open_chart
from quai.relief import verify
from quai.warehouse.tests.depot import AT, Depot
from tests.simulation.test_killed_day import END_STATE

KILLED = 5


def correct(database: str, progress: Path, *, dies_at: int = 10**9) -> subprocess.CompletedProcess[str]:
    command = [
        sys.executable,
        "-m",
        "tests.simulation.corrections",
        database,
        str(HOME),
        str(progress),
        str(dies_at),
    ]
    return subprocess.run(command, cwd=ROOT, capture_output=True, text=True, timeout=300, check=False)


def end_state(superuser: str, database: str) -> list[tuple[str, ...]]:
    with psycopg.connect(superuser, dbname=database) as session:
        return sorted(session.execute(END_STATE.encode()).fetchall())


def _copy(superuser: str, origin: str, name: str) -> str:
    with psycopg.connect(superuser, dbname="postgres", autocommit=True) as session:
        session.execute(f"DROP DATABASE IF EXISTS {name} WITH (FORCE)".encode())
        if origin:
            session.execute(f"CREATE DATABASE {name} TEMPLATE {origin} OWNER quai_owner".encode())
    return name


def test_a_correction_killed_anywhere_is_only_done_again(
    fresh_house: str, superuser: str, tmp_path: Path
) -> None:
    depot = Depot(system())
    open_chart(at=AT, by=depot.actor)
    for title, copies in (("Le Phare", 9), ("La Marée", 5), ("L’Estran", 5)):
        depot.put(copies, title, "A-01" if title == "Le Phare" else "A-02")
    depot.order("R1", (4, "Le Phare"), (2, "La Marée"))
    depot.order("R2", (3, "Le Phare"), (2, "La Marée"))
    depot.order("R3", (2, "L’Estran"), (9, "Les Dunes"))
    connections.close_all()

    plain = _copy(superuser, fresh_house, "plain_corrections")
    undisturbed = correct(plain, tmp_path / "plain")
    assert undisturbed.returncode == 0, undisturbed.stderr
    expected = end_state(superuser, plain)
    assert [row for row in expected if row[0] == "invoice"]
    for seed in range(KILLED):
        moment = random.Random(seed).randrange(1, int(undisturbed.stdout))
        killed_house = _copy(superuser, fresh_house, "killed_corrections")
        killed = correct(killed_house, tmp_path / f"{seed}", dies_at=moment)
        assert killed.returncode == -9, killed.stderr
        again = correct(killed_house, tmp_path / f"{seed}")
        assert again.returncode == 0, f"killed at statement {moment}: {again.stderr}"
        assert end_state(superuser, killed_house) == expected, f"killed at statement {moment}"
    _prove(killed_house)
    for name in (plain, killed_house):
        _copy(superuser, "", name)


def _prove(database: str) -> None:
    before = settings.DATABASES["default"]["NAME"]
    try:
        _to(database)
        assert [str(f) for verdict in verify.verify() for f in verdict.findings] == []
    finally:
        _to(before)


def _to(database: str) -> None:
    for alias in ("default", "owner"):
        connections[alias].close()
        connections[alias].settings_dict["NAME"] = database
