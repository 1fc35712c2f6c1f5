"""Bytes of spreadsheets become rows of text, whatever wrote them."""

from __future__ import annotations

import codecs

import pytest
from hypothesis import given
from hypothesis import strategies as st

from quai.exchange.spreadsheet.read import TextRow, Unreadable, read_head, read_rows

LIST = "Client;Réseau\r\n3025993020900;L’Été\r\n\r\n3025993020917;Œuvres\r\n"
ROWS = [TextRow(2, ["3025993020900", "L’Été"]), TextRow(4, ["3025993020917", "Œuvres"])]


@pytest.mark.parametrize(
    "content",
    [
        LIST.encode(),
        LIST.encode("utf-8-sig"),
        LIST.encode("cp1252"),
        codecs.BOM_UTF16_LE + LIST.encode("utf-16-le"),
        codecs.BOM_UTF16_BE + LIST.encode("utf-16-be"),
        LIST.replace(";", ",").encode(),
        LIST.replace(";", "\t").encode(),
        LIST.replace("\r\n", "\n").encode(),
        LIST.replace("\r\n", "\r").encode(),
    ],
)
def test_the_same_list_whatever_wrote_it(content: bytes) -> None:
    assert read_head(content) == ["client", "reseau"]
    assert list(read_rows(content)) == ROWS


def test_latin_1_is_read_too() -> None:
    content = "client;ville\n3025993020900;Besançon\n".encode("latin-1")
    assert list(read_rows(content)) == [TextRow(2, ["3025993020900", "Besançon"])]


def test_two_files_put_together_are_each_read_in_their_encoding() -> None:
    content = "client;ville\n1;Besançon\n".encode() + "2;Orléans\n".encode("cp1252")
    assert [row.cells[1] for row in read_rows(content) if isinstance(row, TextRow)] == ["Besançon", "Orléans"]


def test_what_spreadsheets_add_is_taken_away() -> None:
    content = 'sep=;\n ean ;Prix\u00a0TTC\n="9782070360024";"12,50"\n9782842604363\n'.encode()
    assert read_head(content) == ["ean", "prix ttc"]
    assert list(read_rows(content)) == [
        TextRow(3, ["9782070360024", "12,50"]),
        TextRow(4, ["9782842604363", ""]),
    ]


def test_a_cell_of_several_lines_does_not_shift_the_numbers_of_rows() -> None:
    content = b'client;nom\n1;"deux\nlignes"\n2;une\n'
    assert [row[0] for row in read_rows(content)] == [2, 4]


@pytest.mark.parametrize("tail", ['1;"jamais fermé\n2;x\n', f"1;{'x' * 300_000}\n2;x\n"])
def test_what_cannot_be_read_is_said_and_ends_the_reading(tail: str) -> None:
    *rows, last = read_rows(f"client;nom\n0;z\n{tail}".encode())
    assert rows == [TextRow(2, ["0", "z"])]
    assert isinstance(last, Unreadable)
    assert "ligne 3" in last.message


def test_a_binary_has_no_head() -> None:
    assert read_head(b"client\0;nom\n") == []
    assert read_head(b"client;" * 10_000) == []


@given(st.binary(max_size=300))
def test_any_bytes_are_read_without_a_crash(content: bytes) -> None:
    read_head(content)
    assert all(row.number >= 0 if isinstance(row, TextRow) else row.message for row in read_rows(content))
