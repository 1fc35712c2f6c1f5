"""Kill -9 at any moment of the day, run the same commands again: the same lines, notes, totals, without a gap."""

from __future__ import annotations

import random
import subprocess
import sys
from pathlib import Path

import psycopg
import pytest

from conftest import HOME, ROOT
from quai.relief import verify
from tests.played import DAY

END_STATE = """
    SELECT 'line', o.reference || ' ' || l.position, concat_ws('/', l.gtin, s.reserved, s.waiting, s.backordered,
           s.held, s.grouped, s.shipped, s.refused, s.cancelled, s.undecided)
      FROM orders_line l JOIN orders_order o ON o.id = l.order_id JOIN orders_line_state s ON s.line_id = l.id
    UNION ALL
    SELECT 'note', n.number, (SELECT string_agg(p.gtin || '×' || l.quantity, ' ' ORDER BY p.gtin, l.quantity)
      FROM warehouse_note_line l JOIN catalogue_product p ON p.id = l.product_id WHERE l.note_id = n.id)
      FROM warehouse_note n
    UNION ALL
    SELECT 'invoice', s.number, concat_ws('/', i.net, i.vat, i.gross)
      FROM billing_invoice i JOIN billing_issue s ON s.invoice_id = i.id
    UNION ALL
    SELECT 'number', kind || year, count(*) || '/' || max(number) FROM core_numbered GROUP BY kind, year
    UNION ALL
    SELECT 'stage', 'rendered', count(*)::text FROM billing_rendition
    UNION ALL
    SELECT 'stage', 'sent', count(*)::text FROM billing_sending
"""


def play(database: str, home: Path, *, dies_at: int = -1) -> subprocess.CompletedProcess[str]:
    command = [
        sys.executable,
        "-m",
        "tests.simulation.player",
        database,
        str(HOME),
        str(home),
        DAY.isoformat(),
        "1",
        str(dies_at),
    ]
    return subprocess.run(command, cwd=ROOT, capture_output=True, text=True, timeout=300, check=False)


def end_state(superuser: str, database: str) -> list[tuple[str, ...]]:
    with psycopg.connect(superuser, dbname=database) as session:
        return sorted(session.execute(END_STATE.encode()).fetchall())


@pytest.fixture(scope="module")
def undisturbed(
    superuser: str, template: str, tmp_path_factory: pytest.TempPathFactory
) -> tuple[int, list[tuple[str, ...]]]:
    """How many statements the day takes, and how it ends when nothing happens to it."""
    database = "undisturbed"
    with psycopg.connect(superuser, dbname="postgres", autocommit=True) as session:
        session.execute(f"DROP DATABASE IF EXISTS {database} WITH (FORCE)".encode())
        session.execute(f"CREATE DATABASE {database} TEMPLATE {template} OWNER quai_owner".encode())
    played = play(database, tmp_path_factory.mktemp("home"), dies_at=10**9)
    assert played.returncode == 0, played.stderr
    return int(played.stdout), end_state(superuser, database)


@pytest.mark.parametrize("seed", range(6))
def test_a_killed_day_ends_as_if_nothing_had_happened(
    seed: int,
    undisturbed: tuple[int, list[tuple[str, ...]]],
    fresh_house: str,
    superuser: str,
    tmp_path: Path,
) -> None:
    statements, expected = undisturbed
    moment = random.Random(seed).randrange(1, statements)
    killed = play(fresh_house, tmp_path, dies_at=moment)
    assert killed.returncode == -9, f"seed {seed}: {killed.stderr}"
    again = play(fresh_house, tmp_path, dies_at=10**9)
    assert again.returncode == 0, f"seed {seed}, killed at statement {moment}: {again.stderr}"
    assert end_state(superuser, fresh_house) == expected, f"seed {seed}, killed at statement {moment}"
    assert [str(f) for verdict in verify.verify() for f in verdict.findings] == []


def test_the_whole_day_again_changes_nothing(
    undisturbed: tuple[int, list[tuple[str, ...]]], fresh_house: str, superuser: str, tmp_path: Path
) -> None:
    for _ in range(2):
        played = play(fresh_house, tmp_path, dies_at=10**9)
        assert played.returncode == 0, played.stderr
    assert end_state(superuser, fresh_house) == undisturbed[1]
