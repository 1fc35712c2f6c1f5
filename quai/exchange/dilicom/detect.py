"""Tell the format of a file from its first bytes, never from its name."""

from __future__ import annotations

import re
from enum import StrEnum

from quai.exchange.dilicom.text import component, read_separators, split_segment


class Format(StrEnum):
    """What Dilicom brings; the two service formats carry reports about what we sent, not orders."""

    FLAT = "flat"
    GENCOD = "gencod"
    EANCOM = "eancom"
    CSV = "csv"
    SERVICE_GENCOD = "service_gencod"
    SERVICE_EANCOM = "service_eancom"


_JUNK = b"\xef\xbb\xbf \t\r\n\0\x1a"  # a BOM, blank lines, DOS padding
# Any record may come first in a damaged file; its reader then says what is missing.
_FLAT = re.compile(rb"[ABCDEGLQ]\d{4}[^;\r\n]*(?:[\r\n]|$)")
_GENCOD_ACT = re.compile(rb"(0\d{4})[ \t]*(?:[\r\n]|$)")
_GENCOD_RECORD = re.compile(rb"(?:100\d{13}|190\d{6}|221\d{13}|290 {3}\d{4})[^;\r\n]*(?:[\r\n]|$)")
_CSV = re.compile(rb'[="]*\d[\d.,E+ -]{0,30}"?[ \t]*(?:[;,\t]|[\r\n]|$)')


def detect(head: bytes) -> Format | None:
    """Recognise a format.

    :param head: the first bytes, about 16 KB; a BOM, blank lines and any line ends are tolerated.
    :returns: the format, or None when nothing of the trade is recognised.
    """
    start = head.lstrip(_JUNK)
    if start[:3] in (b"UNA", b"UNB", b"UNH") and not start[3:4].isalnum():
        return _edifact(head)
    if _GENCOD_ACT.match(start) or _GENCOD_RECORD.match(start):
        return _gencod(start)
    if _FLAT.match(start):
        return Format.FLAT
    return Format.CSV if _CSV.match(start) else None


def _edifact(head: bytes) -> Format:
    separators, start = read_separators(head)
    if separators is None:
        return Format.EANCOM
    kinds = []
    for raw in head[start:].decode("latin-1").split(separators.terminator):
        segment = raw.strip()
        if segment.startswith("UNH"):
            kinds.append(component(split_segment(segment, separators), 2))
    return Format.SERVICE_EANCOM if kinds and set(kinds) == {"APERAK"} else Format.EANCOM


def _gencod(start: bytes) -> Format:
    """Reports, when no act is anything else but the envelope (03503): one order among them is still an order."""
    acts = {act[1] for line in start.splitlines() if (act := _GENCOD_ACT.match(line))}
    return Format.SERVICE_GENCOD if acts - {b"03503"} == {b"05003"} else Format.GENCOD
