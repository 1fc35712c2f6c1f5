"""The page that people fill their lists from says what the code reads."""

from __future__ import annotations

from conftest import ROOT
from quai.exchange.spreadsheet.lists import LISTS


def test_every_name_of_every_column_is_in_the_reference() -> None:
    page = (ROOT / "docs" / "reference" / "lists.md").read_text(encoding="utf-8")
    sections = dict(part.split("`\n", 1) for part in page.split("\n## `")[1:])
    assert list(sections) == [shape.kind for shape in LISTS]
    for shape in LISTS:
        rows = [line for line in sections[shape.kind].splitlines() if line.startswith("| ")][1:]
        written = [[cell.strip(" *") for cell in row.split("|")[1:3]] for row in rows]
        assert written == [[column.names[0], ", ".join(column.names[1:])] for column in shape.columns]
