"""How a process of the bench begins: it opens the house before it hears of any model."""

from __future__ import annotations

from pathlib import Path

from quai.config import boot


def begin(home: Path, database: str) -> None:
    """Connect this process to a database of the house."""
    boot.open_house(home, kind="demo")
    from benchmarks import house

    house.reconnect(database)
