"""The verbs on the cluster of a home: use it, let it go, stop it, see how it stands."""

from __future__ import annotations

import os
import shutil
from pathlib import Path

from . import creation, keeper, locks, server
from .home import Home
from .types import APP, OWNER, SUPERUSER, ClusterError, Connection, Kind, Server, Status

_held: dict[Path, int] = {}
"""The users' lock of each home this process uses, open as long as it lives; children it forks share it."""


def use(home: Path, *, kind: Kind) -> Server:
    """Have the server of a home running for as long as this process lives, and say how to connect.

    Makes the cluster when there is none, starts the server when it does not run. Called again it does the
    same, so a long-lived process calls it again when its connections are cut. The last user's end, even by
    kill -9, stops it.

    :param kind: must be what the home was made as; a real house is never treated as a demo.
    :raises ClusterError: it cannot be had; the message says why.
    """
    place = Home(home.resolve())
    place.prepare()
    newly = place.path not in _held
    try:
        if newly:
            _held[place.path] = locks.take(place.users_lock, shared=True)
        with locks.exclusively(place.start_lock) as holding:
            known = place.secrets_for(kind)
            user = creation.ensure(place, known, holding=holding)
            # The keeper first: should we be killed right after, someone watches over what we started.
            keeper.ensure(place)
            found = server.ensure(place, kind, user)
    except BaseException as failure:
        if newly:
            release(place.path)
        if isinstance(failure, PermissionError):
            raise _not_ours(place, failure) from failure
        raise
    app, owner = place.connection(APP, found.port), place.connection(OWNER, found.port)
    return Server(app=app, owner=owner, embedded=True)


def _not_ours(place: Home, failure: PermissionError) -> ClusterError:
    return ClusterError(
        f"Accès refusé à {failure.filename or place.path} : lancez la commande sous l'utilisateur qui a créé "
        "cette maison, ou en root."
    )


def release(home: Path) -> None:
    """Let a home go before this process ends; the server stops if nobody else uses it."""
    held = _held.pop(home.resolve(), None)
    if held is not None:
        os.close(held)  # not unlocked: a child we forked may still use the server


def stop(home: Path) -> None:
    """Let a home go and stop its server now, cutting whoever still uses it; wait until nothing is left."""
    place = Home(home.resolve())
    release(place.path)
    if not place.run.is_dir():
        return
    with locks.exclusively(place.start_lock):
        server.stop(place.cluster.resolve(), place.server_lock)


def destroy(home: Path, *, even_a_house: bool = False) -> None:
    """Stop the server of a home and delete its cluster and secrets, wherever they lie.

    :param even_a_house: a person has named this house, and means it; without that only demos and tests go.
    :raises ClusterError: this is a real house.
    """
    place = Home(home.resolve())
    known = place.secrets()
    if known is None:
        return
    if known.kind == "house" and not even_a_house:
        raise ClusterError(f"{place.path} est une vraie maison : Quai n'efface pas sa base.")
    stop(place.path)
    with locks.exclusively(place.start_lock):
        data = place.cluster.resolve()
        if place.cluster.is_symlink():
            place.cluster.unlink()
            data.with_suffix(".home").unlink(missing_ok=True)
        shutil.rmtree(data, ignore_errors=True)
        place.secrets_file.unlink(missing_ok=True)


def status(home: Path) -> Status:
    """Say how the cluster of a home stands, without touching it."""
    place = Home(home.resolve())
    known = place.secrets()
    data = place.cluster.resolve()
    found = server.postmaster(data)
    return Status(
        created=(data / "PG_VERSION").exists(),
        running=found is not None and found.ready,
        kept=locks.is_held(place.keeper_lock),
        kind=known.kind if known else None,
        pid=found.pid if found else None,
        port=found.port if found else None,
        data=data,
        log=place.log,
    )


def superuser(home: Path) -> Connection:
    """Say how the superuser connects to the running server of a home: to copy it, or make test databases.

    :raises ClusterError: the server does not run; `use` it first.
    """
    place = Home(home.resolve())
    found = server.postmaster(place.cluster.resolve())
    if found is None or not found.ready:
        raise ClusterError(f"La base de {place.path} n'est pas démarrée.")
    return place.connection(SUPERUSER, found.port)
