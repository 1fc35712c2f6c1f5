"""Cells as people type them."""

from __future__ import annotations

from datetime import date
from decimal import Decimal
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from quai.exchange.spreadsheet import cells
from quai.exchange.spreadsheet.lists.accounts import RHYTHMS
from quai.terms.types import Rhythm

MONEY = cells.amount(1_000_000)
RHYTHM = cells.choice(RHYTHMS)


@pytest.mark.parametrize(
    ("reader", "cell", "value"),
    [
        (MONEY, "1 234,56 €", Decimal("1234.56")),
        (MONEY, "1,234.56", Decimal("1234.56")),
        (MONEY, "1.234,56", Decimal("1234.56")),
        (MONEY, "12", Decimal(12)),
        (cells.percent, "35,5 %", Decimal("35.5")),
        (cells.day, "31/12/2026", date(2026, 12, 31)),
        (cells.day, "1.2.2026", date(2026, 2, 1)),
        (cells.day, "2026-12-31", date(2026, 12, 31)),
        (cells.day, "20261231", date(2026, 12, 31)),
        (cells.day, "31/12/2026 00:00:00", date(2026, 12, 31)),
        (cells.yes_no, "Oui", True),
        (cells.yes_no, "0", False),
        (cells.code13, "978-2-07-036002-4", "9782070360024"),
        (cells.codes13, "3025993020900 / 3025993020917", ("3025993020900", "3025993020917")),
        (cells.digits(9), "552 100 554", "552100554"),
        (cells.packed(34), "fr76 3000 6000", "FR7630006000"),
        (cells.country, "France", "FR"),
        (cells.whole(-30, 30), "-15", -15),
        (RHYTHM, "Mensuel", Rhythm.MONTH),
        (RHYTHM, "per_note", Rhythm.PER_NOTE),
        (RHYTHM, "À la livraison", Rhythm.PER_NOTE),
        (cells.one_of({"09", "20"}), "9", "09"),
    ],
)
def test_a_cell_is_read(reader: cells.Reader, cell: str, value: Any) -> None:
    assert reader(cell) == value


@pytest.mark.parametrize(
    ("reader", "cell", "said"),
    [
        (MONEY, "1.234", "au centime"),
        (MONEY, "-5", "0 à"),
        (MONEY, "gratuit", "« gratuit »"),
        (cells.percent, "101", "0 à 100"),
        (cells.day, "31/02/2026", "n’est pas un jour"),
        (cells.day, "31/12/26", "n’est pas un jour"),
        (cells.yes_no, "peut-être", "ni oui ni non"),
        (cells.code13, "3,02599E+12", "arrondi par le tableur"),
        (cells.code13, "302599302090", "13 chiffres"),
        (cells.code13, "٣٠٢٥٩٩٣٠٢٠٩٠٠", "13 chiffres"),
        (cells.whole(0, 365), "400", "de 0 à 365"),
        (cells.text(3), "abcd", "trop long"),
        (RHYTHM, "hebdo", "à la livraison, dix jours, mois"),
        (cells.country, "Belgique", "deux lettres"),
        (cells.country, "ZZ", "deux lettres"),
    ],
)
def test_what_cannot_be_read_says_what_was_expected(reader: cells.Reader, cell: str, said: str) -> None:
    with pytest.raises(cells.CellError, match=said):
        reader(cell)


@given(st.decimals(min_value=0, max_value=999_999, places=2))
def test_an_amount_is_the_same_written_the_french_way(value: Decimal) -> None:
    whole, _, cents = f"{value:,.2f}".partition(".")
    assert MONEY(f"{whole.replace(',', ' ')},{cents} €") == value
