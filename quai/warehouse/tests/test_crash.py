"""The power goes out between two gestures, and two docks ship the same wave: the end of the day is the same."""

from __future__ import annotations

import os
import signal
import subprocess
import sys
import textwrap
from pathlib import Path

import pytest
from django.conf import settings

from quai.access.actions import system
from quai.warehouse.actions import prepare, ship
from quai.warehouse.models import Departure, Note, Pick, Shipment
from quai.warehouse.tests.depot import AT, OTHER_GLN, Depot

ROOT = Path(__file__).resolve().parents[3]
STEPS = ("record_picks", "close_notes", "depart")


@pytest.fixture
def busy_depot(fresh_house: str) -> Depot:
    """A depot of its own, whose transactions commit: two shops, three orders in one wave."""
    depot = Depot(system())
    depot.another_shop()
    depot.put(10, "Le Phare", "A-01")
    depot.put(10, "La Marée", "A-02")
    depot.order("R1", (2, "Le Phare"), (1, "La Marée"))
    depot.order("R2", (1, "Le Phare"))
    depot.order("R3", (3, "La Marée"), shop=OTHER_GLN)
    prepare(at=AT, by=depot.actor)
    return depot


def start(script: str) -> subprocess.Popen[bytes]:
    """Another process on the same database."""
    keys = ("HOST", "PORT", "NAME", "USER", "PASSWORD", "OPTIONS")
    database = {key: settings.DATABASES["default"][key] for key in keys}
    preamble = f"""
        import os, signal
        os.environ["DJANGO_SETTINGS_MODULE"] = "quai.config.settings"
        from django.conf import settings
        settings.DATABASES["default"].update({database!r})
        import django
        django.setup()
        from quai.access.actions import system
        from quai.warehouse import actions
        from quai.warehouse.actions import shipping
        from quai.warehouse.models import Note, Shipment
        from quai.warehouse.tests.depot import AT
        def die(*a, **k): os.kill(os.getpid(), signal.SIGKILL)
        every = list(Shipment.objects.values_list("id", flat=True))
    """
    code = textwrap.dedent(preamble) + textwrap.dedent(script)
    return subprocess.Popen([sys.executable, "-c", code], cwd=ROOT, env=os.environ.copy())


def ends_as_any_day(depot: Depot) -> None:
    assert sorted(Note.objects.values_list("number", flat=True)) == ["BL2026-000001", "BL2026-000002"]
    assert Departure.objects.count() == 2
    assert [depot.on_hand("Le Phare", place) for place in ("A-01", "QUAI")] == [7, 0]
    assert [depot.on_hand("La Marée", place) for place in ("A-02", "QUAI")] == [6, 0]
    assert not depot.findings()


@pytest.mark.parametrize("step", STEPS)
def test_killed_inside_one_gesture_nothing_is_half_done(busy_depot: Depot, step: str) -> None:
    killed = start(f"shipping.{step} = die\nactions.ship(shorts={{}}, at=AT, by=system())")
    assert killed.wait(60) == -signal.SIGKILL
    assert not Note.objects.exists()
    assert not busy_depot.findings()
    assert len(ship(shorts={}, at=AT, by=busy_depot.actor).notes) == 2
    ends_as_any_day(busy_depot)


@pytest.mark.parametrize("done", [1, 2])
def test_killed_between_two_gestures_the_day_goes_on_where_it_was(busy_depot: Depot, done: int) -> None:
    gestures = [
        "actions.record_picks(shipments=every, shorts={}, at=AT, by=system())",
        "actions.close_notes(shipments=every, at=AT, by=system())",
    ]
    killed = start("\n".join([*gestures[:done], "die()"]))
    assert killed.wait(60) == -signal.SIGKILL
    assert not busy_depot.findings()
    assert len(ship(shorts={}, at=AT, by=busy_depot.actor).departed) == 2
    assert not ship(shorts={}, at=AT, by=busy_depot.actor).departed
    ends_as_any_day(busy_depot)


def test_two_docks_shipping_the_same_wave_give_each_note_once(busy_depot: Depot) -> None:
    docks = [start("actions.ship(shorts={}, at=AT, by=system())") for _ in range(2)]
    assert [dock.wait(60) for dock in docks] == [0, 0]
    ends_as_any_day(busy_depot)


def test_two_preparers_at_once_pick_each_promise_once(busy_depot: Depot) -> None:
    for number in range(4, 8):
        busy_depot.order(f"R{number}", (1, "Le Phare"))
    preparers = [start("actions.prepare(at=AT, by=system())") for _ in range(2)]
    assert [one.wait(60) for one in preparers] == [0, 0]
    promises = list(Pick.objects.values_list("reservation_id", flat=True))
    assert len(promises) == len(set(promises)) == 8
    assert Shipment.objects.count() == 2  # the same cut-off: they joined the open wave
    assert not busy_depot.findings()
