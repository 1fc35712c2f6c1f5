"""Put an end to a house: its database, wherever it lies, and the papers of its folder. Nothing brings it back."""

from __future__ import annotations

import shutil
from dataclasses import dataclass
from pathlib import Path

from quai.core import cluster
from quai.core.refusals import NeedsConfirmation

OURS = ("cluster", "secrets.json", "run", "demo.json", "inbox", "outbox", "documents", "dumps", "log")


class NameTheHouse(NeedsConfirmation):
    """%(home)s holds a real house and its books: to erase them for ever, type --yes-i-mean "%(name)s"."""

    code = "desk.name_the_house"


@dataclass(frozen=True, slots=True)
class Ended:
    """What was erased; `left` is what the folder held that Quai had not put there, and still does."""

    home: Path
    kind: str
    left: list[str]


def end(*, home: Path, kind: cluster.Kind, name: str, confirmed: str) -> Ended:
    """Erase a house. Running it again is harmless.

    :param name: the name that must be typed for a real house; a demo or a test goes without ceremony.
    :raises NameTheHouse: it is a real house, and what was typed is not its name.
    """
    if kind == "house" and confirmed != name:
        raise NameTheHouse(home=home, name=name)
    cluster.destroy(home, even_a_house=kind == "house")
    for ours in OURS:
        _erase(home / ours)
    left = sorted(other.name for other in home.iterdir())
    if not left:
        home.rmdir()
    return Ended(home, kind, left)


def _erase(path: Path) -> None:
    if path.is_dir() and not path.is_symlink():
        shutil.rmtree(path)
    else:
        path.unlink(missing_ok=True)
