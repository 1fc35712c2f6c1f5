"""Read a CSV list: bytes in, head and rows of text out, problems as data, no database."""

from __future__ import annotations

import csv
import io
from collections.abc import Iterator, Sequence
from typing import NamedTuple

from quai.parties.names import folded

_PROTECTED = '="'  # spreadsheets protect codes as ="978…"
_BOM_16 = (b"\xff\xfe", b"\xfe\xff")
_HEAD = 4_000  # bytes in which a head must end
_LONGEST_LINE = 200_000  # letters: more is no list, and would fill the memory with cells


class TextRow(NamedTuple):
    """One row: its number in the file (the first line is 1) and its cells, as many as the head has."""

    number: int
    cells: list[str]


class Unreadable(NamedTuple):
    """Why the rest of a list cannot be read: a whole French sentence."""

    row: int
    message: str


def folded_name(text: str) -> str:
    """Write the name of a column as it is looked for: « Qté_livrée » is "qte livree"."""
    return folded("".join(letter if letter.isalnum() else " " for letter in folded(_cell(text))))


def read_head(content: bytes) -> list[str]:
    """Read the names of the columns, folded (`Qté_livrée` is "qte livree"); empty when this is no list.

    :param content: the first bytes of the file, or all of it.
    """
    start = content[:_HEAD]
    if b"\0" in start and not start.startswith(_BOM_16):
        return []
    if len(start) == _HEAD:
        start = start[: max(start.rfind(b"\n"), start.rfind(b"\r"), 0)]
    try:
        return [folded_name(cell) for cell in next(_rows(_decoded(start))).cells]
    except (csv.Error, StopIteration):
        return []


def read_rows(content: bytes) -> Iterator[TextRow | Unreadable]:
    """Read the rows under the head.

    :param content: UTF-8 (with or without BOM), UTF-16 with its BOM, cp1252 or latin-1; commas, semicolons or
        tabs; any line ends.
    """
    rows = _rows(_decoded(content))
    number = 0
    try:
        head = next(rows, None)
        for row in rows:
            number = row.number
            width = len(head.cells) if head else 0
            yield TextRow(row.number, [_cell(cell) for cell in [*row.cells, *[""] * width][:width]])
    except csv.Error as failure:
        yield Unreadable(
            number + 1, f"La ligne {number + 1} est illisible ({failure}) ; la suite n’est pas lue."
        )


def read_list(content: bytes, *, columns: Sequence[str]) -> Iterator[TextRow | Unreadable]:
    """Read these columns of a list, in the order asked, whatever their order in the file and the others there."""
    head = read_head(content)
    missing = [column for column in columns if column not in head]
    if missing:
        yield Unreadable(0, f"Il manque à ce fichier la colonne {', '.join(missing)}.")
        return
    places = [head.index(column) for column in columns]
    for row in read_rows(content):
        yield (
            row
            if isinstance(row, Unreadable)
            else TextRow(row.number, [row.cells[place] for place in places])
        )


def _rows(text: str) -> Iterator[TextRow]:
    """The rows that say something. A first line `sep=;` is a spreadsheet's, not the list's."""
    reader = csv.reader(_lines(text), delimiter=_delimiter(text), strict=True)
    before = 0
    for cells in reader:
        number, before = before + 1, reader.line_num
        if any(cell.strip() for cell in cells) and not cells[0].lower().startswith("sep="):
            yield TextRow(number, cells)


def _lines(text: str) -> Iterator[str]:
    for line in io.StringIO(text, newline=""):
        if len(line) > _LONGEST_LINE:
            raise csv.Error("elle n’en finit pas")
        yield line


def _delimiter(text: str) -> str:
    head = next((line for line in text.splitlines() if line.strip() and line[:4].lower() != "sep="), "")
    return max(";,\t", key=head.count)


def _decoded(content: bytes) -> str:
    """A file is in one encoding, or it is two files put together: then each line is read in its own."""
    if content.startswith(_BOM_16):
        return content.decode("utf-16", errors="replace").replace("\0", "")
    try:
        text = content.decode("utf-8-sig")
    except UnicodeDecodeError:
        text = "".join(map(_decoded_line, content.removeprefix(b"\xef\xbb\xbf").splitlines(keepends=True)))
    return text.replace("\0", "")


def _decoded_line(line: bytes) -> str:
    for encoding in ("utf-8", "cp1252"):
        try:
            return line.decode(encoding)
        except UnicodeDecodeError:
            continue
    return line.decode("latin-1")


def _cell(cell: str) -> str:
    text = cell.replace("\u00a0", " ").replace("\u202f", " ").strip()
    return text[2:-1].strip() if text.startswith(_PROTECTED) and text.endswith('"') else text
