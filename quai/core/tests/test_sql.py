"""Lists reach the database as they are, whatever they hold."""

from __future__ import annotations

from datetime import date
from decimal import Decimal
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from quai.core import sql

TEXT = st.text(st.characters(exclude_characters="\0", exclude_categories=["Cs"]), max_size=8)


def through(values: list[Any], kind: str) -> list[Any]:
    [row] = sql.query(f"SELECT %(values)s::{kind}[] AS values", {"values": values})
    found: list[Any] = row.values
    return found


@pytest.mark.django_db
@settings(max_examples=60)
@given(st.lists(st.none() | TEXT | st.sampled_from(["NULL", "{}", '"', "\\", "a,b", " "])))
def test_texts(values: list[str | None]) -> None:
    assert through(values, "text") == values


@pytest.mark.django_db
@settings(max_examples=30)
@given(st.lists(st.none() | st.integers(-(2**60), 2**60)))
def test_numbers(values: list[int | None]) -> None:
    assert through(values, "bigint") == values


@pytest.mark.django_db
def test_days_amounts_and_bytes() -> None:
    assert through([date(2026, 3, 2), None], "date") == [date(2026, 3, 2), None]
    assert through([Decimal("1.50"), Decimal(-2)], "numeric") == [Decimal("1.50"), Decimal(-2)]
    assert through([b"\0\xff", b""], "bytea") == [b"\0\xff", b""]
    assert through([True, False], "boolean") == [True, False]
    assert through([], "text") == []


@pytest.mark.django_db
def test_ids_are_of_this_node_and_never_given_twice() -> None:
    first, second = sql.new_ids("core_act", 3), sql.new_ids("core_act", 2)
    assert len({*first, *second}) == 5
    assert all(0 < number <= 2**40 for number in [*first, *second])
