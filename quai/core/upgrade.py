"""Bring a house's database to this version of the software, with a copy of it put aside first."""

from __future__ import annotations

import os
import subprocess
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path

from django.conf import settings

from quai.core import cluster, schema


@dataclass(frozen=True, slots=True)
class Upgraded:
    """Migrations applied, and the dump made before them (none for a new house)."""

    applied: list[str]
    dump: Path | None


def upgrade(home: Path) -> Upgraded:
    """Dump, migrate, hold the tables to their kinds. Running it again does nothing.

    The dump is complete and restorable by pg_restore; if it cannot be made, nothing is migrated.
    """
    todo = schema.pending()
    fresh = todo == [schema.EVERYTHING]
    migrates = bool(todo) and not fresh and todo != [schema.PROTECTIONS]
    dump = _dump(home) if migrates else None
    applied = (
        schema.upgrade()
    )  # even when nothing is pending: a protection that somebody took away comes back
    return Upgraded([] if fresh else applied, dump)


def _dump(home: Path) -> Path:
    folder = home / "dumps"
    folder.mkdir(parents=True, exist_ok=True)
    stamp = datetime.now(UTC).strftime("%Y%m%dT%H%M%SZ")
    hidden, final = folder / f".quai-{stamp}.dump", folder / f"quai-{stamp}.dump"
    owner = settings.DATABASES["owner"]
    environment = os.environ | {
        "PGHOST": str(owner["HOST"]),
        "PGPORT": str(owner["PORT"]),
        "PGDATABASE": str(owner["NAME"]),
        "PGUSER": str(owner["USER"]),
        "PGPASSWORD": str(owner["PASSWORD"]),
    }
    command = [str(cluster.binaries() / "pg_dump"), "--format=custom", f"--file={hidden}"]
    subprocess.run(command, env=environment, check=True)
    hidden.rename(final)
    return final
