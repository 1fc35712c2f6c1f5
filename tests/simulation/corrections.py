"""Correct a day in a process of its own, which may be killed at its N-th SQL statement, and goes on where it was."""

from __future__ import annotations

import os
import sys
from collections.abc import Callable
from pathlib import Path
from typing import Any

from tests.simulation.player import Deadline


def main(database: str, server_home: str, progress: str, dies_at: str) -> None:
    """Run every correction that is not done yet; print how many statements it took."""
    from quai.config import boot
    from quai.core import cluster

    os.environ["DJANGO_SETTINGS_MODULE"] = boot.SETTINGS
    from django.conf import settings

    boot.connect(cluster.use(Path(server_home), kind="test"))
    for alias in ("default", "owner"):
        settings.DATABASES[alias]["NAME"] = database
    import django

    django.setup()
    from django.db import connection

    done = Path(progress).read_text().split() if Path(progress).exists() else []
    deadline = Deadline(int(dies_at))
    with connection.execute_wrapper(deadline):
        for name, step in steps().items():
            if name not in done:
                step()
                with Path(progress).open("a") as file:
                    file.write(f"{name}\n")
    print(int(dies_at) - deadline.left)


def steps() -> dict[str, Callable[[], object]]:
    """The gestures of a bad day, in its order."""
    from quai.access.actions import system
    from quai.billing import actions as billing
    from quai.billing.types import Correction
    from quai.core import sql
    from quai.desk import corrections
    from quai.orders import actions as orders
    from quai.orders import queries as known
    from quai.stock import queries as stock
    from quai.stock.types import Count, Move
    from quai.warehouse import actions as warehouse
    from quai.warehouse import queries as notes
    from quai.warehouse.tests.depot import AT, GTINS
    from tests.cast import SHOP_GLN

    given: dict[str, Any] = {"at": AT, "by": system()}
    rows = sql.query("SELECT id, gtin FROM catalogue_product ORDER BY id")
    titles = {name: next(row.id for row in rows if row.gtin == gtin) for name, gtin in GTINS.items()}
    [parties] = sql.query(
        "SELECT (SELECT party_id FROM parties_gln WHERE gln = %(shop)s) AS shop,"
        " (SELECT party_id FROM parties_gln WHERE gln = '3010000000014') AS publisher",
        {"shop": SHOP_GLN},
    )
    shop, publisher = parties.shop, parties.publisher

    def lines(reference: str) -> list[int]:
        return known.lines_of_orders(known.by_reference(reference))

    def count(title: str, place: str, copies: int, key: str) -> object:
        one = Count(place, titles[title], publisher, copies, key)
        return warehouse.count(counts=[one], reason="inventaire", **given)

    def carry(title: str, copies: int) -> object:
        ends = stock.place("A-02"), stock.place("A-01")
        move = Move(titles[title], publisher, *ends, copies, "replenishment", f"carry:{title}")
        return warehouse.carry(moves=[move], **given)

    def reopen() -> object:
        number = "BL2026-000001"
        return warehouse.reopen(
            notes=list(notes.notes_numbered([number]).values()), reason="adresse", **given
        )

    def credit() -> object:
        [line] = sql.query("SELECT min(id) AS id FROM billing_invoice_line")
        one = Correction(line.id, 1)
        return billing.credit(corrections=[one], reason="Abîmé", source_key="appel", **given)

    return {
        "prepare": lambda: warehouse.prepare(**given),
        "close": lambda: warehouse.close(shorts={}, **given),
        "reopen": reopen,
        "cut": lambda: corrections.cancel_line(lines("R1")[0], quantity=1, by_whom="customer", **given),
        "hold": lambda: warehouse.hold(customers=[shop], reason="impayé", **given),
        "count": lambda: count("Le Phare", "A-01", 4, "c1"),
        "carry": lambda: carry("La Marée", 2),
        "cancel": lambda: corrections.cancel_order("R2", by_whom="house", **given),
        "refuse": lambda: orders.refuse_held(lines=lines("R3"), **given),
        "free": lambda: warehouse.free(customers=[shop], reason="payé", **given),
        "prepare-again": lambda: warehouse.prepare(**given),
        "ship": lambda: warehouse.ship(shorts={}, **given),
        "bill": lambda: billing.invoice_delivered(until=AT.date(), **given),
        "credit": credit,
    }


if __name__ == "__main__":
    main(*sys.argv[1:])
