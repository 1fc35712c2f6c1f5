"""The keeper of a home: a small process that outlives commands, to stop the server after its last user.

It sleeps in the kernel, on the lock that every user holds shared: the kernel gives it to the keeper when no
user is left, however they ended. It holds that lock while it stops the server, so a newcomer waits, then
starts it again.
"""

from __future__ import annotations

import fcntl
import os
import sys
from pathlib import Path

from . import account, locks, server
from .home import Home


def ensure(home: Home) -> None:
    """Start a keeper unless one lives. Under the start lock, holding the users' lock.

    We take its lock and it inherits it: it counts as alive from its first instant, and there are never two.
    """
    if locks.is_held(home.keeper_lock):
        return
    held = locks.take(home.keeper_lock)
    environment = {"PYTHONPATH": str(Path(__file__).resolve().parents[3])}
    if libraries := os.environ.get("LD_LIBRARY_PATH"):  # some Pythons do not start without
        environment["LD_LIBRARY_PATH"] = libraries
    # As a module by name, whatever the folder we are called from.
    command: list[str | Path] = [sys.executable, "-P", "-m", __package__, home.path, str(held)]
    try:
        account.current().detach(command, log=home.keeper_log, keeping=[held], **environment)
    finally:
        os.close(held)


def main() -> None:
    """Keep one home: `python -m quai.core.cluster HOME DESCRIPTOR-OF-ITS-LOCK`."""
    home, own = Home(Path(sys.argv[1])), int(sys.argv[2])
    users, start = locks.open_file(home.users_lock), locks.open_file(home.start_lock)
    data = home.cluster.resolve()  # the home may be deleted before its users end
    fcntl.flock(users, fcntl.LOCK_EX)
    fcntl.flock(start, fcntl.LOCK_EX)
    server.stop(data, home.server_lock)
    # Our own lock first: whoever gets the users' lock next must see that this keeper is gone.
    for descriptor in (own, start, users):
        os.close(descriptor)
