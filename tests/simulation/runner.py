"""Play days of a month, each in a process of its own that may be killed at its N-th SQL statement.

Python takes seconds to import a whole house, so one process does it once and never talks to the database; each day
is a fork of it, which a SIGKILL ends as surely as any other.
"""

from __future__ import annotations

import json
import os
import sys
import traceback
from contextlib import ExitStack
from pathlib import Path

from tests.simulation.player import Deadline


def main(database: str, server_home: str, home: str, seed: str) -> None:
    """Answer each `day dies_at` read with how that day's process ended."""
    from quai.config import boot
    from quai.core import cluster

    os.environ["DJANGO_SETTINGS_MODULE"] = boot.SETTINGS
    from django.conf import settings

    boot.connect(cluster.use(Path(server_home), kind="test"))
    for alias in ("default", "owner"):
        settings.DATABASES[alias]["NAME"] = database
    import django

    django.setup()
    import tests.simulation.life  # noqa: F401 - imported once, for all days

    for line in sys.stdin:
        day, dies_at = line.split()
        print(json.dumps(_in_a_fork(int(day), int(dies_at), Path(home), int(seed))), flush=True)


def _in_a_fork(day: int, dies_at: int, home: Path, seed: int) -> dict[str, int | str]:
    reader, writer = os.pipe()
    child = os.fork()
    if child == 0:
        os.close(reader)
        os._exit(_play(day, dies_at, home, seed, writer))
    os.close(writer)
    with os.fdopen(reader, encoding="utf-8") as told:
        said = told.read()
    _, status = os.waitpid(child, 0)
    return {"code": os.waitstatus_to_exitcode(status), "said": said}


def _play(day: int, dies_at: int, home: Path, seed: int, writer: int) -> int:
    """Play one day and write how many statements it took, or what went wrong."""
    from django.db import connection

    from quai.access.actions import system
    from quai.relief import verify
    from tests.simulation.life import Life
    from tests.simulation.month import Month

    deadline = Deadline(dies_at)
    try:
        with ExitStack() as stack:
            stack.enter_context(connection.execute_wrapper(deadline))
            steps = list(Life(Month(seed), day, home, system()).steps())
            for number, step in enumerate(steps, start=1):
                step()
                if number in (len(steps) // 2, len(steps)):  # more seals would get most of the kills
                    verify.seal()
        os.write(writer, str(dies_at - deadline.left).encode())
    except BaseException:
        os.write(writer, traceback.format_exc()[-8_000:].encode())
        return 1
    return 0


if __name__ == "__main__":
    main(*sys.argv[1:])
