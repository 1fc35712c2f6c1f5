"""The running server of a cluster: seen, started, stopped.

Two witnesses say whether it runs. `server.lock` is inherited by the server and all its children, so the
kernel frees it when the last of them is gone: it cannot be stale. `postmaster.pid` says which process, port
and state, and can be stale: a pid counts only when that process works in our data directory, which
PostgreSQL's do.
"""

from __future__ import annotations

import contextlib
import os
import random
import signal
import socket
import time
from dataclasses import dataclass
from pathlib import Path

from . import files, installation, locks, tuning
from .account import Account
from .home import Home
from .types import ClusterError, Kind

_PORTS = range(
    21_000, 32_000
)  # below what systems give to outgoing connections, which would take ours while we are down
_POLL_SECONDS = 0.005
_ORPHANS_SECONDS = 5.0
_FAST_SECONDS = 120.0
_IMMEDIATE_SECONDS = 30.0
_LOG_BYTES = 20_000_000


@dataclass(frozen=True)
class Postmaster:
    """The living parent process of a server."""

    pid: int
    port: int
    state: str  # starting, ready, standby, stopping

    @property
    def ready(self) -> bool:
        return self.state in ("ready", "standby")


def postmaster(data: Path) -> Postmaster | None:
    """Read who serves this data directory, if that process is alive and truly works there."""
    try:
        lines = (data / "postmaster.pid").read_text(encoding="utf-8").splitlines()
    except FileNotFoundError:
        return None
    if not lines or not lines[0].isdecimal() or not _works_in(int(lines[0]), data):
        return None
    port = int(lines[3]) if len(lines) > 3 and lines[3].isdecimal() else 0
    state = lines[7].strip() if len(lines) > 7 else "starting"
    return Postmaster(int(lines[0]), port, state)


def ensure(home: Home, kind: Kind, user: Account) -> Postmaster:
    """Start the server unless it runs, wait until it accepts connections. Under the start lock."""
    data = home.cluster.resolve()
    orphaned_since: float | None = None
    while True:
        found = postmaster(data)
        if found and found.ready:
            return found
        if found is None and not locks.is_held(home.server_lock):
            return _start(home, data, kind, user)
        if found and found.state == "stopping":
            stop(data, home.server_lock)  # whoever asked for it may have been killed: see it to its end
        # Starting: wait, it ends. No parent but children: they end by themselves, or are made to.
        if found:
            orphaned_since = None
        elif orphaned_since is None:
            orphaned_since = time.monotonic()
        elif time.monotonic() - orphaned_since > _ORPHANS_SECONDS:
            kill_all(data)
        time.sleep(_POLL_SECONDS)


def stop(data: Path, lock: Path) -> None:
    """Stop the server and wait until nothing is left of it. Under the start lock.

    Clients are cut, commits are kept. A shutdown may hang (an archiver, a standby that is away): it becomes
    an immediate one, which the WAL repairs.
    """
    began = time.monotonic()
    asked: signal.Signals | None = None
    while True:
        found = postmaster(data)
        if found is None and not locks.is_held(lock):
            return
        waited = time.monotonic() - began
        wanted = signal.SIGINT if waited < _FAST_SECONDS else signal.SIGQUIT
        if found and wanted != asked:
            with contextlib.suppress(ProcessLookupError):
                os.kill(found.pid, wanted)
            asked = wanted
        if waited > _FAST_SECONDS + _IMMEDIATE_SECONDS or (found is None and waited > _ORPHANS_SECONDS):
            kill_all(data)
        time.sleep(_POLL_SECONDS)


def kill_all(data: Path) -> None:
    """Kill the server's processes that a killed parent left, and that are too busy to notice."""
    import psutil  # slow to load, and hardly ever needed

    for process in psutil.process_iter(["name"]):
        # By name too: somebody may have left a shell in that folder.
        if process.info["name"].startswith("postgres") and _works_in(process.pid, data):
            with contextlib.suppress(psutil.NoSuchProcess):
                process.kill()


def _works_in(pid: int, folder: Path) -> bool:
    """Tell whether a process works in this folder; a zombie does not, nor one we may not look at."""
    if Path("/proc/self").exists():
        try:
            return Path(f"/proc/{pid}/cwd").readlink() == folder
        except OSError:
            return False
    import psutil

    try:
        return psutil.Process(pid).cwd() == str(folder)
    except psutil.Error:
        return False


def _start(home: Home, data: Path, kind: Kind, user: Account) -> Postmaster:
    programs = installation.binaries_for(user)
    files.write_whole(data / "quai.conf", tuning.written(kind))
    _forget_reused_pid(data)
    if home.log.exists() and home.log.stat().st_size > _LOG_BYTES:
        home.log.replace(home.log.with_suffix(".log.1"))
    for _ in range(10):
        port = _free_port(home)
        told_before = home.log.stat().st_size if home.log.exists() else 0
        found = _launch(home, data, user, [programs / "postgres", "-D", data, "-p", str(port)])
        if found:
            files.write_whole(home.port_file, f"{port}\n")
            return found
        if _is_free(port):  # it was not the port that failed
            break
    told = home.log.read_bytes()[told_before:].decode(errors="replace").strip().splitlines()
    raise ClusterError("\n".join([f"La base n'a pas démarré (journal : {home.log}).", *told[-8:]]))


def _launch(home: Home, data: Path, user: Account, command: list[str | Path]) -> Postmaster | None:
    """Launch the server and wait until it is ready, however long it recovers; None if it ended instead."""
    held = locks.take(home.server_lock)
    try:
        user.detach(command, log=home.log, keeping=[held])
    finally:
        os.close(held)  # from now on only the server and its children hold it
    while locks.is_held(home.server_lock):
        found = postmaster(data)
        if found and found.ready:
            return found
        time.sleep(_POLL_SECONDS)
    return None


def _forget_reused_pid(data: Path) -> None:
    """Remove a stale pid file whose number another process now has, for PostgreSQL would believe it.

    One whose process is gone stays: PostgreSQL itself knows how to check what that server left.
    """
    path = data / "postmaster.pid"
    try:
        pid = int(path.read_text(encoding="utf-8").split("\n", 1)[0])
        os.kill(pid, 0)
    except (FileNotFoundError, ValueError, ProcessLookupError):
        return
    except PermissionError:
        pass
    path.unlink()


def _free_port(home: Home) -> int:
    with contextlib.suppress(FileNotFoundError, ValueError):
        last = int(home.port_file.read_text(encoding="ascii"))
        if _is_free(last):
            return last
    for port in random.sample(_PORTS, 200):
        if _is_free(port):
            return port
    raise ClusterError("Aucun port libre sur cette machine pour la base de données.")


def _is_free(port: int) -> bool:
    with socket.socket(socket.AF_INET, socket.SOCK_STREAM) as trial:
        trial.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)  # as PostgreSQL does
        try:
            trial.bind(("127.0.0.1", port))
        except OSError:
            return False
    return True
