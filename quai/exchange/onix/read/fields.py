"""Values: from what senders write to text, codes, numbers and days.

Each reader returns the value or None (or ""); whoever calls knows which sentence to say about a refusal.
"""

from __future__ import annotations

import html
import re
from collections.abc import Iterator
from datetime import date, datetime, timedelta
from decimal import Decimal
from functools import lru_cache
from typing import NamedTuple

from lxml import etree

from quai.core import house

from .names import NAMES

Fields = dict[str, list[etree._Element]]
SHORT = 20  # characters of a number worth remembering

_UNCLEAN = re.compile(r"[\x00-\x1f\x7f-\x9f\u00ad\u200b-\u200f\u2028\u2029\u2060\ufeff<&]|  ")
_TAG = re.compile(r"</?([A-Za-z][A-Za-z0-9]{0,15})(?:\s[^<>]{0,500})?/?>")
_BREAKING = {"br", "p", "div", "li", "ul", "ol", "h1", "h2", "h3", "td", "tr"}
_ENTITY = re.compile(r"&(?:[A-Za-z][A-Za-z0-9]{1,31}|#[0-9]{1,7}|#[xX][0-9A-Fa-f]{1,6});")
_INVISIBLE = dict.fromkeys((173, 8288, 65279, *range(8203, 8208)))
# Bytes 80-9F sent as if they were latin-1 are the punctuation of Windows.
_WINDOWS = {
    code: bytes([code]).decode("cp1252")
    for code in range(0x80, 0xA0)
    if code not in (129, 141, 143, 144, 157)
}
_SPACES = re.compile(r"[\x00-\x20\x7f-\x9f\u2028\u2029]+")
_NOT_CODE = re.compile(r"[^0-9A-Za-z]+")
_PLAIN = re.compile(r"[0-9]{1,9}(?:\.[0-9]{1,2})?")
_AMOUNT = re.compile(r"[0-9]{1,9}(?:\.[0-9]{1,6})?")
_GROUPED = re.compile(r"[0-9]{1,3}(?:[.,][0-9]{3})*[.,][0-9]{1,2}")


def children(element: etree._Element, found: Fields | None = None) -> Fields:
    """Sort the known children of a composite by reference name, after those already found if any."""
    if found is None:
        found = {}
    for child in element:
        if name := NAMES[child.tag]:
            if name in found:
                found[name].append(child)
            else:
                found[name] = [child]
    return found


def leaves(element: etree._Element) -> dict[str, str]:
    """Read the known children of a composite as text; of repeated ones, the first that says something."""
    found: dict[str, str] = {}
    for child in element:
        name = NAMES[child.tag]
        if name and not found.get(name):
            found[name] = text_of(child)
    return found


def codes(element: etree._Element) -> dict[str, str]:
    """Read the known children of a composite that holds only codes, numbers and dates, as they stand.

    For `code`, `number`, `thirteen` and `days`, which clean what they read: half of the elements of a notice
    are such, and looking for HTML in each would take a third of the time. Of repeated ones, the first.
    """
    found: dict[str, str] = {}
    for child in element:
        found.setdefault(NAMES[child.tag], child.text or "")
    return found


def text(fields: Fields, name: str) -> str:
    """The text of the first child of this name that has any."""
    for element in fields.get(name, ()):
        if said := text_of(element):
            return said
    return ""


def text_of(element: etree._Element) -> str:
    """The text of an element, tags and HTML left out, on one line."""
    said = "".join(map(str, element.itertext())) if len(element) else element.text
    if not said or said.isalnum():
        return said or ""
    if said.isprintable() and "<" not in said and "&" not in said and "  " not in said:
        return said.strip()
    return _cleaned(said) if _UNCLEAN.search(said) else said.strip()


def _cleaned(said: str) -> str:
    if "&" in said:  # escaped twice, or HTML inside CDATA
        said = _ENTITY.sub(lambda entity: html.unescape(entity[0]), said)
    if "<" in said:
        said = _TAG.sub(lambda tag: " " if tag[1].lower() in _BREAKING else "", said)
    return _SPACES.sub(" ", said.translate(_WINDOWS).translate(_INVISIBLE)).strip()


def code(said: str) -> str:
    """Keep the letters and digits of a code; spaces, hyphens, zero-width characters come with pasting."""
    return said if said.isascii() and said.isalnum() else _NOT_CODE.sub("", said)


def thirteen(said: str) -> str:
    """Thirteen digits, or ""."""
    digits = code(said)
    return digits if len(digits) == 13 and digits.isdigit() else ""


def number(said: str) -> Decimal | None:
    """A number that is not negative, with a point or the French comma: 12.5, 12,50, 1 234,50, 12,50 €."""
    return _short_number(said) if len(said) <= SHORT else _number(said)


def _number(said: str) -> Decimal | None:
    if _PLAIN.fullmatch(said):
        return Decimal(said)
    plain = said.replace("€", "").replace("%", "").replace("EUR", "")
    plain = "".join(plain.split())
    if not plain.isascii() or not plain:
        return None
    if _GROUPED.fullmatch(plain) and len(re.findall(r"[.,]", plain)) > 1:
        whole, cents = re.split(r"[.,](?=[0-9]{1,2}$)", plain)
        plain = re.sub(r"[.,]", "", whole) + "." + cents
    plain = plain.replace(",", ".")
    if plain.startswith("."):
        plain = "0" + plain
    return Decimal(plain) if _AMOUNT.fullmatch(plain) else None


