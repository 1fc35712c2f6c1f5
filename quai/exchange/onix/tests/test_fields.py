"""Numbers and days, in all the ways they are written."""

from __future__ import annotations

from datetime import date
from decimal import Decimal
from importlib.util import find_spec
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st
from lxml import etree

from quai.exchange.onix.read.fields import code, days, number, thirteen
from quai.exchange.onix.read.names import NAMES

XSD = "{http://www.w3.org/2001/XMLSchema}"
SCHEMAS = Path(str(getattr(find_spec("onixcheck"), "origin", ""))).parent / "schema"


@pytest.mark.parametrize(
    ("said", "value"),
    [
        ("12", "12"),
        ("12.5", "12.5"),
        ("12,50", "12.50"),
        ("1 234,50", "1234.50"),
        ("1\u202f234,50 €", "1234.50"),
        ("1.234,50", "1234.50"),
        ("1,234.50", "1234.50"),
        ("5,5 %", "5.5"),
        (".5", "0.5"),
        ("", None),
        ("-3", None),
        ("NaN", None),
        ("1e5", None),
        ("١٢", None),
        ("1.2.3", None),
        ("1234567890", None),
    ],
)
def test_numbers(said: str, value: str | None) -> None:
    assert number(said) == (Decimal(value) if value else None)


@pytest.mark.parametrize(
    ("said", "form", "first", "last"),
    [
        ("20240229", "", (2024, 2, 29), None),
        ("20240229", "00", (2024, 2, 29), None),
        ("2024-02-29", "", (2024, 2, 29), None),
        ("29/02/2024", "", (2024, 2, 29), None),
        ("202402", "", (2024, 2, 1), (2024, 2, 29)),
        ("202402", "01", (2024, 2, 1), (2024, 2, 29)),
        ("2024-02", "", (2024, 2, 1), (2024, 2, 29)),
        ("202412", "", (2024, 12, 1), (2024, 12, 31)),
        ("202401", "02", (2024, 1, 1), (2024, 1, 7)),
        ("20244", "03", (2024, 10, 1), (2024, 12, 31)),
        ("2024", "", (2024, 1, 1), (2024, 12, 31)),
        ("2024", "05", (2024, 1, 1), (2024, 12, 31)),
        ("2024", "00", (2024, 1, 1), (2024, 12, 31)),  # the format sent is wrong: the digits decide
        ("20240229", "05", (2024, 2, 29), None),
        ("2024010120240131", "06", (2024, 1, 1), (2024, 1, 31)),
        ("20240229T1030", "13", (2024, 2, 29), None),
        ("20240229T103000", "14", (2024, 2, 29), None),
        ("20240229T233000Z", "14", (2024, 3, 1), None),  # already the next day in Paris
        ("20240229T2330-0500", "", (2024, 3, 1), None),
        ("2024-02-29T10:30:00.123+01:00", "", (2024, 2, 29), None),
        ("20240229T2561Z", "", (2024, 2, 29), None),
        ("99991231T2359-1200", "", (9999, 12, 31), None),
    ],
)
def test_days(said: str, form: str, first: tuple[int, int, int], last: tuple[int, int, int] | None) -> None:
    assert days(said, form) == (date(*first), date(*(last or first)))


@pytest.mark.parametrize("said", ["", "00000000", "20241301", "20230229", "bientôt", "14450821", "²⁰²⁴"])
def test_no_days(said: str) -> None:
    assert days(said, "20" if said == "14450821" else "") is None


@given(st.text(), st.text(max_size=2))
def test_any_text_is_read_or_is_not(said: str, form: str) -> None:
    span = days(said, form)
    assert span is None or span.first <= span.last
    value = number(said)
    assert value is None or value >= 0
    assert thirteen(said) == "" or len(thirteen(said)) == 13
    assert code(said).isalnum() or not code(said)


def _short_names(path: Path) -> dict[str, str]:
    """Short tag -> reference name, as a schema in short tags declares them."""
    names: dict[str, str] = {}
    for element in etree.parse(str(path)).iter(f"{XSD}element"):
        for attribute in element.iter(f"{XSD}attribute"):
            if attribute.get("name") != "refname" or not element.get("name"):
                continue
            values = [attribute.get("fixed"), *(v.get("value") for v in attribute.iter(f"{XSD}enumeration"))]
            names[element.get("name", "")] = next(value for value in values if value)
    return names


@pytest.mark.parametrize(
    "path",
    sorted(SCHEMAS.glob("xsd*/ONIX_Book*_short.xsd")),
    ids=lambda path: f"{path.parent.name}-{path.stem}",
)
def test_our_tags_are_those_of_the_schemas(path: Path) -> None:
    official = _short_names(path)
    ours = {tag: name for tag, name in NAMES.items() if name and tag in official}
    assert len(ours) > 80
    assert ours == {tag: official[tag] for tag in ours}
