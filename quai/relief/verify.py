"""Run every check of every package; find every difference between caches, facts and seals."""

from __future__ import annotations

import importlib
import time
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from functools import partial
from types import ModuleType

from django.conf import settings

from quai.core import caches, seals, snapshot
from quai.core.findings import Finding


@dataclass(frozen=True, slots=True)
class Verdict:
    """What one check found, and how long it took (seconds)."""

    code: str
    seconds: float
    findings: list[Finding] = field(default_factory=list)

    @property
    def ok(self) -> bool:
        """Nothing was found."""
        return not self.findings


def packages() -> list[ModuleType]:
    """The `checks` module of every package, lowest layer first."""
    return [importlib.import_module(f"quai.{package}.checks") for package in settings.PACKAGES]


def sealed() -> dict[str, tuple[str, ...]]:
    """Every sealed table and the columns its seal covers."""
    return {table: columns for module in packages() for table, columns in module.SEALED.items()}


def verify(*, done: Callable[[], object] = lambda: None) -> list[Verdict]:
    """Run every check on one snapshot of the house, on every core of the machine; a verdict each.

    The many small tables that come first in the list are read last, so that all cores end together.

    :param done: told of each check as it ends.
    """
    checks = [partial(_judged, code, check) for code, check in _checks()]
    return snapshot.read_together(checks, done=done)


def _judged(code: str, check: Callable[[], Iterator[Finding]]) -> Verdict:
    started = time.perf_counter()
    findings = list(check())
    return Verdict(code, time.perf_counter() - started, findings)


def count() -> int:
    """How many checks there are."""
    return sum(1 for _ in _checks())


def rebuild() -> dict[str, int]:
    """Make every cache again from facts alone; the rows each now holds."""
    return {cache.table: caches.rebuild(cache) for module in packages() for cache in module.CACHES}


def seal() -> int:
    """Seal the facts committed since the last time; how many."""
    return seals.seal(sealed())


def _checks() -> Iterator[tuple[str, Callable[[], Iterator[Finding]]]]:
    for table, columns in sealed().items():
        yield f"{table}.seal", partial(seals.broken, {table: columns})
    for module in packages():
        package = module.__name__.split(".")[1]
        for cache in module.CACHES:
            yield cache.code, partial(caches.drift, cache)
        for check in module.CHECKS:
            yield f"{package}.{check.__name__}", check
