"""A list is known by its head: French or English, in any order, whatever stands beside."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from quai.exchange.spreadsheet.lists import LISTS
from quai.exchange.spreadsheet.read import folded_name
from quai.exchange.spreadsheet.shapes import Shape, recognise

every_list = pytest.mark.parametrize("shape", LISTS, ids=lambda shape: shape.kind)


def kind_of(*names: str) -> str:
    found = recognise([folded_name(name) for name in names], LISTS)
    return "" if found is None or found[1].missing else found[0].kind


@every_list
def test_a_whole_head_is_its_list(shape: Shape) -> None:
    for place in (0, 1, -1):
        names = [column.names[min(place, len(column.names) - 1)] for column in shape.columns]
        assert kind_of(*names) == shape.kind
        assert kind_of(*reversed(names)) == shape.kind
        assert kind_of(*names, "remarque du stagiaire") == shape.kind


@every_list
def test_the_shortest_head_is_its_list(shape: Shape) -> None:
    marks = [column.names[0] for column in shape.columns if column.key in shape.marks]
    if not shape.any_of:
        assert kind_of(*marks) == shape.kind
    for one in shape.any_of:
        extra = next(column.names[0] for column in shape.columns if column.key == one)
        assert kind_of(*marks, extra) == shape.kind


@every_list
def test_a_name_is_that_of_one_column(shape: Shape) -> None:
    named = {(folded_name(name), column.key) for column in shape.columns for name in column.names}
    assert len({name for name, _ in named}) == len(named)
    keys = {column.key for column in shape.columns}
    assert {*shape.marks, *shape.any_of, *shape.key} <= keys


def test_the_trade_writes_heads_in_many_ways() -> None:
    assert kind_of("GLN Client", "NOM", "E-mail") == "customers"
    assert kind_of("gln_client", "nom", "rythme") == "account_terms"  # the name is there for the reader
    assert kind_of("ISBN", "Qté", "Emplacement", "Titre") == "stock"
    assert kind_of("customer", "blocked") == "holds"
    assert kind_of("éditeur", "remise") == "discounts"


def test_what_lacks_a_column_is_told_which() -> None:
    found = recognise(["ean", "quantite"], LISTS)
    assert found is not None
    assert (found[0].kind, found[1].missing) == ("stock", ("emplacement",))


def test_what_is_no_list_is_none() -> None:
    assert recognise(["3012999000012", ""], LISTS) is None
    assert (
        recognise(["wave", "location", "ean", "missing"], [one for one in LISTS if one.kind == "titles"])
        is None
    )
    assert recognise([], LISTS) is None


def test_a_column_that_comes_twice_is_told() -> None:
    found = recognise(["client", "gln client", "nom"], LISTS)
    assert found is not None
    assert found[1].doubled == ("client",)


@given(st.lists(st.text(max_size=12), max_size=12))
def test_any_head_is_answered(names: list[str]) -> None:
    found = recognise([folded_name(name) for name in names], LISTS)
    assert found is None or found[0] in LISTS
