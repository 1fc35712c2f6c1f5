"""A PostgreSQL server that the house runs elsewhere."""

from __future__ import annotations

from .installation import MAJOR
from .types import ClusterError, Connection, Server


def external(url: str, owner_url: str | None = None) -> Server:
    """Give the settings of an external server, once it has answered that it is recent enough.

    :param url: DATABASE_URL, the role that works (postgresql://…); with libpq's parameters (sslmode…)
        if need be.
    :param owner_url: DATABASE_OWNER_URL, the role that owns the schema; the same as `url` by default.
    :raises ClusterError: the address is not one, nobody answers, or the server is older than PostgreSQL 18.
    """
    app = _parsed(url, "DATABASE_URL")
    owner = _parsed(owner_url, "DATABASE_OWNER_URL") if owner_url else app
    for connection in dict.fromkeys((app, owner)):
        _check(connection)
    return Server(app=app, owner=owner, embedded=False)


def _parsed(url: str, variable: str) -> Connection:
    import psycopg.conninfo  # a quarter of a second that the keeper, who imports this package, need not pay

    example = f"{variable} doit avoir la forme postgresql://utilisateur:motdepasse@machine:5432/base"
    if not url.startswith(("postgresql://", "postgres://")):
        raise ClusterError(f"{example}.")
    try:
        told = {name: str(value) for name, value in psycopg.conninfo.conninfo_to_dict(url).items()}
        port = int(told.pop("port", "5432"))
    except (psycopg.Error, ValueError) as failure:
        raise ClusterError(f"{example} ({failure}).") from failure
    host, user = told.pop("host", "localhost"), told.pop("user", "")
    if not user:
        raise ClusterError(f"{example} : l'utilisateur manque.")
    dbname, password = told.pop("dbname", user), told.pop("password", "")
    return Connection(host, port, dbname, user, password, tuple(sorted(told.items())))


def _check(connection: Connection) -> None:
    import psycopg

    where = f"{connection.host}:{connection.port}/{connection.dbname}"
    try:
        with psycopg.connect(connection.url(), connect_timeout=10) as session:
            version = session.info.server_version
    except psycopg.OperationalError as failure:
        raise ClusterError(f"La base {where} ne répond pas : {failure}") from failure
    if version < MAJOR * 10_000:
        raise ClusterError(
            f"La base {where} est un PostgreSQL {version // 10_000}.{version % 10_000} ; "
            f"il faut au moins PostgreSQL {MAJOR}."
        )
