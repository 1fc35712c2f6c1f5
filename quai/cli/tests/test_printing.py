"""What a terminal of eighty columns shows: nothing folded, nothing hidden, nothing that moves its cursor."""

from __future__ import annotations

import io
from collections.abc import Callable
from datetime import UTC, date, datetime
from decimal import Decimal
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from quai.cli import printing

Shown = Callable[..., list[str]]


@pytest.fixture
def shown(monkeypatch: pytest.MonkeyPatch) -> Shown:
    """The lines a table prints on a terminal of eighty columns."""

    def draw(*arguments: Any) -> list[str]:
        page = io.StringIO()
        monkeypatch.setattr(printing, "console", printing._Output(file=page, width=80, highlight=False))
        printing.table(*arguments)
        return [line.rstrip() for line in page.getvalue().splitlines() if line.strip()]

    return draw


def test_a_long_title_is_cut_and_its_row_stays_one_line(shown: Shown) -> None:
    long = "Histoire véritable et complète des libraires, des colporteurs et des imprimeurs du royaume"
    lines = shown(
        "Lignes", ["ISBN", "titre", "qté"], [("9782070360024", long, 3), ("9782842604363", "Bref", 12)]
    )
    assert len(lines) == 4
    assert lines[2].endswith("…    3")
    assert all(len(line) <= 80 for line in lines)
    assert "9782070360024" in lines[2]


def test_numbers_stand_to_the_right_the_french_way(shown: Shown) -> None:
    lines = shown("", ["poste", "montant"], [("a", Decimal("1234.5")), ("b", Decimal("7"))])
    assert lines[1:] == ["a      1\xa0234,50\xa0€", "b          7,00\xa0€"]


def test_a_title_in_brackets_is_no_markup(shown: Shown) -> None:
    assert "[bold]Sans titre[/bold]" in shown("", ["titre"], [("[bold]Sans titre[/bold]",)])[1]


def test_days_and_instants_are_those_of_the_house() -> None:
    assert printing.cell(date(2026, 3, 2)) == "02/03/2026"
    assert printing.cell(datetime(2026, 12, 31, 23, 30, tzinfo=UTC)) == "01/01/2027 00:30"
    assert printing.cell(True) == "oui"


def test_what_would_move_the_cursor_is_blanked() -> None:
    assert printing.cell("Le\x1b[2J Sel\r\n") == "Le [2J Sel  "


@given(
    widths=st.lists(st.integers(1, 200), min_size=1, max_size=8),
    data=st.data(),
    room=st.integers(20, 120),
)
def test_columns_keep_within_the_room_when_they_can(
    widths: list[int], data: st.DataObject, room: int
) -> None:
    elastic = data.draw(st.lists(st.booleans(), min_size=len(widths), max_size=len(widths)))
    found = printing.fitting(widths, elastic=elastic, room=room)
    over = sum(found) + printing.GAP * (len(found) - 1) - room
    for width, was, may in zip(found, widths, elastic, strict=True):
        assert width == was or (may and printing.NARROWEST <= width < was)
    if over > 0:  # every column that could give way has given all it had
        assert all(
            width <= max(printing.NARROWEST, 1) for width, may in zip(found, elastic, strict=True) if may
        )
    else:
        assert over == 0 or found == widths
