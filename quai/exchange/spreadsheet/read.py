"""Read a CSV list: bytes in, rows by column name out, problems as data, no database."""

from __future__ import annotations

import csv
import io
from collections.abc import Iterator, Sequence
from typing import NamedTuple

LARGEST_QUANTITY = 999_999


class Row(NamedTuple):
    """One row: its number in the file (the head is 1) and its cells by column name."""

    number: int
    cells: dict[str, str]


class CellProblem(NamedTuple):
    """Why a row, or the whole file (row 0), could not be read: a whole French sentence."""

    row: int
    message: str


def read_list(content: bytes, *, columns: Sequence[str]) -> Iterator[Row | CellProblem]:
    """Read a list with these columns, in any order, among others.

    :param content: UTF-8 (with or without BOM) or latin-1; commas, semicolons or tabs; any line ends.
    """
    text = _decoded(content).replace("\0", "")
    reader = csv.reader(io.StringIO(text, newline=""), delimiter=_delimiter(text))
    try:
        head = [cell.strip().lower() for cell in next(reader, [])]
        missing = [column for column in columns if column not in head]
        if missing:
            yield CellProblem(0, f"Il manque à ce fichier la colonne {', '.join(missing)}.")
            return
        for number, cells in enumerate(reader, start=2):
            if any(cell.strip() for cell in cells):
                filled = [*cells, *[""] * (len(head) - len(cells))]
                yield Row(number, {name: cell.strip() for name, cell in zip(head, filled, strict=False)})
    except csv.Error as failure:
        yield CellProblem(
            reader.line_num, f"La ligne {reader.line_num} est illisible ({failure}) ; la suite n’est pas lue."
        )


def quantity(text: str) -> int | None:
    """A whole positive quantity, or None."""
    digits = text.replace(" ", "").replace("\u00a0", "").replace("\u202f", "")
    if not (digits.isascii() and digits.isdigit() and len(digits) <= 6):
        return None
    return int(digits) if 0 < int(digits) <= LARGEST_QUANTITY else None


def _decoded(content: bytes) -> str:
    try:
        return content.decode("utf-8-sig")
    except UnicodeDecodeError:
        return content.decode("latin-1")


def _delimiter(text: str) -> str:
    head = text.split("\n", 1)[0]
    return max(",;\t", key=head.count)
