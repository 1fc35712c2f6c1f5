"""How a command behaves when it cannot do its work: a sentence, an exit code, nothing half made."""

from __future__ import annotations

import os
import signal
import subprocess
import sys
import time
from collections.abc import Iterator
from pathlib import Path

import pytest

from conftest import ROOT
from quai.core import cluster

SAME = ("--siren", "552100554", "--gln", "3012999000012")


@pytest.fixture
def home(tmp_path: Path) -> Iterator[Path]:
    """Where a house of its own may be made, with its own server; its path has a space and an accent."""
    place = tmp_path / "ma maison à moi"
    yield place
    cluster.destroy(place, even_a_house=True)


def quai(home: Path, *words: str | Path) -> subprocess.CompletedProcess[str]:
    return subprocess.run(
        command(home, *words), cwd=ROOT, env=alone(), capture_output=True, text=True, timeout=300, check=False
    )


def command(home: Path, *words: str | Path) -> list[str]:
    return [sys.executable, "-m", "quai.cli", *map(str, words), "--home", str(home)]


def alone() -> dict[str, str]:
    return {name: value for name, value in os.environ.items() if not name.startswith(("DATABASE_", "QUAI_"))}


@pytest.mark.parametrize(
    ("wrong", "told"),
    [
        (("--siren", "552100555", "--gln", "3012999000012"), "n’est pas un SIREN"),
        (("--siren", "552100554", "--gln", "301299900001"), "n’est pas un GLN"),
        ((*SAME, "--iban", "FR7630006000011234567890180"), "n’est pas un IBAN"),
    ],
)
def test_a_house_with_wrong_numbers_is_refused_before_anything_is_made(
    home: Path, wrong: tuple[str, ...], told: str
) -> None:
    done = quai(home, "init", "--name", "Maison", *wrong)
    assert (done.returncode, done.stdout) == (2, "")
    assert told in done.stderr
    assert not home.exists()


def test_without_a_house_every_command_says_what_to_do(home: Path) -> None:
    for words in (["status"], ["verify"], ["decide"], ["show", "note", "BL2026-000001"]):
        done = quai(home, *words)
        assert done.returncode == 2
        assert "« quai init » en crée une" in done.stderr
    assert not home.exists()


def test_a_home_that_cannot_be_is_told_in_a_sentence(tmp_path: Path) -> None:
    (tmp_path / "fichier").write_text("")
    done = quai(tmp_path / "fichier" / "maison", "init", "--name", "M", *SAME)
    assert (done.returncode, "ce n'est pas un dossier" in done.stderr) == (2, True)
    done = quai(tmp_path / ("a" * 300), "status")
    assert (done.returncode, "trop long" in done.stderr) == (2, True)


def test_a_crash_leaves_its_detail_in_a_file_that_it_names(home: Path) -> None:
    home.mkdir()
    (home / "demo.json").write_text("{")
    done = quai(home, "demo")
    assert done.returncode == 70
    [report] = (home / "log").glob("plantage-*.txt")
    assert str(report) in done.stderr
    assert "Traceback" not in done.stderr
    assert "JSONDecodeError" in report.read_text()
    assert "demo --home" in report.read_text()


def test_a_reader_who_leaves_is_told_nothing(home: Path) -> None:
    reading, writing = os.pipe()
    os.close(reading)
    with os.fdopen(writing, "w") as gone:
        done = subprocess.run(
            command(home, "init", "--help"),
            cwd=ROOT,
            env=alone(),
            stdout=gone,
            stderr=subprocess.PIPE,
            check=False,
        )
    assert (done.returncode, done.stderr) == (141, b"")


def test_a_life_of_a_real_house_from_init_to_destroy(home: Path) -> None:
    made = quai(
        home, "init", "--name", "Maison Exemple", *SAME, "--iban", "FR76 3000 6000 0112 3456 7890 189"
    )
    assert (made.returncode, "est prête dans" in made.stdout) == (0, True)
    again = quai(home, "init", "--name", "Maison Exemple", *SAME)
    assert (again.returncode, "existe déjà" in again.stdout) == (0, True)
    proof = quai(home, "verify")
    assert proof.returncode == 0
    assert proof.stdout.rstrip().splitlines()[-1].startswith("Tout tient : les livres sont entiers")

    assert "vraie maison" in quai(home, "demo").stderr
    unnamed = quai(home, "destroy")
    assert (unnamed.returncode, '--yes-i-mean "Maison Exemple"' in unnamed.stderr) == (2, True)
    assert quai(home, "destroy", "--yes-i-mean", "Maison").returncode == 2
    assert quai(home, "verify").returncode == 0
    (home / "notes.txt").write_text("à moi")
    data = cluster.status(home).data
    ended = quai(home, "destroy", "--yes-i-mean", "Maison Exemple")
    assert (ended.returncode, "notes.txt" in ended.stdout) == (0, True)
    assert [file.name for file in home.iterdir()] == ["notes.txt"]
    assert not data.exists()
    assert quai(home, "destroy").returncode == 2


def test_ctrl_c_loses_nothing_and_a_demo_goes_without_ceremony(home: Path) -> None:
    words = ("demo", "--history", "60")
    begun = subprocess.Popen(
        command(home, *words),
        cwd=ROOT,
        env=alone(),
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        text=True,
        preexec_fn=_heed_ctrl_c,
    )
    while begun.poll() is None and not (home / "demo.json").exists():
        time.sleep(0.05)
    begun.send_signal(signal.SIGINT)
    _, told = begun.communicate(timeout=120)
    assert (begun.returncode, "Rien n’est perdu" in told) == (130, True)
    assert "Traceback" not in told

    first, second = quai(home, *words), quai(home, *words)
    assert (first.returncode, second.returncode) == (0, 0), first.stderr
    assert _but_its_time(first.stdout) == _but_its_time(second.stdout)
    assert "prenez un autre --home" in quai(home, "demo").stderr
    assert quai(home, "verify").returncode == 0
    assert quai(home, "destroy").returncode == 0
    assert not home.exists()


def _heed_ctrl_c() -> None:
    """A suite run in the background hands down an ignored Ctrl+C."""
    signal.signal(signal.SIGINT, signal.default_int_handler)


def _but_its_time(printed: str) -> list[str]:
    return [line for line in printed.splitlines() if "jouée en" not in line]


def test_a_poor_terminal_and_none_are_no_crash(home: Path) -> None:
    status = f"{sys.executable} -m quai.cli status"
    poor = {**alone(), "QUAI_HOME": str(home), "PYTHONIOENCODING": "ascii", "LC_ALL": "C"}
    for shell in (status, f"{status} >&-", f"{status} 2>&-"):
        done = subprocess.run(["sh", "-c", shell], cwd=ROOT, env=poor, capture_output=True, check=False)
        assert done.returncode == 2, (shell, done.stderr)
