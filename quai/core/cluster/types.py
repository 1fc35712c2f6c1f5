"""What the outside sees of a cluster: how to connect, how it stands, and why it could not be had."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path
from typing import Literal
from urllib.parse import quote, urlencode

Kind = Literal["house", "demo", "test"]
"""A real house; a made-up one; one for tests, whose data may be lost when the machine stops."""

DATABASE = "quai"
SUPERUSER = "postgres"
OWNER = "quai_owner"
APP = "quai_app"


class ClusterError(Exception):
    """The database cannot be had, and the message says why and what to do, in plain French."""


@dataclass(frozen=True)
class Connection:
    """How one role reaches one database.

    `options` are further libpq parameters (sslmode, …), as pairs.
    """

    host: str
    port: int
    dbname: str
    user: str
    password: str
    options: tuple[tuple[str, str], ...] = ()

    def environment(self) -> dict[str, str]:
        """Give the variables with which psql and pg_dump connect, so that no password shows in `ps`."""
        names = {
            "sslmode": "PGSSLMODE",
            "sslrootcert": "PGSSLROOTCERT",
            "sslcert": "PGSSLCERT",
            "sslkey": "PGSSLKEY",
        }
        asked = {names[option]: value for option, value in self.options if option in names}
        return asked | {
            "PGHOST": self.host,
            "PGPORT": str(self.port),
            "PGDATABASE": self.dbname,
            "PGUSER": self.user,
            "PGPASSWORD": self.password,
        }

    def url(self) -> str:
        """Give a postgresql:// URL, password included: `psycopg.connect(connection.url())`."""
        who = quote(self.user, safe="") + (f":{quote(self.password, safe='')}" if self.password else "")
        query = f"?{urlencode(self.options)}" if self.options else ""
        host = f"[{self.host}]" if ":" in self.host else quote(self.host, safe="")
        return f"postgresql://{who}@{host}:{self.port}/{quote(self.dbname, safe='')}{query}"


@dataclass(frozen=True)
class Server:
    """A running server: `app` is the role that works, `owner` the one that migrates the schema."""

    app: Connection
    owner: Connection
    embedded: bool


@dataclass(frozen=True)
class Status:
    """How the embedded cluster of a home stands at this instant.

    `kept` says that a keeper watches over it, who stops the server when its last user ends.
    """

    created: bool
    running: bool
    kept: bool
    kind: Kind | None
    pid: int | None
    port: int | None
    data: Path
    log: Path
