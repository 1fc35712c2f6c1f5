"""Read flat order files (EDL): a key letter, a running number, fixed columns."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from dataclasses import dataclass

from quai.exchange.dilicom.codes import is_number, read_date
from quai.exchange.dilicom.draft import Draft, Layout
from quai.exchange.dilicom.text import Source, lines
from quai.orders.types import OrderMessage, Problem

_LAYOUT = Layout("ligne", "colonnes 19 à 24")
_NUMBERS = tuple(f"{number:04}" for number in range(10_000))
_IDENTITY = "BCD"  # once per order
_LINE_END = 32  # nothing is defined past this column of an L
_GLUED_LINE = re.compile(r"L\d{17}")  # an L that lost the line break before it


@dataclass(slots=True)
class _FlatDraft(Draft):
    """A draft that also watches its running numbers."""

    offset: int = 0  # of the last L's number to the true one
    jumped: int = 0  # line where the numbers of the L jumped, 0 if nowhere


def read_flat(stream: Source) -> Iterator[OrderMessage | Problem]:
    """Read a flat order file.

    :param stream: the raw bytes, any line ends, ASCII, Latin-1, cp850 or UTF-8.
    :returns: each order, or the problem that hides it, in file order; lines refused follow their order.
        Source: exchange.md, Flat (EDL).
    """
    draft: _FlatDraft | None = None
    lost = False
    position = 0
    for position, line in enumerate(lines(stream), 1):
        key = line[:1]
        if key == "A":
            if draft is not None:
                yield draft.cut_short("sa dernière ligne (Q) manque avant la commande suivante", position)
            draft, lost = _begun(line, position), False
        elif not line or line.isspace():
            continue
        elif draft is None:
            if not lost:
                yield _orphan(position)
            lost = True
        elif key == "L":
            _count(draft, line, position)
            draft.add_line(line[5:18], line[18:24], line[24:32], position)
            if len(line) > _LINE_END:
                _look_past_end(draft, line, position)
        elif key == "Q":
            _count(draft, line, position)
            yield from _closed(draft, line, position)
            draft, lost = None, bool(line[5:].strip())  # what is glued to a Q was told
        else:
            _count(draft, line, position)
            _read_heading(draft, line, position)
    if draft is not None:
        yield draft.cut_short("le fichier s'arrête avant la dernière ligne (Q) de la commande", position)


def _orphan(position: int) -> Problem:
    message = (
        f"Ligne {position} : ces données n'appartiennent à aucune commande, "
        "rien n'est lu jusqu'à la prochaine ligne A."
    )
    return Problem("error", message, position=position)


def _count(draft: _FlatDraft, line: str, position: int) -> None:
    """Count a line; senders get the running number wrong, so only the first mistake is told."""
    draft.records += 1
    number = line[1:5]
    if (number == _NUMBERS[draft.records % 10_000] and not draft.offset) or line[0] == "Q":
        return
    if "numbers" not in draft.seen and number != _NUMBERS[draft.records % 10_000]:
        draft.seen.add("numbers")
        draft.warn(f"le numéro d'ordre « {number} » devrait être {draft.records:04}", position)
    if line[0] == "L":
        offset = int(number) - draft.records if is_number(number) else 0
        if offset != draft.offset and (draft.lines or draft.refused):
            draft.jumped = draft.jumped or position
        draft.offset = offset


def _begun(line: str, position: int) -> _FlatDraft:
    draft = _FlatDraft(_LAYOUT, position, supplier=line[5:18], operation_code=line[18:26])
    _count(draft, line, position)
    return draft


def _read_heading(draft: _FlatDraft, line: str, position: int) -> None:
    read = _HEADINGS.get(line[0])
    if read is None:
        draft.refuse(f"la lettre « {line[0]} » est inconnue, cette ligne n'est pas prise", position)
        return
    if line[0] in _IDENTITY:
        draft.heading(line[0], position)
    read(draft, line, position)


def _parties(draft: Draft, line: str, _position: int) -> None:
    draft.buyer, draft.deliver_to = line[5:18], line[18:31]


def _reference(draft: Draft, line: str, position: int) -> None:
    draft.set_reference(line[5:13], position)
    if line[13:].strip():
        draft.warn("la référence dépasse 8 caractères, la suite est ignorée", position)


def _ordered_on(draft: Draft, line: str, _position: int) -> None:
    draft.ordered_on = read_date(line[5:13])


def _wishes(draft: Draft, line: str, position: int) -> None:
    draft.set_shipping(line[5:7], position)
    draft.set_backorder(line[7:8], position)
    draft.discount_term = line[8:12]
    draft.earliest_on = draft.day(line[12:20], "livraison au plus tôt", position)
    draft.latest_on = draft.day(line[20:28], "livraison au plus tard", position)


def _type(draft: Draft, line: str, position: int) -> None:
    draft.set_type(line[5:6], position)


_HEADINGS: dict[str, Callable[[Draft, str, int], None]] = {
    "B": _parties,
    "C": _reference,
    "D": _ordered_on,
    "E": _wishes,
    "G": _type,
}


def _look_past_end(draft: Draft, line: str, position: int) -> None:
    rest = line[_LINE_END:].strip()
    if rest and _GLUED_LINE.search(line, 24):
        draft.damage = f"ligne {position}, deux lignes sont collées, il manque un saut de ligne"
    elif rest:
        draft.warn(f"le texte après la colonne {_LINE_END} est ignoré", position)


def _closed(draft: _FlatDraft, line: str, position: int) -> Iterator[OrderMessage | Problem]:
    """Q proves the end, not the count: senders in the wild write anything there (0001, often).

    But numbers that jump between two L *and* run on to a count as far ahead are a hole in the file.
    """
    written, rest = line[1:5], line[5:].strip()
    if len(written.rstrip()) < 4:
        yield draft.cut_short("sa dernière ligne (Q) est coupée", position)
        return
    announced = int(written) if is_number(written.strip()) else 0
    if announced != draft.records:
        draft.warn(f"la ligne Q annonce « {written} » lignes, {draft.records} sont lues", position)
        if draft.jumped and announced - draft.records == draft.offset > 0:
            draft.damage = draft.damage or f"il manque des lignes avant la ligne {draft.jumped}"
    yield from draft.finish(position)
    if rest:
        message = (
            f"Ligne {position}, colonne 6 : du texte suit la fin de la commande {draft.reference}, "
            "il n'est pas lu ; une commande s'y cache peut-être."
        )
        yield Problem("error", message, position=position)
