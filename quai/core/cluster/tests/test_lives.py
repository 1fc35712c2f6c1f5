"""When the server runs: as long as somebody uses it, whatever is killed."""

from __future__ import annotations

import contextlib
import os
import signal
import socket
import threading
import time
from pathlib import Path

import psutil
import psycopg
import pytest

from quai.core import cluster
from quai.core.cluster import account, server
from quai.core.cluster.home import Home

from .conftest import NewHome, StartUser, is_gone, keepers, pid_of, wait_until


def answers(url: str) -> bool:
    with psycopg.connect(url) as session:
        return session.execute("SELECT 1").fetchone() == (1,)


def test_it_stops_when_its_last_user_ends(home: Path, start_user: StartUser) -> None:
    first, second = start_user(home), start_user(home)
    address = first.url()
    assert second.url() == address
    assert cluster.status(home).running
    first.end()
    time.sleep(0.2)
    assert answers(address)
    second.end()
    wait_until(lambda: is_gone(home))
    assert not cluster.status(home).running


def test_it_stops_when_its_last_user_is_killed(home: Path, start_user: StartUser) -> None:
    user = start_user(home)
    assert answers(user.url())
    user.kill()
    wait_until(lambda: is_gone(home))


def test_a_forked_child_is_a_user_too(home: Path) -> None:
    address = cluster.use(home, kind="test").app.url()
    reading, writing = os.pipe()
    child = os.fork()
    if child == 0:  # pragma: no cover
        os.close(writing)
        os.read(reading, 1)
        os._exit(0)
    os.close(reading)
    cluster.release(home)
    time.sleep(0.2)
    assert answers(address)
    os.close(writing)
    os.waitpid(child, 0)
    wait_until(lambda: is_gone(home))


def test_two_houses_run_side_by_side(new_home: NewHome) -> None:
    first, second = new_home(), new_home()
    one, two = cluster.use(first, kind="test"), cluster.use(second, kind="test")
    assert one.app.port != two.app.port
    assert one.app.password != two.app.password
    cluster.stop(first)
    assert answers(two.app.url())


def test_commands_at_the_same_instant_make_one_server(new_home: NewHome, start_user: StartUser) -> None:
    home = new_home()
    users = [start_user(home) for _ in range(4)]
    assert len({user.url() for user in users}) == 1
    assert len(keepers(home)) == 1


def test_commands_that_follow_each_other_never_fall_between_two_servers(
    home: Path, start_user: StartUser
) -> None:
    for turn in range(8):
        user = start_user(home)
        assert answers(user.url())
        (user.kill if turn % 2 else user.end)()
    wait_until(lambda: is_gone(home))


def test_it_comes_back_on_its_port_with_what_was_committed(home: Path) -> None:
    made = cluster.use(home, kind="test")
    with psycopg.connect(made.owner.url()) as session:
        session.execute("CREATE TABLE kept AS SELECT 42 AS answer")
    cluster.stop(home)
    again = cluster.use(home, kind="test")
    assert again.owner == made.owner
    with psycopg.connect(again.owner.url()) as session:
        assert session.execute("SELECT answer FROM kept").fetchone() == (42,)


def test_a_taken_port_is_left_to_its_taker(home: Path) -> None:
    port = cluster.use(home, kind="test").app.port
    cluster.stop(home)
    with socket.socket() as taker:
        taker.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        taker.bind(("127.0.0.1", port))
        taker.listen()
        moved = cluster.use(home, kind="test")
        assert moved.app.port != port
        assert answers(moved.app.url())


def test_a_port_lost_at_the_last_moment_is_replaced(home: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    with socket.socket() as taker:
        taker.bind(("127.0.0.1", 0))
        taker.listen()
        choices = iter([taker.getsockname()[1]])
        free = server._free_port
        monkeypatch.setattr(server, "_free_port", lambda place: next(choices, None) or free(place))
        assert answers(cluster.use(home, kind="test").app.url())


def test_a_killed_keeper_is_replaced_by_the_next_command(home: Path, start_user: StartUser) -> None:
    user = start_user(home)
    address = user.url()
    [keeper] = keepers(home)
    os.kill(keeper, signal.SIGKILL)
    wait_until(lambda: not cluster.status(home).kept)
    user.kill()
    assert answers(address)  # nobody watches, so it still runs
    second = start_user(home)
    assert second.url() == address
    assert cluster.status(home).kept
    second.end()
    wait_until(lambda: is_gone(home))


def test_a_killed_server_is_started_again(home: Path) -> None:
    made = cluster.use(home, kind="test")
    killed = pid_of(home)
    os.kill(killed, signal.SIGKILL)
    wait_until(lambda: not cluster.status(home).running)
    again = cluster.use(home, kind="test")
    assert answers(again.app.url())
    assert pid_of(home) != killed
    assert again == made


def test_what_a_killed_server_left_at_work_does_not_block(
    home: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(server, "_ORPHANS_SECONDS", 0.3)
    made = cluster.use(home, kind="test")
    endless = "SELECT count(*) FROM generate_series(1, 100000) a, generate_series(1, 100000) b"

    def work() -> None:
        with contextlib.suppress(psycopg.Error), psycopg.connect(made.app.url()) as session:
            session.execute(endless)

    worker = threading.Thread(target=work)
    worker.start()
    time.sleep(0.3)
    os.kill(pid_of(home), signal.SIGKILL)
    wait_until(lambda: not cluster.status(home).running)
    assert answers(cluster.use(home, kind="test").app.url())
    worker.join()


def test_a_pid_file_from_before_a_reboot_is_seen_through(home: Path) -> None:
    cluster.use(home, kind="test")
    place = Home(home)
    stale = (place.cluster / "postmaster.pid").read_text(encoding="utf-8")
    pid = pid_of(home)
    user = account.owner_of(place.cluster)
    cluster.stop(home)
    with psutil.Popen(
        ["/bin/sleep", "60"], user=user.uid
    ) as other:  # the same user: PostgreSQL would believe it
        for reused in (other.pid, os.getpid(), 1, pid):
            (place.cluster / "postmaster.pid").write_text(
                stale.replace(str(pid), str(reused), 1), encoding="utf-8"
            )
            user.give(place.cluster / "postmaster.pid")
            assert not cluster.status(home).running
            assert answers(cluster.use(home, kind="test").app.url())
            cluster.stop(home)
        other.kill()


def test_a_command_that_comes_during_the_stop_waits_for_its_end(home: Path, start_user: StartUser) -> None:
    user = start_user(home)
    address = user.url()
    session = psycopg.connect(address)
    os.kill(pid_of(home), signal.SIGINT)  # a stop whose author is gone
    again = start_user(home)
    assert answers(again.url())
    session.close()


def test_whatever_is_killed_in_whatever_order_one_server_answers(home: Path, start_user: StartUser) -> None:
    for turn in range(6):
        users = [start_user(home) for _ in range(2)]
        time.sleep(0.05 * turn)
        doomed = keepers(home)[: turn % 2]
        if turn % 3 == 2 and (found := cluster.status(home).pid):
            doomed.append(found)
        for pid in doomed:
            with contextlib.suppress(ProcessLookupError):
                os.kill(pid, signal.SIGKILL)
        for user in users:
            user.kill()
    last = start_user(home)
    assert answers(last.url())
    assert len(keepers(home)) == 1
    last.end()
    wait_until(lambda: is_gone(home))
