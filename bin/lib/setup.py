"""Install what the lock file names into the checkout's virtual environment, with nothing but Python itself.

`setup.py ROOT VENV run|dev KEY`, called by setup.sh when the stamp of VENV does not bear KEY. It may be
killed at any moment: the next run throws away an installation that did not come to its end.
"""

from __future__ import annotations

import fcntl
import os
import shutil
import subprocess
import sys
from pathlib import Path

UV = "0.13.9"
NEEDS = "import sys; sys.exit(sys.version_info < (3, 11))"


def main(root: Path, venv: Path, kind: str, key: str) -> None:
    venv.parent.mkdir(parents=True, exist_ok=True)
    lock = open_lock(venv.with_name(f"{venv.name}.lock"))
    stamp = venv / f"quai-{kind}.stamp"
    if stamp.exists() and stamp.read_text(encoding="ascii").strip() == key:
        return  # another command did it while we waited
    say("Installation des composants de Quai (une fois, quelques minutes au plus)…", "Setting up Quai, once.")
    unfinished = venv.with_name(f"{venv.name}.unfinished")
    if unfinished.exists() or not succeeds([venv / "bin" / "python", "-c", NEEDS]):
        shutil.rmtree(venv, ignore_errors=True)
    unfinished.touch()
    install(root, venv, kind, lock)
    # What the developers' tools come with includes what the house runs with.
    for done in {"run", kind}:
        write(venv / f"quai-{done}.stamp", key)
    unfinished.unlink()


def open_lock(path: Path) -> int:
    """Wait for our turn. The programs we run inherit the lock, in case we are killed and they are not."""
    lock = os.open(path, os.O_RDWR | os.O_CREAT, 0o600)
    try:
        fcntl.flock(lock, fcntl.LOCK_EX | fcntl.LOCK_NB)
    except BlockingIOError:
        say("Une autre commande installe déjà Quai : attente de sa fin…", "Waiting for another set-up.")
        fcntl.flock(lock, fcntl.LOCK_EX)
    return lock


def install(root: Path, venv: Path, kind: str, lock: int) -> None:
    """Make the environment, have uv in it, and let uv do the rest."""
    python = venv / "bin" / "python"
    if not python.exists():
        run([sys.executable, "-m", "venv", "--without-pip", "--prompt", "quai", venv], lock)
    if not succeeds([python, "-c", f"from importlib.metadata import version as v; assert v('uv') == '{UV}'"]):
        install_uv(python, lock)
    groups = [] if kind == "dev" else ["--no-dev"]
    calm = [] if sys.stderr.isatty() else ["--quiet"]
    environment = os.environ | {"UV_PROJECT_ENVIRONMENT": str(venv), "UV_PYTHON_DOWNLOADS": "never"}
    # Inexact: what others installed stays, so that bin/quai and bin/test do not undo each other's work.
    sync: list[str | Path] = [venv / "bin" / "uv", "sync", "--frozen", "--inexact", *groups, *calm]
    run([*sync, "--project", root, "--python", python], lock, environment)


def install_uv(python: Path, lock: int) -> None:
    """Install uv with pip: the environment's, or that of the Python we run under (Debian lends no other)."""
    wanted = ["install", "--quiet", "--disable-pip-version-check", "--no-input", f"uv=={UV}"]
    if succeeds([python, "-m", "pip", "--version"]) or succeeds([python, "-m", "ensurepip", "--default-pip"]):
        run([python, "-m", "pip", *wanted], lock)
    elif succeeds([sys.executable, "-m", "pip", "--version"]):
        run([sys.executable, "-m", "pip", "--python", python, *wanted], lock)
    else:
        say(
            f"Il manque pip à {sys.executable} (Debian, Ubuntu : apt install python3-venv).",
            "pip is missing: install python3-venv and run this again.",
        )
        sys.exit(1)


def succeeds(command: list[str | Path]) -> bool:
    try:
        return subprocess.run(command, capture_output=True, check=False).returncode == 0
    except OSError:
        return False


def run(command: list[str | Path], lock: int, environment: dict[str, str] | None = None) -> None:
    done = subprocess.run(command, env=environment, pass_fds=[lock], check=False)
    if done.returncode != 0:
        say(
            "L'installation a échoué (voir ci-dessus) : vérifiez le réseau et le disque, puis relancez.",
            "Set-up failed: check the network and the disk, then run this again.",
        )
        sys.exit(1)


def write(path: Path, text: str) -> None:
    partial = path.with_suffix(".partial")
    partial.write_text(f"{text}\n", encoding="ascii")
    partial.replace(path)


def say(french: str, english: str) -> None:
    print(f"{french} / {english}", file=sys.stderr, flush=True)


if __name__ == "__main__":
    try:
        main(Path(sys.argv[1]), Path(sys.argv[2]), sys.argv[3], sys.argv[4])
    except OSError as failure:
        say(f"L'installation a échoué : {failure}.", "Set-up failed.")
        sys.exit(1)
    except KeyboardInterrupt:
        sys.exit(130)
