"""A house of an earlier version, its afternoon half over, is upgraded with its data and ends its day."""

from __future__ import annotations

import subprocess
from collections.abc import Iterator
from datetime import date
from decimal import Decimal
from pathlib import Path

import psycopg
import pytest
from psycopg import conninfo

from conftest import connected_to
from quai.access.actions import system
from quai.billing import queries as billing
from quai.core import cluster, house, sql, upgrade
from quai.demo import day
from quai.demo.world import World
from quai.relief import verify
from tests.sealing import seal_everything

DAY = date(2026, 11, 20)
HOUSES = sorted(Path(__file__).parent.glob("*.dump"))


@pytest.fixture(params=HOUSES, ids=lambda file: file.stem)
def old_house(
    request: pytest.FixtureRequest,
    superuser: str,
    django_db_setup: None,
    django_db_blocker: pytest.FixtureRequest,
) -> Iterator[None]:
    """Django is connected to a database restored from the dump, as the older software left it."""
    name = f"old_{request.param.stem}"
    with psycopg.connect(superuser, dbname="postgres", autocommit=True) as session:
        session.execute(f"DROP DATABASE IF EXISTS {name} WITH (FORCE)".encode())
        session.execute(f"CREATE DATABASE {name} OWNER quai_owner".encode())
    to = conninfo.make_conninfo(superuser, dbname=name)
    restore = [cluster.binaries() / "pg_restore", "--exit-on-error", f"--dbname={to}", request.param]
    subprocess.run(restore, check=True)
    with django_db_blocker.unblock(), connected_to(name):  # type: ignore[attr-defined]
        yield
    with psycopg.connect(superuser, dbname="postgres", autocommit=True) as session:
        session.execute(f"DROP DATABASE {name} WITH (FORCE)".encode())


def test_an_older_house_is_upgraded_whole_and_ends_its_day(old_house: None, tmp_path: Path) -> None:
    told = _told()
    done = upgrade.upgrade(tmp_path)
    assert done.dump is None or done.dump.stat().st_size > 100_000  # a copy aside whenever something migrates
    assert _told() == told
    assert [verdict.code for verdict in verify.verify() if not verdict.ok] == []
    _end_the_day(tmp_path)
    seal_everything(verify.sealed())
    assert [verdict.code for verdict in verify.verify() if not verdict.ok] == []
    assert billing.stage_counts()._asdict() == {
        "issued": 14, "to_release": 0, "to_render": 0, "to_send": 0, "sent": 14,
    }  # fmt: skip
    assert len(list((tmp_path / "outbox").glob("*.pdf"))) == 14


def _end_the_day(home: Path) -> None:
    """Fill the inbox as it was that morning, and play every step: what was done before is not done again."""
    world = World(size="tiny", seed=1, day=DAY)
    for step in day.steps():
        step.play(world, home, house.instant(DAY, step.hour, step.minute), system())


def _told() -> tuple[int, int, Decimal]:
    """What the house has said to the outside: lines received, copies moved, money invoiced."""
    [row] = sql.query(
        "SELECT (SELECT count(*) FROM orders_line) AS lines, (SELECT sum(quantity) FROM stock_movement) AS copies,"
        " (SELECT sum(gross) FROM billing_invoice) AS gross"
    )
    return row.lines, row.copies, row.gross
