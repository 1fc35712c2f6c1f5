"""Whatever the bytes: no exception, no wait, no half order."""

from __future__ import annotations

import io
import time
import tracemalloc

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from quai.exchange.dilicom.detect import Format
from quai.exchange.dilicom.read import read
from quai.exchange.dilicom.read_csv import read_csv
from quai.exchange.dilicom.read_eancom import read_eancom
from quai.exchange.dilicom.read_flat import read_flat
from quai.exchange.dilicom.read_gencod import read_gencod
from quai.exchange.dilicom.service import read_service
from quai.exchange.dilicom.tests.shelf import (
    BOOK,
    HOUSE,
    ORDER_FORMATS,
    RECEIVED,
    SAMPLE,
    SHOP,
    contents,
    orders,
    patient,
    read_bytes,
    rows,
)
from quai.exchange.dilicom.write import write
from quai.orders.types import OrderMessage, Problem

READERS = {
    Format.FLAT: read_flat,
    Format.GENCOD: read_gencod,
    Format.EANCOM: read_eancom,
    Format.CSV: read_csv,
}
FLAT_HEADER = rows(f"A0001{HOUSE}", f"B0002{SHOP}", "C0003CMD1", "D000420261123")
MEGABYTE = 1 << 20


def assert_well_formed(items: list[OrderMessage | Problem]) -> None:
    """Every item can be stored and shown: bounded, printable, whole."""
    for item in items:
        if isinstance(item, Problem):
            assert item.severity in ("warning", "error")
            assert item.message[0].isupper()
            assert item.message.endswith(".")
            assert "\0" not in item.message
            assert len(item.message) < 300
            continue
        assert item.lines
        assert all(len(gln) == 13 for gln in (item.supplier, item.buyer))
        assert 0 < len(item.reference) <= 35
        assert all(0 < line.quantity <= 999_999 and len(line.line_reference) <= 8 for line in item.lines)
        assert all(problem.severity == "warning" for problem in item.problems)
        assert "\0" not in repr(item)


@pytest.mark.parametrize("form", ORDER_FORMATS)
@given(data=st.binary(max_size=400))
def test_any_bytes(form: Format, data: bytes) -> None:
    assert_well_formed(list(READERS[form](io.BytesIO(data))))
    assert_well_formed(list(READERS[form](io.BytesIO(SAMPLE[form][:60] + data))))


@patient
@given(data=st.binary(max_size=400))
def test_any_bytes_whatever_the_format(data: bytes) -> None:
    items = list(read(io.BytesIO(data), received_on=RECEIVED))
    assert items
    assert_well_formed(items)
    assert list(read_service(io.BytesIO(data)))


@pytest.mark.parametrize("form", ORDER_FORMATS)
@given(data=st.data())
def test_valid_files_with_damage(form: Format, data: st.DataObject) -> None:
    content = bytearray(SAMPLE[form])
    for _ in range(data.draw(st.integers(1, 4))):
        start = data.draw(st.integers(0, len(content)))
        length = data.draw(st.integers(0, 40))
        content[start : start + length] = data.draw(st.binary(max_size=20))
    assert_well_formed(list(read(io.BytesIO(content), received_on=RECEIVED)))


@pytest.mark.parametrize("form", ORDER_FORMATS)
def test_a_file_cut_at_every_byte_gives_only_whole_orders(form: Format) -> None:
    whole, _ = read_bytes(SAMPLE[form])
    for length in range(len(SAMPLE[form])):
        found, problems = read_bytes(SAMPLE[form][:length])
        assert [contents(order) for order in found] == [contents(order) for order in whole[: len(found)]]
        if form in (Format.GENCOD, Format.EANCOM):  # the others have no count of orders to miss one by
            assert found == whole or problems, f"what was lost at byte {length} is not told"


@pytest.mark.parametrize("form", ORDER_FORMATS)
@settings(max_examples=15)
@given(batch=st.lists(orders(), min_size=1, max_size=3), data=st.data())
def test_any_file_cut_anywhere_gives_only_whole_orders(
    form: Format, batch: list[OrderMessage], data: st.DataObject
) -> None:
    content = write(batch, form)
    whole, _ = read_bytes(content)
    found, _ = read_bytes(content[: data.draw(st.integers(0, len(content)))])
    assert [contents(order) for order in found] == [contents(order) for order in whole[: len(found)]]


