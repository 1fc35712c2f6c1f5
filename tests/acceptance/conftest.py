"""A terminal in a house of its own."""

from __future__ import annotations

import json
import os
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from django.conf import settings

from conftest import ROOT

HOUSE_GLN = "3012999000012"
Terminal = Callable[..., Any]


def address(alias: str) -> str:
    """Where a role of this test's database is, as DATABASE_URL says it."""
    at = settings.DATABASES[alias]
    return f"postgresql://{at['USER']}:{at['PASSWORD']}@{at['HOST']}:{at['PORT']}/{at['NAME']}"


@pytest.fixture
def quai(fresh_house: str, tmp_path: Path) -> Terminal:
    """Run a command and give what it answers in JSON; `code` is the exit code expected."""
    environment = os.environ | {
        "DATABASE_URL": address("default"),
        "DATABASE_OWNER_URL": address("owner"),
        "QUAI_HOME": str(tmp_path / "home"),
    }

    def run(*words: str | Path, code: int = 0) -> Any:
        command = [sys.executable, "-m", "quai.cli", *map(str, words), "--json"]
        done = subprocess.run(
            command, cwd=ROOT, env=environment, capture_output=True, text=True, timeout=120, check=False
        )
        assert done.returncode == code, f"{words}: {done.returncode}\n{done.stderr}\n{done.stdout}"
        return json.loads(done.stdout) if done.stdout.strip() else done.stderr

    return run


@pytest.fixture
def house(quai: Terminal) -> Terminal:
    """An empty house, known by the GLN that the sample files order from."""
    quai("init", "--name", "Maison Exemple", "--siren", "552100554", "--gln", HOUSE_GLN)
    return quai
