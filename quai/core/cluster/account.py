"""The OS user that runs a cluster: never root."""

from __future__ import annotations

import hashlib
import os
import pwd
import re
import shutil
import subprocess
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from . import files, locks
from .types import ClusterError, Kind

MACHINE = Path("/var/lib/quai")
"""What every house of the machine shares when root starts them: binaries and clusters others can reach."""


@dataclass(frozen=True)
class Account:
    """An OS user, and how to run programs as that user."""

    name: str
    uid: int
    gid: int

    def run(
        self, command: Sequence[str | Path], *, given: str = "", keeping: Sequence[int] = ()
    ) -> subprocess.CompletedProcess[str]:
        """Run a program to its end as this user and capture its output.

        :param keeping: descriptors it inherits.
        """
        return subprocess.run(
            [str(part) for part in command],
            input=given,
            capture_output=True,
            text=True,
            check=False,
            pass_fds=keeping,
            **self._surroundings(),
        )

    def detach(
        self, command: Sequence[str | Path], *, log: Path, keeping: Sequence[int], **environment: str
    ) -> None:
        """Start a program as this user that outlives us, in a session of its own, writing to `log`.

        A shell forks it and ends: it is nobody's child, and leaves no zombie in a long-lived process.
        """
        with os.fdopen(files.open_file(log, os.O_WRONLY | os.O_APPEND), "ab") as output:
            subprocess.run(
                ["/bin/sh", "-c", '"$@" &', "sh", *(str(part) for part in command)],
                stdin=subprocess.DEVNULL,
                stdout=output,
                stderr=output,
                check=True,
                pass_fds=keeping,
                start_new_session=True,
                **self._surroundings(**environment),
            )

    def can(self, command: Sequence[str | Path]) -> bool:
        """Tell whether this user can run a program, and it succeeds."""
        try:
            return self.run(command).returncode == 0
        except PermissionError:
            return False

    def give(self, path: Path) -> None:
        """Make this user the owner of a file or folder we made."""
        if self.uid != os.geteuid():
            os.chown(path, self.uid, self.gid)

    def _surroundings(self, **environment: str) -> dict[str, Any]:
        # PGOPTIONS, PGDATA, LC_ALL… of the person who types must not reach the server.
        quiet = {"PATH": os.defpath, "LC_ALL": "C", "TZ": "UTC"}
        ours: dict[str, Any] = {"env": quiet | environment, "cwd": "/"}
        if self.uid == os.geteuid():
            return ours
        return ours | {"user": self.uid, "group": self.gid, "extra_groups": []}


def current() -> Account:
    """Give the user we are."""
    uid = os.geteuid()
    try:
        name = pwd.getpwuid(uid).pw_name
    except KeyError:  # a container may run us under a number without a name
        name = str(uid)
    return Account(name, uid, os.getegid())


def for_new(home: Path, kind: Kind) -> Account:
    """Give the user for a cluster yet to be made: us, or, when we are root, one made for it.

    Each real house has its own: one that is taken does not give the next. Demos and tests share `quai`.
    """
    if os.geteuid() != 0:
        return current()
    return _made(name_for(home, kind))


def owner_of(data: Path) -> Account:
    """Give the user that owns a cluster which exists, who is the one to run it.

    :raises ClusterError: that user is root, or is neither us nor within our power.
    """
    found = data.stat()
    if found.st_uid == 0:
        raise ClusterError(
            f"La base de {data} appartient à root : PostgreSQL refuse de fonctionner ainsi. "
            "Donnez ce dossier à un utilisateur ordinaire (chown -R)."
        )
    if os.geteuid() not in (0, found.st_uid):
        raise ClusterError(
            f"La base de {data} appartient à un autre utilisateur (numéro {found.st_uid}). "
            "Lancez la commande sous cet utilisateur, ou en root."
        )
    try:
        name = pwd.getpwuid(found.st_uid).pw_name
    except KeyError:
        name = str(found.st_uid)
    return Account(name, found.st_uid, found.st_gid)


def name_for(home: Path, kind: Kind) -> str:
    """Name the user of a home: at most 32 characters, and two homes may bear the same last name."""
    if kind != "house":
        return "quai"
    short = re.sub(r"[^a-z0-9]+", "-", home.name.lower()).strip("-")[:16] or "maison"
    return f"quai-{short}-{hashlib.sha256(os.fsencode(home)).hexdigest()[:6]}"


def machine_folder() -> Path:
    """Give the folder all houses of the machine share, made if absent (root only)."""
    try:
        MACHINE.mkdir(mode=0o755, parents=True, exist_ok=True)
    except OSError as failure:
        raise ClusterError(f"Impossible de créer {MACHINE} : {failure.strerror}.") from failure
    return MACHINE


def _made(name: str) -> Account:
    with locks.exclusively(machine_folder() / "machine.lock"):
        try:
            found = pwd.getpwnam(name)
        except KeyError:
            _add(name)
            found = pwd.getpwnam(name)
    return Account(found.pw_name, found.pw_uid, found.pw_gid)


def _add(name: str) -> None:
    program = shutil.which("useradd", path=f"{os.environ.get('PATH', '')}:/usr/sbin:/sbin")
    if program is None:
        raise ClusterError(
            "PostgreSQL ne fonctionne jamais en root, et la commande useradd manque pour créer "
            f"l'utilisateur « {name} ». Créez-le (adduser -S -H {name}) ou lancez Quai sous un utilisateur "
            "ordinaire. / PostgreSQL never runs as root and useradd is missing: create the system user "
            f"'{name}', or run Quai as an ordinary user."
        )
    options = ["--system", "--user-group", "--no-create-home", "--home-dir", "/nonexistent"]
    made = subprocess.run(
        [program, *options, "--shell", "/usr/sbin/nologin", name], capture_output=True, text=True, check=False
    )
    exists_already = 9
    if made.returncode not in (0, exists_already):
        raise ClusterError(f"L'utilisateur système « {name} » n'a pas pu être créé : {made.stderr.strip()}")
