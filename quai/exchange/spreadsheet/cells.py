"""Read one cell: the text of a person into a value, or a French sentence that says what was expected."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Mapping
from datetime import date
from decimal import Decimal
from enum import StrEnum
from functools import cache
from importlib.resources import files
from typing import Any, TypeVar

from quai.parties.names import folded

Reader = Callable[[str], Any]
_Word = TypeVar("_Word", bound=StrEnum)
LARGEST_QUANTITY = 999_999
_DAYS = (
    re.compile(r"(?P<y>\d{4})-?(?P<m>\d{2})-?(?P<d>\d{2})(?:[ T]00:00(?::00)?)?", re.ASCII),
    re.compile(r"(?P<d>\d{1,2})[/.-](?P<m>\d{1,2})[/.-](?P<y>\d{4})(?: 00:00(?::00)?)?", re.ASCII),
)
_NUMBER = re.compile(r"-?\d{1,12}(?:\.\d{1,4})?", re.ASCII)
_ROUNDED = re.compile(r"\d[.,]\d+e\+?\d+", re.IGNORECASE)  # 3,02599E+12: digits are lost for good
_WEEK = ("lundi", "mardi", "mercredi", "jeudi", "vendredi", "samedi", "dimanche")
_YES, _NO = {"oui", "o", "yes", "y", "vrai", "true", "1", "x"}, {"non", "n", "no", "faux", "false", "0"}


class CellError(Exception):
    """Why a cell cannot be read: a French sentence."""


def text(longest: int) -> Reader:
    """A text of so many letters at most."""

    def read(cell: str) -> str:
        if len(cell) > longest:
            raise CellError(f"« {cell[:30]}… » est trop long : {longest} caractères au plus.")
        return " ".join(cell.split())

    return read


def code13(cell: str) -> str:
    """A GLN or an EAN: 13 digits, right check digit or not."""
    digits = cell.replace(" ", "").replace("-", "")
    if len(digits) == 13 and digits.isascii() and digits.isdigit():
        return digits
    if _ROUNDED.fullmatch(digits):
        raise CellError(f"« {cell} » est un code arrondi par le tableur : mettez cette colonne en texte.")
    raise CellError(f"« {cell[:30]} » n’est pas un code de 13 chiffres.")


def codes13(cell: str) -> tuple[str, ...]:
    """Several codes of 13 digits, separated by spaces, commas, semicolons, slashes or plus signs."""
    return tuple(dict.fromkeys(code13(part) for part in _parts(cell)))


def digits(length: int) -> Reader:
    """So many digits, spaces between them or not."""

    def read(cell: str) -> str:
        found = cell.replace(" ", "")
        if len(found) != length or not (found.isascii() and found.isdigit()):
            raise CellError(f"« {cell[:30]} » n’a pas {length} chiffres.")
        return found

    return read


def whole(smallest: int, largest: int) -> Reader:
    """A whole number between two others."""

    def read(cell: str) -> int:
        found = cell.replace(" ", "")
        if not re.fullmatch(r"-?\d{1,9}", found, re.ASCII) or not smallest <= int(found) <= largest:
            raise CellError(f"« {cell[:30]} » n’est pas un nombre entier de {smallest} à {largest}.")
        return int(found)

    return read


quantity = whole(1, LARGEST_QUANTITY)


def amount(largest: int) -> Reader:
    """An amount in euros, to the cent: 1 234,56 or 1234.56 €."""
    return _decimal(Decimal(largest), unit="€", what="un montant, au centime près,")


def day(cell: str) -> date:
    """A day: 31/12/2026 or 2026-12-31."""
    for form in _DAYS:
        if found := form.fullmatch(cell):
            try:
                return date(int(found["y"]), int(found["m"]), int(found["d"]))
            except ValueError:
                break
    raise CellError(f"« {cell[:30]} » n’est pas un jour : 31/12/2026 ou 2026-12-31.")


def yes_no(cell: str) -> bool:
    """Yes or no."""
    said = folded(cell)
    if said in _YES | _NO:
        return said in _YES
    raise CellError(f"« {cell[:30]} » ne dit ni oui ni non.")


def choice(words: Mapping[_Word, tuple[str, ...]]) -> Reader:
    """One of these, by its code or by what the trade calls it; the first word is the one shown."""
    known = {folded(word): one for one, names in words.items() for word in (one.value, *names)}
    shown = ", ".join(names[0] for names in words.values())

    def read(cell: str) -> _Word:
        said = " ".join(folded(cell).replace("_", " ").replace("-", " ").split())
        found = known.get(folded(cell)) or known.get(said)
        if found is None:
            raise CellError(f"« {cell[:30]} » n’est pas l’un de : {shown}.")
        return found

    return read


def _decimal(largest: Decimal, *, unit: str, what: str) -> Reader:
    """A number with a decimal comma or point: of two marks the last one is decimal."""

    def read(cell: str) -> Decimal:
        found = cell.replace(" ", "").removesuffix(unit).removesuffix("EUR")
        if "," in found and "." in found:
            found = found.replace(min(",.", key=found.rindex), "")
        found = found.replace(",", ".")
        if not _NUMBER.fullmatch(found):
            raise CellError(f"« {cell[:30]} » n’est pas {what} de 0 à {largest} {unit}.")
        value = Decimal(found)
        if not 0 <= value <= largest or value != round(value, 2):
            raise CellError(f"« {cell[:30]} » n’est pas {what} de 0 à {largest} {unit}.")
        return round(value, 2)

    return read


percent = _decimal(Decimal(100), unit="%", what="un pourcentage, au centième près,")


def packed(longest: int) -> Reader:
    """Letters and digits without spaces, in capitals: a VAT number, an IBAN."""

    def read(cell: str) -> str:
        found = "".join(cell.split()).upper()
        if not (found.isascii() and found.isalnum() and len(found) <= longest):
            raise CellError(f"« {cell[:40]} » n’est pas fait de {longest} lettres et chiffres au plus.")
        return found

    return read


def country(cell: str) -> str:
    """A country by its two letters (ISO 3166-1); France by its name too."""
    found = "FR" if folded(cell) == "france" else cell.strip().upper()
    if found in _countries():
        return found
    raise CellError(f"« {cell[:30]} » n’est pas un code de pays à deux lettres (FR, BE…).")


@cache
def _countries() -> frozenset[str]:
    """The codes of ISO 3166-1, from the table that comes with the time zones."""
    table = (files("tzdata") / "zoneinfo" / "iso3166.tab").read_text(encoding="utf-8")
    return frozenset(row[:2] for row in table.splitlines() if row and not row.startswith("#"))


def countries(cell: str) -> tuple[str, ...]:
    """Several countries, separated as codes are."""
    return tuple(dict.fromkeys(country(part) for part in _parts(cell)))


def weekdays(cell: str) -> str:
    """Days of the week by name, its first three letters or its number, in any order: "24" is Tuesday and Thursday."""
    found = set()
    for part in _parts(cell):
        said = folded(part)
        named = [n for n, day in enumerate(_WEEK, start=1) if said in (day, day[:3], f"{day}s")]
        if not named and not re.fullmatch("[1-7]+", said):
            raise CellError(f"« {cell[:30]} » n’est pas fait de jours de la semaine : mardi jeudi, ou 2 4.")
        found |= {str(n) for n in named} or set(said)
    return "".join(sorted(found))


def each_once(words: Mapping[_Word, tuple[str, ...]]) -> Reader:
    """All of these words in an order, separated by commas or slashes."""
    one = choice(words)

    def read(cell: str) -> tuple[_Word, ...]:
        found = tuple(one(part.strip()) for part in re.split(r"[,;/>]", cell))
        if sorted(found) != sorted(words):
            shown = ", ".join(names[0] for names in words.values())
            raise CellError(f"« {cell[:60]} » ne nomme pas une fois chacun : {shown}.")
        return found

    return read


def _parts(cell: str) -> list[str]:
    return [part for part in re.split(r"[\s,;/+|]+", cell) if part]


def one_of(codes: Iterable[str]) -> Reader:
    """One of these codes; a spreadsheet may have taken a leading zero away."""
    known = set(codes)

    def read(cell: str) -> str:
        if cell.zfill(2) not in known:
            raise CellError(f"« {cell[:30]} » n’est pas un code de la liste 65 d’ONIX (20 : disponible).")
        return cell.zfill(2)

    return read
