"""Open a house: its server running, Django set up on it."""

from __future__ import annotations

import gc
import os
from pathlib import Path

import django
from django.conf import settings

from quai.core import cluster

SETTINGS = "quai.config.settings"
YOUNG = 100_000  # objects allocated before the collector looks at them; Python's own 700 suits small programs


def home_path() -> Path:
    """The home of the house this command works for: QUAI_HOME, else ./var/house beside the software."""
    beside = Path(__file__).resolve().parents[2] / "var" / "house"
    return Path(os.environ.get("QUAI_HOME") or beside)


def prepare() -> None:
    """Set Django up without a house: enough to judge what was typed before anything is made."""
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", SETTINGS)
    django.setup()


def open_house(home: Path, *, kind: cluster.Kind = "house") -> None:
    """Start the house's server if need be and connect Django to it; DATABASE_URL names an external server instead.

    :raises ClusterError: the database cannot be had; the message says why.
    """
    url = os.environ.get("DATABASE_URL")
    server = (
        cluster.external(url, os.environ.get("DATABASE_OWNER_URL")) if url else cluster.use(home, kind=kind)
    )
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", SETTINGS)
    connect(server)
    prepare()
    collect_seldom()


def collect_seldom() -> None:
    """Let a batch of a hundred thousand rows pass without being walked over and over for cycles it cannot have.

    That took a third of the time Python spends on a day of orders.
    """
    gc.freeze()
    gc.set_threshold(YOUNG, 10, 10)


def connect(server: cluster.Server) -> None:
    """Point Django's two connections at a server: the lesser role that works, the owner that migrates."""
    for alias, connection in (("default", server.app), ("owner", server.owner)):
        settings.DATABASES[alias].update(
            HOST=connection.host,
            PORT=connection.port,
            NAME=connection.dbname,
            USER=connection.user,
            PASSWORD=connection.password,
            OPTIONS=dict(connection.options),
        )
