"""Settings for the machine, and servers that are not ours."""

from __future__ import annotations

from pathlib import Path

import psycopg
import pytest

from quai.core import cluster
from quai.core.cluster import elsewhere, installation, tuning

GIGABYTE = 1024**3


def test_a_house_takes_a_quarter_of_the_memory_and_keeps_what_commits_promise() -> None:
    house = tuning.settings("house", ram=24 * GIGABYTE)
    assert house["shared_buffers"] == "'6144MB'"
    assert house["max_wal_size"] == "'4GB'"
    for kind in ("house", "demo"):
        unsafe = {"fsync", "full_page_writes", "synchronous_commit"}
        assert not unsafe & tuning.settings(kind, ram=24 * GIGABYTE).keys()


def test_demos_leave_room_for_each_other() -> None:
    sizes = {ram: tuning.settings("demo", ram=ram * GIGABYTE)["shared_buffers"] for ram in (2, 8, 24, 256)}
    assert sizes == {2: "'256MB'", 8: "'256MB'", 24: "'384MB'", 256: "'512MB'"}


def test_the_house_may_set_what_it_wants(home: Path) -> None:
    cluster.use(home, kind="test")
    with psycopg.connect(cluster.superuser(home).url(), autocommit=True) as session:
        assert session.execute("SHOW shared_buffers").fetchone() == ("128MB",)
        assert session.execute(
            "SELECT count(*) FROM pg_file_settings WHERE error IS NOT NULL"
        ).fetchone() == (0,)
    cluster.stop(home)
    with (home / "cluster" / "local.conf").open("a", encoding="utf-8") as own:
        own.write("work_mem = '33MB'\n")
    with psycopg.connect(cluster.use(home, kind="test").app.url()) as session:
        assert session.execute("SHOW work_mem").fetchone() == ("33MB",)


def test_a_setting_the_server_refuses_is_told(home: Path) -> None:
    cluster.use(home, kind="test")
    cluster.stop(home)
    with (home / "cluster" / "local.conf").open("a", encoding="utf-8") as own:
        own.write("shared_buffers = 'much'\n")
    with pytest.raises(cluster.ClusterError, match="shared_buffers"):
        cluster.use(home, kind="test")


def test_programs_are_there() -> None:
    for name in ("psql", "pg_dump", "pg_restore", "pg_basebackup", "pg_receivewal", "pg_combinebackup"):
        assert (cluster.binaries() / name).is_file()


def test_an_external_server_is_used_as_it_is(home: Path) -> None:
    ours = cluster.use(home, kind="test")
    theirs = cluster.external(ours.app.url() + "?sslmode=prefer", ours.owner.url())
    assert not theirs.embedded
    assert theirs.owner == ours.owner
    assert theirs.app.options == (("sslmode", "prefer"),)
    assert theirs.app.environment()["PGSSLMODE"] == "prefer"
    with psycopg.connect(theirs.app.url()) as session:
        assert session.info.user == ours.app.user
    assert cluster.external(ours.app.url()).owner == ours.app


def test_an_older_external_server_is_refused(home: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(elsewhere, "MAJOR", installation.MAJOR + 1)
    with pytest.raises(cluster.ClusterError, match="il faut au moins"):
        cluster.external(cluster.use(home, kind="test").app.url())


@pytest.mark.parametrize(
    "address", ["mysql://a@b/c", "postgresql://", "postgresql://host/base", "host=a user=b"]
)
def test_an_address_that_is_none_is_refused(address: str) -> None:
    with pytest.raises(cluster.ClusterError, match="DATABASE_URL doit avoir la forme"):
        cluster.external(address)


def test_a_server_that_does_not_answer_is_told() -> None:
    with pytest.raises(cluster.ClusterError, match="ne répond pas"):
        cluster.external("postgresql://a:b@127.0.0.1:1/c")


def test_a_connection_survives_its_address() -> None:
    odd = cluster.Connection("::1", 5432, "quai é", "a b", "p@/:%", (("sslmode", "require"),))
    told = psycopg.conninfo.conninfo_to_dict(odd.url())
    assert (told["host"], told["user"], told["password"], told["dbname"]) == ("::1", "a b", "p@/:%", "quai é")
