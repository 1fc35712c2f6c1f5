"""Workers at the same time: real processes, each with its own connection to the house of the test.

A foreman process loads the software once and forks the workers, who connect only then.
"""

from __future__ import annotations

import importlib
import multiprocessing
import os
import traceback
from typing import Any

PATIENCE = 90  # seconds until a worker that says nothing is taken for stuck


def run(job: str, given: Any, *, workers: int) -> list[Any]:
    """Run `module:function` as `function(number, given)` in that many processes; what each returned.

    The job's module may import models: it is imported by the workers only. An error of a worker fails the test.
    """
    from django.conf import settings

    wanted = ("HOST", "PORT", "NAME", "USER", "PASSWORD", "OPTIONS")
    house = {alias: {key: settings.DATABASES[alias][key] for key in wanted} for alias in ("default", "owner")}
    spawn = multiprocessing.get_context("spawn")
    said = spawn.SimpleQueue()
    foreman = spawn.Process(target=_lead, args=(house, job, given, workers, said))
    foreman.start()
    foreman.join(PATIENCE)
    if foreman.is_alive():
        foreman.kill()
        raise AssertionError("a worker is stuck")
    answers: dict[int, Any] = dict(said.get() for _ in range(workers if not said.empty() else 0))
    errors = [answer for answer in answers.values() if isinstance(answer, _Failed)]
    assert not errors, "\n".join(errors)
    assert len(answers) == workers, "a worker died"
    return [answers[number] for number in range(workers)]


class _Failed(str):
    """The traceback of a worker."""


def _lead(house: dict[str, Any], job: str, given: Any, workers: int, said: Any) -> None:
    os.environ["DJANGO_SETTINGS_MODULE"] = "quai.config.settings"
    import django
    from django.conf import settings

    for alias, database in house.items():
        settings.DATABASES[alias].update(database)
    django.setup()
    module, _, name = job.partition(":")
    function = getattr(importlib.import_module(module), name)
    fork = multiprocessing.get_context("fork")
    crew = [fork.Process(target=_work, args=(function, number, given, said)) for number in range(workers)]
    for one in crew:
        one.daemon = True
        one.start()
    for one in crew:
        one.join()


def _work(function: Any, number: int, given: Any, said: Any) -> None:
    try:
        said.put((number, function(number, given)))
    except BaseException:  # whatever it is, the test must see it
        said.put((number, _Failed(traceback.format_exc())))
