"""Play the demo's day in a process of its own, which may be killed at its N-th SQL statement."""

from __future__ import annotations

import os
import signal
import sys
from collections.abc import Callable
from contextlib import ExitStack
from datetime import date
from pathlib import Path
from typing import Any


class Deadline:
    """Kill this very process, without a goodbye, when the N-th statement is about to run."""

    def __init__(self, last: int) -> None:
        self.left = last

    def __call__(
        self, execute: Callable[..., Any], statement: str, parameters: Any, many: bool, context: Any
    ) -> Any:
        self.left -= 1
        if self.left == 0:
            os.kill(os.getpid(), signal.SIGKILL)
        return execute(statement, parameters, many, context)


def main(database: str, server_home: str, home: str, day: str, seed: str, dies_at: str) -> None:
    """Play the day; print how many statements it took."""
    from quai.config import boot
    from quai.core import cluster

    os.environ["DJANGO_SETTINGS_MODULE"] = boot.SETTINGS
    from django.conf import settings

    boot.connect(cluster.use(Path(server_home), kind="test"))
    for alias in ("default", "owner"):
        settings.DATABASES[alias]["NAME"] = database
    import django

    django.setup()
    from django.db import connection

    from quai.access.actions import system
    from quai.demo.day import play
    from quai.demo.world import World
    from quai.relief import verify

    deadline = Deadline(int(dies_at))
    with ExitStack() as stack:
        stack.enter_context(connection.execute_wrapper(deadline))
        world = World(size="tiny", seed=int(seed), day=date.fromisoformat(day))
        play(world, Path(home), by=system(), step_done=lambda _: verify.seal())
    print(int(dies_at) - deadline.left)


if __name__ == "__main__":
    main(*sys.argv[1:])
