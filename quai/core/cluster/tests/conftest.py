"""Homes to try in, and processes that use them."""

from __future__ import annotations

import os
import shutil
import signal
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from pathlib import Path

import pytest

from quai.core import cluster
from quai.core.cluster import locks, server
from quai.core.cluster.home import Home

SOURCES = Path(__file__).resolve().parents[4]

_PROGRAM = """
import sys
from pathlib import Path
from quai.core.cluster import use
print(use(Path(sys.argv[1]), kind="test").app.url(), flush=True)
sys.stdin.read()
"""


@dataclass
class User:
    """Another process that uses a home until told to end, or killed."""

    process: subprocess.Popen[str]

    def url(self) -> str:
        """Wait until it has its server, and give the application's address."""
        assert self.process.stdout is not None
        told = self.process.stdout.readline().strip()
        assert told, "the user process ended without a server"
        return told

    def end(self) -> None:
        self.process.communicate()

    def kill(self) -> None:
        self.process.send_signal(signal.SIGKILL)
        self.process.communicate()


StartUser = Callable[[Path], User]
NewHome = Callable[[], Path]


@pytest.fixture
def start_user() -> Iterator[StartUser]:
    """Start processes that use a home; those left at the end are killed."""
    started: list[User] = []

    def start(home: Path) -> User:
        command = [sys.executable, "-c", _PROGRAM, str(home)]
        pipe = subprocess.PIPE
        environment = os.environ | {"PYTHONPATH": str(SOURCES)}
        process = subprocess.Popen(command, stdin=pipe, stdout=pipe, text=True, env=environment)
        started.append(User(process))
        return started[-1]

    yield start
    for user in started:
        if user.process.poll() is None:
            user.kill()


@pytest.fixture
def new_home() -> Iterator[NewHome]:
    """Make places for homes that the cluster's user can reach; destroyed at the end."""
    parent = Path(tempfile.mkdtemp(prefix="quai-cluster-"))
    parent.chmod(0o755)
    made: list[Path] = []

    def make() -> Path:
        made.append(parent / f"home{len(made)}")
        return made[-1]

    yield make
    for home in made:
        clear(home)
    shutil.rmtree(parent)


@pytest.fixture(scope="session")
def shared_home() -> Iterator[Path]:
    """Make one home for the tests that need no new one: making it is what costs time."""
    parent = Path(tempfile.mkdtemp(prefix="quai-cluster-"))
    parent.chmod(0o755)
    home = parent / "home"
    cluster.use(home, kind="test")
    cluster.stop(home)
    yield home
    clear(home)
    shutil.rmtree(parent)


@pytest.fixture
def home(shared_home: Path, start_user: StartUser) -> Iterator[Path]:
    """Give a home whose cluster is made and stopped, and stop it again."""
    local = shared_home / "cluster" / "local.conf"
    wait_until(lambda: is_gone(shared_home))
    before = local.read_bytes()
    yield shared_home
    local.write_bytes(before)
    cluster.stop(shared_home)


def clear(home: Path) -> None:
    """Destroy a home's cluster and wait for its keeper to go."""
    cluster.destroy(home)
    wait_until(lambda: not locks.is_held(Home(home).keeper_lock))


def is_gone(home: Path) -> bool:
    """Tell whether neither a server nor a keeper is left."""
    place = Home(home)
    return not (
        locks.is_held(place.server_lock)
        or locks.is_held(place.keeper_lock)
        or server.postmaster(place.cluster.resolve())
    )


def wait_until(true: Callable[[], bool], *, seconds: float = 10.0) -> None:
    """Wait for something that another process does."""
    limit = time.monotonic() + seconds
    while not true():
        assert time.monotonic() < limit, "it did not happen in time"
        time.sleep(0.01)


def pid_of(home: Path) -> int:
    """Give the pid of the server of a home."""
    pid = cluster.status(home).pid
    assert pid is not None
    return pid


def keepers(home: Path) -> list[int]:
    """Give the pids of the keepers of a home, from what their command line says."""
    import psutil

    found = []
    for process in psutil.process_iter(["cmdline"]):
        command = process.info["cmdline"] or []
        if "quai.core.cluster" in command and str(home) in command:
            found.append(process.pid)
    return found
