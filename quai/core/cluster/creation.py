"""Making a cluster: whole or not at all, whenever it is killed."""

from __future__ import annotations

import shutil
from pathlib import Path

from . import account as accounts
from . import files, installation, server
from .account import Account
from .home import Home, Secrets
from .types import APP, DATABASE, OWNER, SUPERUSER, ClusterError

_HBA = """\
# Written by Quai when it made this cluster: passwords only, and no door but loopback.
host  all          all  127.0.0.1/32  scram-sha-256
host  replication  all  127.0.0.1/32  scram-sha-256
"""

_INCLUDES = """
# Quai's settings for this machine, then the house's own.
include = 'quai.conf'
include_if_exists = 'local.conf'
"""

_LOCAL = "# Settings of this house: they win over quai.conf, and Quai never writes here again.\n"

_ROLES = f"""\
ALTER ROLE {SUPERUSER} PASSWORD '{{postgres}}';
CREATE ROLE {OWNER} LOGIN PASSWORD '{{quai_owner}}';
CREATE ROLE {APP} LOGIN PASSWORD '{{quai_app}}';
REVOKE ALL ON DATABASE template1 FROM PUBLIC;
REVOKE ALL ON DATABASE postgres FROM PUBLIC;
CREATE DATABASE {DATABASE} OWNER {OWNER};
REVOKE ALL ON DATABASE {DATABASE} FROM PUBLIC;
GRANT CONNECT, TEMPORARY ON DATABASE {DATABASE} TO {APP};
"""
"""Schema `public` belongs to the database's owner, and since PostgreSQL 15 no one else may create in it.
Temporary tables are the application's: verbs on large sets work through them."""


def ensure(home: Home, known: Secrets, *, holding: int) -> Account:
    """Make the cluster of a home if it has none, and give the user that runs it.

    :param holding: the descriptor of the start lock. What we run inherits it, so that when we are killed,
        nobody tidies up under the feet of an initdb that is not yet dead.
    """
    if not (home.cluster / "PG_VERSION").exists():
        _refuse_if_lost(home, known)
        user = accounts.for_new(home.path, known.kind)
        _make(home, known, user, holding)
    home.remember_made(known)
    data = home.cluster.resolve()
    _check(home, data)
    return accounts.owner_of(data)


def _refuse_if_lost(home: Home, known: Secrets) -> None:
    if known.made and known.kind == "house":
        raise ClusterError(
            f"La base de cette maison n'est plus à sa place ({home.cluster}). Quai n'en crée pas une vide "
            "par-dessus : remettez le dossier, ou restaurez une sauvegarde."
        )
    if home.cluster.is_symlink() and home.cluster.readlink().parent == _shelter():
        home.cluster.unlink()  # a demo whose data was swept away
    elif home.cluster.is_symlink() or home.cluster.exists():
        raise ClusterError(f"{home.cluster} existe et n'est pas une base PostgreSQL : déplacez ce dossier.")


def _check(home: Home, data: Path) -> None:
    """Refuse a cluster of another PostgreSQL, or one that a copied home shares with the original."""
    version = (data / "PG_VERSION").read_text(encoding="ascii").strip()
    if version != str(installation.MAJOR):
        raise ClusterError(f"{data} est une base PostgreSQL {version} ; il faut la {installation.MAJOR}.")
    told = data.with_suffix(".home")
    if not home.cluster.is_symlink() or not told.exists():
        return
    other = Home(_home_told(told))
    if other.path == home.path:
        return
    if other.cluster.exists() and other.cluster.resolve() == data:
        raise ClusterError(
            f"{home.path} est une copie de {other.path} et désigne la même base. "
            f"Effacez le lien {home.cluster} et {home.secrets_file} de la copie."
        )
    told.write_text(f"{home.path}\n", encoding="utf-8")  # the home was moved


def _make(home: Home, known: Secrets, user: Account, holding: int) -> None:
    target = home.cluster
    if not user.can(["/bin/sh", "-c", 'cd -- "$0"', home.path]):
        target = _sheltered(home, known)
    partial = target.with_name(f"{target.name}.new")
    if partial.exists():
        shutil.rmtree(partial)
    partial.mkdir(mode=0o700)
    user.give(partial)
    _initialise(partial, known, user, holding)
    if target.exists():  # made before, killed before its link
        shutil.rmtree(target)
    partial.rename(target)
    files.sync_folder(target.parent)
    if target != home.cluster:
        home.cluster.symlink_to(target)
        files.sync_folder(home.path)


def _sheltered(home: Home, known: Secrets) -> Path:
    """Choose a place the cluster's user can reach, when it cannot reach the home."""
    accounts.machine_folder()
    clusters = _shelter()
    clusters.mkdir(mode=0o755, exist_ok=True)
    _sweep(clusters)
    target = clusters / f"{known.kind}-{known.cluster}"
    target.with_suffix(".home").write_text(f"{home.path}\n", encoding="utf-8")
    return target


def _shelter() -> Path:
    return accounts.MACHINE / "clusters"


def _home_told(told: Path) -> Path:
    return Path(told.read_text(encoding="utf-8").rstrip("\n"))


def _sweep(clusters: Path) -> None:
    """Remove the data of demos and tests whose home is gone; never a real house's, whose disk may be away."""
    for told in clusters.glob("*.home"):
        data = told.with_suffix("")
        if data.name.startswith("house-") or _home_told(told).exists() or server.postmaster(data):
            continue
        shutil.rmtree(data, ignore_errors=True)
        told.unlink(missing_ok=True)


def _initialise(data: Path, known: Secrets, user: Account, holding: int) -> None:
    programs = installation.binaries_for(user)
    # Nobody can connect until our own pg_hba.conf stands; the builtin locale sorts the same on every machine.
    options = [
        f"--pgdata={data}",
        f"--username={SUPERUSER}",
        "--auth=reject",
        "--encoding=UTF8",
        "--locale=C",
        "--locale-provider=builtin",
        "--builtin-locale=C.UTF-8",
        "--data-checksums",
        *(["--no-sync"] if known.kind == "test" else []),
    ]
    _succeed(user, [programs / "initdb", *options], "", holding)
    files.write_whole(data / "pg_hba.conf", _HBA)
    own = (data / "postgresql.conf").read_text(encoding="utf-8")
    files.write_whole(data / "postgresql.conf", own + _INCLUDES)
    files.write_whole(data / "quai.conf", "# Written at each start.\n")
    files.write_whole(data / "local.conf", _LOCAL)
    roles = _ROLES.format(postgres=known.postgres, quai_owner=known.quai_owner, quai_app=known.quai_app)
    # A statement that failed would be logged with its password.
    quiet = ["-c", "exit_on_error=true", "-c", "log_min_error_statement=panic", "-c", "log_checkpoints=off"]
    _succeed(user, [programs / "postgres", "--single", *quiet, "-D", data, "postgres"], roles, holding)


def _succeed(user: Account, command: list[str | Path], given: str, holding: int) -> None:
    done = user.run(command, given=given, keeping=[holding])
    if done.returncode != 0:
        told = "\n".join([f"code {done.returncode}", *done.stderr.strip().splitlines()[-5:]])
        raise ClusterError(f"La base n'a pas pu être créée ({Path(command[0]).name}) : {told}")
