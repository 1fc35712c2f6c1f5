"""The layout of a home, and the secrets it keeps."""

from __future__ import annotations

import errno
import json
import secrets
import uuid
from dataclasses import asdict, dataclass, replace
from pathlib import Path
from typing import get_args

from . import files
from .types import APP, DATABASE, OWNER, SUPERUSER, ClusterError, Connection, Kind

_WHY = {
    errno.EACCES: "ce dossier est à un autre utilisateur",
    errno.EPERM: "ce dossier est à un autre utilisateur",
    errno.EROFS: "ce disque est en lecture seule",
    errno.ENOSPC: "le disque est plein",
    errno.ENAMETOOLONG: "ce chemin est trop long",
    errno.EEXIST: "ce n'est pas un dossier",
    errno.ENOTDIR: "ce n'est pas un dossier",
    errno.ENOENT: "aucun dossier ne peut être fait là",
}


@dataclass(frozen=True)
class Secrets:
    """What `secrets.json` holds: the kind of home, its cluster's name, the passwords of its three roles.

    `made` becomes true once the cluster exists, so that one which is missing later is not taken for one not
    yet made.
    """

    kind: Kind
    cluster: str
    postgres: str
    quai_owner: str
    quai_app: str
    made: bool = False


@dataclass(frozen=True)
class Home:
    """The folder of one house on this machine."""

    path: Path

    @property
    def cluster(self) -> Path:
        """Where the data directory lies, or a link to it."""
        return self.path / "cluster"

    @property
    def secrets_file(self) -> Path:
        return self.path / "secrets.json"

    @property
    def run(self) -> Path:
        return self.path / "run"

    @property
    def users_lock(self) -> Path:
        """Held shared by every process that uses the server; the keeper waits to hold it alone."""
        return self.run / "users.lock"

    @property
    def start_lock(self) -> Path:
        """Held alone by whoever makes, starts or stops the server."""
        return self.run / "start.lock"

    @property
    def keeper_lock(self) -> Path:
        """Held by the keeper as long as it lives."""
        return self.run / "keeper.lock"

    @property
    def server_lock(self) -> Path:
        """Inherited by the server and all its children: held as long as any one of them lives."""
        return self.run / "server.lock"

    @property
    def port_file(self) -> Path:
        """The port used last: a server that restarts takes it again, so that its clients find it."""
        return self.run / "port"

    @property
    def log(self) -> Path:
        return self.run / "server.log"

    @property
    def keeper_log(self) -> Path:
        return self.run / "keeper.log"

    def prepare(self) -> None:
        """Make the folders; others may pass through a home we make, to the cluster, but not look."""
        try:
            self.path.parent.mkdir(parents=True, exist_ok=True)
            files.make_folder(self.path, mode=0o711)
            files.make_folder(self.run, mode=0o700)
        except OSError as failure:
            why = _WHY.get(failure.errno or 0, failure.strerror)
            raise ClusterError(f"Impossible d'écrire dans {self.path} : {why}.") from failure

    def secrets(self) -> Secrets | None:
        """Read the secrets, if there are any yet."""
        try:
            told = json.loads(self.secrets_file.read_text(encoding="utf-8"))
        except FileNotFoundError:
            return None
        except PermissionError as failure:
            raise ClusterError(
                f"{self.path} appartient à un autre utilisateur : "
                "lancez la commande sous cet utilisateur, ou en root."
            ) from failure
        if told["kind"] not in get_args(Kind):
            raise ClusterError(f"{self.secrets_file} : sorte de maison inconnue « {told['kind']} ».")
        return Secrets(**told)

    def secrets_for(self, kind: Kind) -> Secrets:
        """Read the secrets, or make them; never treat a real house as a demo, whose data may be lost.

        :raises ClusterError: the home is of another kind.
        """
        known = self.secrets()
        if known is None:
            if (self.cluster / "PG_VERSION").exists():
                raise ClusterError(
                    f"{self.secrets_file} manque : sans ce fichier, la base ne peut pas être ouverte."
                )
            first, second, third = (secrets.token_urlsafe(24) for _ in range(3))
            known = Secrets(kind, uuid.uuid4().hex, first, second, third)
            self._write(known)
        if known.kind != kind:
            names = {"house": "une vraie maison", "demo": "une démonstration", "test": "un essai"}
            raise ClusterError(
                f"{self.path} contient {names[known.kind]}, et la commande attend {names[kind]}. "
                "Choisissez un autre dossier."
            )
        return known

    def remember_made(self, known: Secrets) -> None:
        """Write down that the cluster exists."""
        if not known.made:
            self._write(replace(known, made=True))

    def connection(self, role: str, port: int) -> Connection:
        """Say how one of the three roles connects; the superuser does not occupy the house's database."""
        known = self.secrets()
        if known is None:
            raise ClusterError(f"{self.path} ne contient pas encore de base.")
        passwords = {SUPERUSER: known.postgres, OWNER: known.quai_owner, APP: known.quai_app}
        dbname = "postgres" if role == SUPERUSER else DATABASE
        return Connection("127.0.0.1", port, dbname, role, passwords[role])

    def _write(self, known: Secrets) -> None:
        files.write_whole(self.secrets_file, json.dumps(asdict(known), indent=1) + "\n")
