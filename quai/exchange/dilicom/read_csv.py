"""Read the small CSV orders that shops send by e-mail."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date

from quai.exchange.dilicom.codes import MAX_CODE
from quai.exchange.dilicom.draft import MAX_REFERENCE, Draft, Layout
from quai.exchange.dilicom.text import CONTROLS_BUT_TAB, Source, lines
from quai.orders.types import OrderMessage, Problem, Reason

LAST_ROW = "9999999999999"
_LAYOUT = Layout("ligne", "deuxième colonne", max_quantity=999)
_QUOTES = '=" \t'  # spreadsheets protect codes as ="978…"


def read_csv(stream: Source, *, received_on: date | None = None) -> Iterator[OrderMessage | Problem]:
    """Read a CSV order file.

    :param stream: the raw bytes; semicolons, else tabs or commas.
    :param received_on: the day of the e-mail, for this format writes no date; without it no order can enter.
    :returns: each order, or the problem that hides it, in file order; lines refused follow their order.
        Source: exchange.md, CSV by e-mail.
    """
    draft: Draft | None = None
    separator = ""
    position = 0
    for position, line in enumerate(lines(stream, CONTROLS_BUT_TAB), 1):
        separator = separator or _separator(line)
        code, value = _cells(line, separator)
        if not code and not value:
            continue
        if draft is not None and code == draft.supplier:
            # No title has the distributor's own code: this row begins the next order.
            yield draft.cut_short(f"sa dernière ligne ({LAST_ROW}) manque avant la suivante", position)
            draft = None
        if draft is None:
            draft = Draft(_LAYOUT, position, supplier=code, operation_code=value[:MAX_REFERENCE])
            draft.ordered_on = received_on
        elif code == LAST_ROW:
            yield from _closed(draft, position)
            draft = None
            continue
        elif draft.records == 1:
            draft.buyer = code
            draft.set_reference(value, position)
        else:
            draft.add_line(code, value[:MAX_CODE], "", position)
        draft.records += 1
    if draft is not None:
        yield draft.cut_short(f"le fichier s'arrête avant la dernière ligne ({LAST_ROW})", position)


def _separator(line: str) -> str:
    return next((candidate for candidate in ";\t," if candidate in line), "")


def _cells(line: str, separator: str) -> tuple[str, str]:
    """The two cells of a row; those after them mean nothing here."""
    code, _, rest = line.partition(separator or ";")
    return code.strip(_QUOTES)[:MAX_CODE], rest.partition(separator or ";")[0].strip(_QUOTES)


def _closed(draft: Draft, position: int) -> Iterator[OrderMessage | Problem]:
    if draft.ordered_on is None:
        said = "ce format n'a pas de date et le jour de réception manque"
        yield draft.cut_short(said, position, Reason.BAD_HEADING)
        return
    yield from draft.finish(position)