_short_number = lru_cache(maxsize=4096)(_number)  # prices and rates are few


def count(said: str) -> int | None:
    """A whole number of copies, at most 999,999."""
    digits = code(said)
    return int(digits) if digits.isdigit() and len(digits) <= 6 else None


class Span(NamedTuple):
    """The days a date may mean: one day, or a month, quarter, year when the sender knows no better."""

    first: date
    last: date


_DAY = re.compile(r"([0-9]{4})([0-9]{2})([0-9]{2})")
_INSTANT = re.compile(
    r"([0-9]{4})([-/.]?)([0-9]{2})\2([0-9]{2})"
    r"(?:[T ]?([0-9]{2}):?([0-9]{2})(?::?([0-9]{2})(?:[.,][0-9]{1,9})?)?(Z|[+-][0-9]{2}(?::?[0-9]{2})?)?)?"
)
_FRENCH = re.compile(r"([0-9]{2})[/.-]([0-9]{2})[/.-]([0-9]{4})")
_PART = {  # what the digits of an incomplete date are, by how many there are, or by the sender's dateformat
    "01": re.compile(r"([0-9]{4})-?([0-9]{2})"),
    "02": re.compile(r"([0-9]{4})-?W?([0-9]{2})"),
    "03": re.compile(r"([0-9]{4})-?Q?([1-4])"),
    "05": re.compile(r"([0-9]{4})"),
}


def days(said: str, dateformat: str = "") -> Span | None:
    """Read a date in the forms senders use.

    :param said: YYYYMMDD, YYYY-MM-DD, DD/MM/YYYY, YYYYMM, YYYYWW, YYYYQ, YYYY, a spread of two of them, or
        a day with a time and a zone. A time with a zone becomes the day in Paris.
    :param dateformat: ONIX list 55, from the attribute or the element; believed only when the digits agree.
    :returns: None when it is no date (00000000, text, Hijri calendar).
    """
    if len(said) == 8 and said.isascii() and said.isdigit() and dateformat in ("", "00"):
        return _plain_day(said)
    if dateformat in ("20", "21", "25", "32"):
        return None
    said = "".join(said.split())
    if dateformat in ("06", "07", "08", "09", "11") and said.isdigit() and len(said) % 2 == 0:
        half = len(said) // 2
        each = {"06": "00", "07": "01", "08": "02", "09": "03", "11": "05"}[dateformat]
        start, end = days(said[:half], each), days(said[half:], each)
        return Span(start.first, end.last) if start and end else None
    if match := _INSTANT.fullmatch(said):
        return _instant(match)
    if match := _FRENCH.fullmatch(said):
        return _one_day(match[3], match[2], match[1])
    return _period(said, dateformat)


@lru_cache(maxsize=4096)
def _plain_day(said: str) -> Span | None:
    """YYYYMMDD; the days of publication of a catalogue are few."""
    return _one_day(said[:4], said[4:6], said[6:])


def _one_day(year: str, month: str, day: str) -> Span | None:
    try:
        on = date(int(year), int(month), int(day))
    except ValueError:
        return None
    return Span(on, on)


def _instant(match: re.Match[str]) -> Span | None:
    year, _, month, day, hour, minute, second, zone = match.groups()
    span = _one_day(year, month, day)
    if not zone or not span:
        return span
    offset = "+0000" if zone == "Z" else zone.replace(":", "").ljust(5, "0")
    try:
        at = datetime.strptime(f"{year}{month}{day}{hour}{minute}{second or '00'}{offset}", "%Y%m%d%H%M%S%z")
        on = house.day(at)
    except (ValueError, OverflowError):  # 25:61, or the year 1: the day alone is still good
        return span
    return Span(on, on)


def _period(said: str, dateformat: str) -> Span | None:
    for each in (dateformat, "01", "05", "03"):
        match = _PART[each].fullmatch(said) if each in _PART else None
        if match and (span := _months(each, [int(part) for part in match.groups()])):
            return span
    return None


def _months(dateformat: str, parts: list[int]) -> Span | None:
    year = parts[0]
    try:
        if dateformat == "02":
            monday = date.fromisocalendar(year, parts[1], 1)
            return Span(monday, monday + timedelta(days=6))
        first, months = {"01": (parts[-1], 1), "03": (parts[-1] * 3 - 2, 3), "05": (1, 12)}[dateformat]
        start = date(year, first, 1)
        follows = date(year + (first + months > 12), (first + months - 1) % 12 + 1, 1)
    except (ValueError, OverflowError):
        return None
    return Span(start, follows - timedelta(days=1))


def dated(elements: list[etree._Element], role_name: str) -> Iterator[tuple[str, str, str]]:
    """Each (role, date, dateformat) of composites such as PublishingDate or PriceDate."""
    for element in elements:
        role = said = form = ""
        for child in element:
            name = NAMES[child.tag]
            if name == "Date":
                said, form = (child.text or "").strip(), child.get("dateformat") or form
            elif name == role_name:
                role = code(child.text or "")
            elif name == "DateFormat":
                form = code(child.text or "")
        yield role, said, form
