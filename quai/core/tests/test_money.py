"""Amounts are rounded half up, in Python as in the database."""

from __future__ import annotations

from decimal import Decimal

import pytest
from django.db import connection
from hypothesis import given, settings
from hypothesis import strategies as st

from quai.core.money import net_of_tax, rounded


def test_half_a_cent_goes_up() -> None:
    assert rounded(Decimal("0.125")) == Decimal("0.13")
    assert rounded(Decimal("2.675")) == Decimal("2.68")


def test_the_price_without_vat_keeps_four_decimals() -> None:
    assert net_of_tax(Decimal("20.00"), Decimal("5.5")) == Decimal("18.9573")


@pytest.mark.django_db
@settings(max_examples=50)
@given(st.decimals(min_value=0, max_value=10**6, places=6))
def test_postgresql_rounds_the_same(amount: Decimal) -> None:
    with connection.cursor() as cursor:
        cursor.execute("SELECT round(%s::numeric, 2)", [amount])
        assert cursor.fetchone()[0] == rounded(amount)
