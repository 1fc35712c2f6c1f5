"""A command wrongly called is told in French, with where its usage is."""

from __future__ import annotations

import os
import subprocess
import sys

import pytest

from conftest import ROOT


def called(*words: str) -> subprocess.CompletedProcess[str]:
    environment = {name: value for name, value in os.environ.items() if name != "DATABASE_URL"}
    return subprocess.run(
        [sys.executable, "-m", "quai.cli", *words],
        cwd=ROOT, env=environment, capture_output=True, text=True, timeout=60, check=False,
    )  # fmt: skip


@pytest.mark.parametrize(
    ("words", "told"),
    [
        (["foo"], "Il n’y a pas de commande « foo »."),
        (["show", "order"], "Il manque REF."),
        (["show", "livre", "x"], "GENRE : order, line, note ou invoice"),
        (["status", "--hom", "x"], "Il n’y a pas d’option --hom."),
        (["ship", "--short", "/nulle/part"], "« /nulle/part » n’existe pas."),
        (["bill", "--until", "hier"], "« hier » n’est pas un jour : 2026-11-25."),
        (["demo", "--seed", "x"], "--seed attend un nombre entier."),
        (["demo", "--history", "-1"], "--history : ce nombre est hors de ses bornes."),
        (["init", "--name", "M"], "Il manque l’option --siren."),
    ],
)
def test_a_wrong_call_is_told_in_french(words: list[str], told: str) -> None:
    done = called(*words)
    assert (done.returncode, done.stderr.splitlines()[0]) == (2, told)
    assert done.stderr.splitlines()[1].endswith("--help » montre l’usage.")


def test_help_is_in_french_under_the_name_of_the_program() -> None:
    done = called("init", "--help")
    assert done.returncode == 0
    assert done.stdout.startswith("Usage : quai init [OPTIONS]")
    assert "Montrer cette aide." in done.stdout
    assert "required" not in done.stdout
