"""The format is told from the bytes, whatever surrounds them."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from quai.exchange.dilicom.detect import Format, detect
from quai.exchange.dilicom.tests.shelf import (
    ORDER_FORMATS,
    SAMPLE,
    SAMPLES,
    contents,
    patient,
    read_bytes,
    rows,
)


@pytest.mark.parametrize("form", ORDER_FORMATS)
@pytest.mark.parametrize("before", [b"", b"\xef\xbb\xbf", b"\r\n\r\n  \n", b"\xef\xbb\xbf\r\n", b"\0\0"])
@pytest.mark.parametrize("end", [b"\r\n", b"\n", b"\r"])
def test_each_format_with_each_dressing(form: Format, before: bytes, end: bytes) -> None:
    dressed = before + SAMPLE[form].replace(b"\r\n", end)
    assert detect(dressed) is form
    (plain, _), (found, problems) = read_bytes(SAMPLE[form]), read_bytes(dressed)
    assert ([contents(order) for order in found], problems) == ([contents(order) for order in plain], [])


@pytest.mark.parametrize(
    ("head", "form"),
    [
        (rows("03503", "190000001", "199000002", "05003", "1003012999000012"), Format.SERVICE_GENCOD),
        (rows("05003", "1003012999000012"), Format.SERVICE_GENCOD),
        (rows("02303", "1003012999000012"), Format.GENCOD),
        (rows("02303   ", "1003012999000012"), Format.GENCOD),
        (b"UNB+UNOC:3+3025590000008:14'UNH+1+ORDERS:D:96A'", Format.EANCOM),
        (b"UNA|#,! ~UNB#UNOC|3~UNH#1#APERAK|D|96A~", Format.SERVICE_EANCOM),
        (b"UNA:+.? 'UNH+1+ORDERS:D:96A'", Format.EANCOM),
        (rows("L00079782070360024000003"), Format.FLAT),
        (rows("A00013012999000012LIVR\xc9"), Format.FLAT),
        (rows('"3012999000012";"RENTREE"'), Format.CSV),
        (rows("3012999000012"), Format.CSV),
        (rows("3012999000012\t"), Format.CSV),
        (rows("3,01E+12;"), Format.CSV),
    ],
)
def test_less_usual_beginnings(head: bytes, form: Format) -> None:
    assert detect(head) is form


def test_service_message_of_the_network() -> None:
    assert detect((SAMPLES / "service_aperak.edi").read_bytes()) is Format.SERVICE_EANCOM


@pytest.mark.parametrize(
    "head",
    [
        b"",
        b"\r\n\r\n",
        b"%PDF-1.7\n",
        b"PK\x03\x04",
        b"UNBREAKABLE",
        b"Bonjour, voici ma commande",
        b"<?xml version='1.0'?>",
        b"L000000;PARTNERS;231126\r\n",  # the partner directory, not a flat order
        "A00013012999000012".encode("utf-16"),
    ],
)
def test_nothing_of_ours(head: bytes) -> None:
    assert detect(head) is None


@patient
@given(st.binary(max_size=200))
def test_any_bytes_get_an_answer(head: bytes) -> None:
    assert detect(head) in (None, *Format)


def test_an_order_among_reports_is_an_order() -> None:
    report, order = b"05003\r\n1003025993020900\r\n199000002\r\n", b"02303\r\n1003012999000012\r\n"
    assert detect(b"03503\r\n190000001\r\n199000002\r\n" + report) is Format.SERVICE_GENCOD
    assert detect(b"03503\r\n190000001\r\n199000002\r\n" + report + order) is Format.GENCOD
    answer, asked = b"UNH+1+APERAK:D:96A:UN:EAN005'UNT+2+1'", b"UNH+2+ORDERS:D:96A:UN:EAN008'"
    assert detect(b"UNB+UNOC:3'" + answer) is Format.SERVICE_EANCOM
    assert detect(b"UNB+UNOC:3'" + answer + asked) is Format.EANCOM
