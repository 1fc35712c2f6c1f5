"""The house kept whole: upgraded with a copy put aside, found out when somebody changed what happened."""

from __future__ import annotations

import subprocess
from pathlib import Path

import psycopg

from quai.core import cluster
from quai.relief import verify
from tests.acceptance.conftest import Terminal
from tests.acceptance.test_sample_files import SAMPLES
from tests.sealing import seal_everything


def test_an_older_base_is_said_and_upgraded_with_a_copy_aside(
    house: Terminal, superuser: str, fresh_house: str, tmp_path: Path
) -> None:
    with psycopg.connect(superuser, dbname=fresh_house, autocommit=True) as session:
        session.execute("DELETE FROM django_migrations WHERE app = 'exchange' AND name = '0002_slip'")
        session.execute("DROP TABLE exchange_slip CASCADE")
    assert "quai upgrade" in house("status", code=2)
    done = house("upgrade")
    assert done["applied"] == ["exchange.0002_slip"]
    assert done["ok"]
    listed = subprocess.run(
        [cluster.binaries() / "pg_restore", "--list", done["dump"]],
        capture_output=True,
        text=True,
        check=True,
    )
    assert "orders_line_move" in listed.stdout
    assert house("upgrade") == {"applied": [], "dump": None, "ok": True}


def test_verify_tells_a_quantity_changed_behind_its_back(
    house: Terminal, superuser: str, fresh_house: str
) -> None:
    house("receive", SAMPLES / "orders_flat.txt")
    seal_everything(verify.sealed())
    assert house("verify")["ok"]
    with psycopg.connect(superuser, dbname=fresh_house, autocommit=True) as session:
        session.execute("SET session_replication_role = replica")
        session.execute("UPDATE orders_line SET quantity = quantity + 1 WHERE gtin = '9782253121657'")
    told = house("verify", code=1)
    assert not told["ok"]
    assert "orders_line.seal" in {check["code"] for check in told["checks"] if not check["ok"]}


def test_verify_rebuilds_what_can_be_derived(house: Terminal, superuser: str, fresh_house: str) -> None:
    house("receive", SAMPLES / "orders_flat.txt")
    with psycopg.connect(superuser, dbname=fresh_house, autocommit=True) as session:
        session.execute("DELETE FROM orders_line_state")
    assert not house("verify", code=1)["ok"]
    assert house("verify", "--rebuild")["ok"]


def test_the_house_says_what_it_does_not_know(house: Terminal) -> None:
    assert "F2026-000001" in house("show", "invoice", "F2026-000001", code=2)
    assert "CMD" in house("show", "order", "CMD", code=2)
    assert "9782070360024" in house("stock", "show", "9782070360024", code=2)
    house("show", "nothing", "x", code=2)


def test_a_protection_taken_away_is_found_and_given_back(
    house: Terminal, superuser: str, fresh_house: str
) -> None:
    with psycopg.connect(superuser, dbname=fresh_house, autocommit=True) as session:
        session.execute("DROP TRIGGER orders_line_move_unchanged ON orders_line_move")
        session.execute("GRANT UPDATE ON orders_line TO quai_app")
    told = house("verify", code=1)
    assert [check["code"] for check in told["checks"] if not check["ok"]] == ["core.tables_are_held"]
    assert house("upgrade")["ok"]
    assert house("verify")["ok"]


def test_a_house_is_founded_once(house: Terminal) -> None:
    same = ("--siren", "552100554", "--gln", "3012999000012")
    house("init", "--name", "Maison Exemple", *same)
    assert "déjà fondée" in house("init", "--name", "Une autre", *same, code=2)


def test_the_house_has_its_own_numbers_right(quai: Terminal) -> None:
    assert "SIREN" in quai("init", "--name", "M", "--siren", "123456789", "--gln", "3012999000012", code=2)
    assert "GLN" in quai("init", "--name", "M", "--siren", "552100554", "--gln", "301", code=2)