def test_a_hole_in_the_middle_never_mixes_two_eancom_orders() -> None:
    content = SAMPLE[Format.EANCOM]
    titles: list[set[str]] = [{line.gtin for line in order.lines} for order in read_bytes(content)[0]]
    for start in range(0, len(content), 7):
        for end in range(start + 1, len(content), 13):
            for order in read_bytes(content[:start] + content[end:])[0]:
                known = {line.gtin for line in order.lines} & (titles[0] | titles[1])
                assert any(known <= of_one_order for of_one_order in titles)


class Dripping:
    """A stream that gives its bytes one by one, as a slow line does."""

    def __init__(self, data: bytes) -> None:
        self._data = io.BytesIO(data)

    def read(self, _size: int, /) -> bytes:
        return self._data.read(1)


@pytest.mark.parametrize("form", ORDER_FORMATS)
def test_the_size_of_the_pieces_changes_nothing(form: Format) -> None:
    whole = list(read(io.BytesIO(SAMPLE[form]), received_on=RECEIVED))
    assert list(read(Dripping(SAMPLE[form]), received_on=RECEIVED)) == whole


EANCOM_HEAD = b"UNB+UNOC:3+A:14+B:14+261123:0912+1'UNH+1+ORDERS:D:96A'BGM+220+C+9'"
HOSTILE = {
    "zeros": b"\0",
    "noise": bytes(range(256)),
    "blank lines": b"\r\n",
    "lone carriage returns": b"\r",
    "flat, one endless line": (b"A0001", b"3012999000012"),
    "flat, endless lines": (FLAT_HEADER, f"L0005{BOOK}000001\r\n".encode()),
    "flat, endless bad lines": (FLAT_HEADER, b"L0005ABCDEFGHIJKLM99999X\r\n"),
    "flat, endless headings": (FLAT_HEADER, b"C0003CMD1\r\n"),
    "flat, endless unknown letters": (FLAT_HEADER, b"Z\r\n"),
    "flat, orders never closed": (b"", FLAT_HEADER),
    "gencod, endless acts": (b"", b"02303\r\n"),
    "gencod, endless records": (b"02303\r\n", b"290\r\n"),
    "eancom, segment without end": (EANCOM_HEAD, b"FTX+AAI+++"),
    "eancom, a million segments on one line": (EANCOM_HEAD, b"FTX'"),
    "eancom, lines without quantity": (EANCOM_HEAD, b"LIN'"),
    "eancom, releases": (EANCOM_HEAD, b"?"),
    "eancom, released terminators": (EANCOM_HEAD, b"?'"),
    "eancom, terminators": (EANCOM_HEAD, b"'"),
    "eancom, components": (EANCOM_HEAD + b"BGM+220+", b":+"),
    "eancom, messages never closed": (b"UNB+UNOC:3'", b"UNH+1+ORDERS'"),
    "csv, endless cells": (f"{HOUSE};\r\n{SHOP};C\r\n{BOOK}".encode(), b";1"),
    "csv, endless rows": (f"{HOUSE};\r\n{SHOP};C\r\n".encode(), b"x;1\r\n"),
    "csv, endless digits": (f"{HOUSE};\r\n{SHOP};C\r\n{BOOK};".encode(), b"9"),
}


@pytest.mark.parametrize("name", HOSTILE)
def test_hostile_files_are_read_quickly_in_little_memory(name: str) -> None:
    given_bytes = HOSTILE[name]
    start, repeated = given_bytes if isinstance(given_bytes, tuple) else (b"", given_bytes)
    data = start + repeated * (MEGABYTE // len(repeated))
    began = time.process_time()  # the machine may be busy elsewhere
    found = sum(isinstance(item, OrderMessage) for item in read(io.BytesIO(data), received_on=RECEIVED))
    assert found == 0
    assert time.process_time() - began < 5


def test_endless_problems_are_counted_and_orders_still_enter(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("quai.exchange.dilicom.read.MAX_PROBLEMS", 10)
    whole = FLAT_HEADER + rows(f"L0005{BOOK}000001", "Q0006")
    [order], problems = read_bytes(FLAT_HEADER * 25 + whole)
    assert order.reference == "CMD1"
    assert len(problems) == 11
    assert "15 autres anomalies" in problems[-1].message


def test_memory_does_not_grow_with_the_file() -> None:
    order = FLAT_HEADER + rows(*[f"L0005{BOOK}000001"] * 50, "Q0055")
    peaks = []
    for copies in (400, 1_600):
        stream = io.BytesIO(order * copies)
        tracemalloc.start()
        assert sum(1 for _ in read_flat(stream)) == copies
        peaks.append(tracemalloc.get_traced_memory()[1])
        tracemalloc.stop()
    assert peaks[1] < 1.5 * peaks[0]
