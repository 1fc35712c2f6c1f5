"""One command's stay in a house: who acts, at what instant, and the seal at the end."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path
from typing import TYPE_CHECKING

from quai.config import boot
from quai.core import cluster

if TYPE_CHECKING:
    from quai.access.types import Actor


class NotAHouse(Exception):  # noqa: N818 - said to the person as it is
    """There is no house in this folder, or it is behind the software."""


@dataclass(frozen=True, slots=True)
class Session:
    """The home, the instant and the actor of a command."""

    home: Path
    at: datetime
    by: Actor


@contextmanager
def in_house(home: Path | None) -> Iterator[Session]:
    """Open an existing house for one command, and seal what the command wrote.

    :raises NotAHouse: nothing was made there yet, or `quai upgrade` has work to do.
    """
    place = home or boot.home_path()
    start(place)
    from quai.access.actions import system
    from quai.core import schema
    from quai.relief import verify

    if schema.pending():
        raise NotAHouse("La base est plus ancienne que le logiciel : lancez d’abord « quai upgrade ».")
    try:
        yield Session(place, datetime.now(UTC), system())
    finally:
        verify.seal()


def start(home: Path) -> None:
    """Start the server of an existing home and set Django up on it.

    :raises NotAHouse: nothing was made there yet.
    """
    import os

    kind = cluster.status(home).kind
    if kind is None and "DATABASE_URL" not in os.environ:
        raise NotAHouse(
            f"Il n’y a pas de maison dans {home} : « quai init » en crée une, « quai demo » la joue."
        )
    boot.open_house(home, kind=kind or "house")
