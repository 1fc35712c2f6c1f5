"""Arrivals enter once: by their slip when they have one, else by the bytes that say them."""

from __future__ import annotations

from datetime import UTC, datetime

import pytest
from django.db import transaction
from hypothesis import given, settings
from hypothesis import strategies as st

from quai.access.actions import system
from quai.access.types import Actor
from quai.core import caches, journal
from quai.exchange import intake
from quai.exchange.spreadsheet.inbound import StockReport, receive_stock
from quai.exchange.types import FileReport
from quai.stock import checks, queries
from tests import cast
from tests.cast import Cast

AT = datetime(2026, 3, 2, 9, tzinfo=UTC)
INK, SALT, ROADS = "9782000100003", "9782000100010", "9782000100027"


@pytest.fixture
def house(act: int) -> Cast:
    made = cast.make(act)
    cast.title(made, act, "L’Encre", INK)
    cast.title(made, act, "Le Sel", SALT)
    return made


def receive(text: str, by: Actor) -> FileReport:
    return intake.receive(name="arrivages.csv", origin="test", content=text.encode(), at=AT, by=by)


def at_the_dock(text: str, by: Actor, *, slip: str = "") -> StockReport:
    return receive_stock(name="arrivages.csv", content=text.encode(), at=AT, by=by, slip=slip)


def copies(house: Cast, name: str = "L’Encre") -> int:
    return sum(pool.on_hand for pool in queries.pools([house.titles[name]]))


def test_any_door_takes_arrivals_and_the_other_knows_them(house: Cast, actor: Actor) -> None:
    report = receive(f"isbn;qté;emplacement\n{INK};10;A-01\n", actor)
    assert (report.kind, report.outcome, report.rows["received"]) == ("stock", "received", 1)
    again = at_the_dock(f"isbn;qté;emplacement\n{INK};10;A-01\n", actor)
    assert (again.entered, copies(house)) == (0, 10)
    assert "--slip" in again.problems[0]


def test_the_same_list_on_another_day_is_another_arrival_once_its_slip_is_given(
    house: Cast, actor: Actor
) -> None:
    text = f"ean,quantity,location\n{INK},10,A-01\n"
    at_the_dock(text, actor)
    assert at_the_dock(text, actor, slip="BL 204").copies == 10
    assert at_the_dock(text, actor, slip="bl 204").copies == 0
    assert copies(house) == 20


def test_a_slip_is_known_whatever_the_bytes(house: Cast, actor: Actor) -> None:
    receive(f"bordereau;ean;quantité;emplacement\nBL1;{INK};10;A-01\nBL1;{SALT};4;A-02\n", actor)
    again = receive(f"ean,quantity,location,slip\n{SALT},4,A-02,bl1\n{INK},10,A-01,BL1\n", actor)
    assert (again.outcome, again.rows) == ("duplicate", {"received": 0, "refused": 0})
    assert "sous le même bordereau" in again.problems[0].message
    assert (copies(house), copies(house, "Le Sel")) == (10, 4)


@pytest.mark.parametrize(
    "rows",
    [f"BL1;{INK};11;A-01\n", f"BL1;{INK};10;A-01\nBL1;{SALT};1;A-01\n", f"BL1;{SALT};1;A-01\n"],
)
def test_a_slip_that_comes_with_other_rows_is_shown_to_a_person(house: Cast, actor: Actor, rows: str) -> None:
    head = "bordereau;ean;quantité;emplacement\n"
    receive(f"{head}BL1;{INK};10;A-01\n", actor)
    report = receive(f"{head}{rows}BL2;{INK};5;A-01\n", actor)
    assert (report.outcome, report.rows) == ("partial", {"received": 1, "refused": rows.count("\n")})
    assert [one.message for one in report.problems if "une personne doit regarder" in one.message] != []
    assert copies(house) == 15


def test_rows_of_a_slip_that_were_refused_are_mended_and_come_again(
    house: Cast, actor: Actor, act: int
) -> None:
    head = "bordereau;ean;quantité;emplacement\n"
    first = receive(f"{head}BL1;{INK};10;A-01\nBL1;{SALT};x;A-01\nBL1;{ROADS};2;A-02\n", actor)
    assert first.rows == {"received": 1, "refused": 2}
    cast.title(house, act, "La Rade", ROADS)
    mended = receive(f"{head}BL1;{INK};10;A-01\nBL1;{SALT};3;A-01\nBL1;{ROADS};2;A-02\n", actor)
    assert (mended.outcome, mended.rows) == ("received", {"received": 2, "refused": 0})
    assert [copies(house, name) for name in ("L’Encre", "Le Sel", "La Rade")] == [10, 3, 2]
    late = receive(
        f"{head}BL1;{INK};10;A-01\nBL1;{SALT};3;A-01\nBL1;{ROADS};2;A-02\nBL1;{INK};1;A-01\n", actor
    )
    assert late.outcome == "refused"


def test_a_list_without_slip_that_entered_in_part_is_resumed(house: Cast, actor: Actor, act: int) -> None:
    text = f"ean;quantité;emplacement\n{INK};10;A-01\n{ROADS};2;A-02\n"
    assert receive(text, actor).outcome == "partial"
    cast.title(house, act, "La Rade", ROADS)
    assert at_the_dock(text, actor) == StockReport("arrivages.csv", 1, 2, [])
    assert (copies(house), copies(house, "La Rade")) == (10, 2)


def test_a_virtual_place_takes_no_arrival(house: Cast, actor: Actor) -> None:
    report = receive(f"ean;quantité;emplacement\n{INK};10;LOSS\n{INK};1;A-01\n", actor)
    assert report.rows == {"received": 1, "refused": 1}


def test_another_list_or_a_long_reference_is_told_at_the_dock(house: Cast, actor: Actor) -> None:
    assert "la liste des clients" in at_the_dock("client;nom\n3025993000001;X\n", actor).problems[0]
    assert (
        "24 caractères"
        in at_the_dock(f"ean,quantity,location\n{INK},1,A-01\n", actor, slip="x" * 25).problems[0]
    )
    assert receive("client;nom\n3025993000001;X\n", actor).outcome == "received"


ARRIVAL = st.tuples(st.sampled_from(["BL1", "BL2"]), st.sampled_from([INK, SALT]), st.integers(1, 3))


@pytest.mark.django_db
@settings(max_examples=25, deadline=None)
@given(st.lists(st.lists(ARRIVAL, min_size=1, max_size=4), min_size=1, max_size=5))
def test_what_stands_on_the_shelf_is_what_the_first_list_of_each_slip_said(
    lists: list[list[tuple[str, str, int]]],
) -> None:
    """The naive twin: a slip enters the first time, and never again."""
    with transaction.atomic():
        actor = system()
        act = journal.record("test", at=AT, by=actor)
        house = cast.make(act)
        for name, ean in (("L’Encre", INK), ("Le Sel", SALT)):
            cast.title(house, act, name, ean)
        known: dict[str, list[tuple[str, str, int]]] = {}
        for number, rows in enumerate(lists):
            told = "".join(f"{slip};{ean};{quantity};A-01\n" for slip, ean, quantity in rows)
            receive(f"bordereau;ean;quantité;emplacement;note {number}\n{told}", actor)
            for slip in {row[0] for row in rows}:
                known.setdefault(slip, [row for row in rows if row[0] == slip])
        for name, ean in (("L’Encre", INK), ("Le Sel", SALT)):
            expected = sum(row[2] for rows in known.values() for row in rows if row[1] == ean)
            assert copies(house, name) == expected
        assert [finding for cache in checks.CACHES for finding in caches.drift(cache)] == []
        transaction.set_rollback(True)
