"""What codes, quantities and dates of the trade say, read once per distinct text."""

from __future__ import annotations

from datetime import date
from functools import lru_cache

from stdnum import ean, isbn

MAX_QUANTITY = 999_999
MAX_CODE = 20  # a hyphenated ISBN has 17; longer texts are cut so that the caches stay small
FIRST_YEAR, LAST_YEAR = 1990, 2100


@lru_cache(maxsize=1 << 17)
def read_gtin(text: str) -> tuple[str, bool]:
    """Normalise a GTIN or ISBN to 13 digits.

    :returns: the code and whether its check digit holds. What is no 13-digit code comes back as written, and
        unsuspected: the domain refuses it by itself.
    """
    written = text.strip()
    compact = written.replace("-", "").replace(" ", "")
    if is_code(compact):
        return compact, ean.is_valid(compact)
    if len(compact) == 10 and compact.isascii() and isbn.is_valid(compact):
        return isbn.to_isbn13(compact), True
    return written, True


@lru_cache(maxsize=1 << 14)
def check_digit_holds(code: str) -> bool:
    """Whether the GS1 check digit of 13 digits is right."""
    return bool(ean.is_valid(code))


def is_code(text: str) -> bool:
    """Whether this is 13 digits, as every GLN and GTIN of the trade."""
    return len(text) == 13 and is_number(text)


def is_number(text: str) -> bool:
    """Whether this is digits only (`str.isdigit` alone also takes ٣ and ³)."""
    return text.isascii() and text.isdigit()


@lru_cache(maxsize=1 << 14)
def read_quantity(text: str) -> int:
    """Read a count of copies, blanks around it tolerated; 0 when it is not a number from 1 to 999,999."""
    digits = text.strip()
    if not is_number(digits):
        return 0
    quantity = int(digits)
    return quantity if quantity <= MAX_QUANTITY else 0


def as_written(text: str) -> int:
    """The number that a refused quantity says, to show it; 0 when it says none."""
    digits = text.strip()
    return int(digits) if is_number(digits) and len(digits) < MAX_CODE else 0


@lru_cache(maxsize=1 << 12)
def read_date(text: str) -> date | None:
    """Read YYYYMMDD; None when no such day exists or no living order could bear it."""
    if len(text) != 8 or not is_number(text):
        return None
    year, month, day = int(text[:4]), int(text[4:6]), int(text[6:])
    if not FIRST_YEAR <= year <= LAST_YEAR:
        return None
    try:
        return date(year, month, day)
    except ValueError:
        return None


def from_short_date(text: str) -> str:
    """Turn DDMMYY into YYYYMMDD, or leave zeros and other shapes for `read_date` to refuse."""
    return f"20{text[4:]}{text[2:4]}{text[:2]}" if len(text) == 6 and text.strip("0") else text
