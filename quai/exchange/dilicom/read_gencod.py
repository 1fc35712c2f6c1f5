"""Read orders in GENCOD V4: acts of records in fixed columns, in an envelope."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass

from quai.exchange.dilicom.codes import from_short_date, is_number, read_date
from quai.exchange.dilicom.draft import Draft, Layout
from quai.exchange.dilicom.text import Source, lines
from quai.orders.types import OrderMessage, Problem

ENVELOPE, ORDER = "03503", "02303"
_LAYOUT = Layout("ligne", "colonnes 28 à 33")
_RECORD_END = 53  # nothing is defined past this column of a 290
_COUNT_END = 9


@dataclass(slots=True)
class _File:
    """What the envelopes say of the whole file, against what was found in it."""

    acts: int = 0
    opened: bool = False
    closed: bool = False
    announced: str = ""  # acts, both envelopes included, as the last one says
    lost: bool = False  # inside records that belong to no act

    def remarks(self, position: int) -> Iterator[Problem]:
        if self.opened and not self.closed:
            yield _warning("le fichier n'a pas d'enveloppe de fin, une commande manque peut-être", position)
        elif self.closed and self.announced != f"{self.acts:06}":
            text = f"l'enveloppe annonce « {self.announced} » actes, {self.acts} sont lus"
            yield _warning(f"{text}, une commande manque peut-être", position)


def read_gencod(stream: Source) -> Iterator[OrderMessage | Problem]:
    """Read a GENCOD V4 order file.

    :param stream: the raw bytes, any line ends; trailing blanks of records may be cut.
    :returns: each order, or the problem that hides it, in file order; lines refused follow their order, what
        concerns the file comes last. Source: exchange.md, GENCOD V4.
    """
    file = _File()
    draft: Draft | None = None
    act = ""
    position = 0
    for position, line in enumerate(lines(stream), 1):
        if not line or line.isspace():
            continue
        code = line[:3]
        if line[0] == "0":
            if draft is not None:
                yield draft.cut_short("sa fin (199) manque avant l'acte suivant", position)
            act = line.strip()
            draft = Draft(_LAYOUT, position) if act == ORDER else None
            yield from _act_begun(file, act, position)
        elif draft is None:
            yield from _outside(file, act, line, position)
            act = "" if code == "199" else act
        elif code == "290":
            draft.records += 1
            draft.add_line(line[10:23], line[27:33], line[45:53], position)
            if len(line) > _RECORD_END and line[_RECORD_END:].strip():
                draft.warn(f"le texte après la colonne {_RECORD_END} est ignoré", position)
        elif code == "199":
            draft.records += 1
            yield from _closed(draft, line, position)
            draft, act, file.lost = None, "", bool(line[_COUNT_END:].strip())  # told
        else:
            draft.records += 1
            _read_heading(draft, line, position)
    if draft is not None:
        yield draft.cut_short("le fichier s'arrête avant la fin (199) de la commande", position)
    yield from file.remarks(position)


def _act_begun(file: _File, act: str, position: int) -> Iterator[Problem]:
    if act == ENVELOPE and file.closed:  # several files in one, each counted for itself
        yield from file.remarks(position)
        file.acts = 0
    file.acts += 1
    file.lost = False
    if act == ENVELOPE:
        file.opened, file.closed = True, False
    elif act != ORDER:
        yield _warning(f"l'acte « {act[:20]} » n'est pas une commande, il n'est pas lu", position)


def _outside(file: _File, act: str, line: str, position: int) -> Iterator[Problem]:
    """A record outside any order: the envelope's own, an act we do not read, or debris."""
    if act == ENVELOPE and line[:3] == "191":
        file.closed, file.announced = True, line[3:9]
    if act or file.lost:
        return
    file.lost = True
    message = (
        f"Ligne {position} : ces données n'appartiennent à aucune commande, "
        "rien n'est lu jusqu'à l'acte suivant."
    )
    yield Problem("error", message, position=position)


def _read_heading(draft: Draft, line: str, position: int) -> None:
    read = _HEADINGS.get(line[:3])
    if read is None:
        code = line[:3].strip()
        draft.refuse(f"l'enregistrement « {code} » est inconnu, il n'est pas pris", position)
        return
    read(draft, line, position)


def _receiver(draft: Draft, line: str, position: int) -> None:
    draft.heading("100", position)
    draft.supplier = line[3:16]


def _buyer(draft: Draft, line: str, position: int) -> None:
    draft.heading("221", position)
    draft.buyer = line[3:16]
    draft.set_reference(line[16:24], position)
    if line[24:].strip():
        draft.warn("la référence dépasse 8 caractères, la suite est ignorée", position)


def _deliver_to(draft: Draft, line: str, _position: int) -> None:
    draft.deliver_to = line[3:16]


def _relay(draft: Draft, line: str, _position: int) -> None:
    draft.relay = line[3:16]


def _ordered_on(draft: Draft, line: str, position: int) -> None:
    draft.heading("176", position)
    draft.ordered_on = read_date(from_short_date(line[3:9]))


def _wishes(draft: Draft, line: str, position: int) -> None:
    draft.set_backorder(line[3:4], position)
    draft.set_shipping(line[4:5], position)
    draft.set_type(line[13:14], position)
    draft.operation_code = line[26:34]


def _delivery(draft: Draft, line: str, position: int) -> None:
    """The first of two is the earliest, the second the latest; alone, the day is imperative."""
    day = draft.day(from_short_date(line[3:9].strip()), "livraison", position)
    if "192" not in draft.seen:
        draft.earliest_on = day
    draft.latest_on = day
    draft.seen.add("192")


_HEADINGS: dict[str, Callable[[Draft, str, int], None]] = {
    "100": _receiver,
    "221": _buyer,
    "223": _deliver_to,
    "140": _relay,
    "176": _ordered_on,
    "202": _wishes,
    "192": _delivery,
}


def _closed(draft: Draft, line: str, position: int) -> Iterator[OrderMessage | Problem]:
    announced = line[3:9].strip()
    if len(line.rstrip()) < _COUNT_END:
        yield draft.cut_short("sa fin (199) est coupée", position)
        return
    if not is_number(announced):
        draft.warn(f"le nombre d'enregistrements « {announced} » ne se lit pas", position)
    elif int(announced) > draft.records:
        text = f"elle annonce {int(announced)} enregistrements, {draft.records} seulement sont là"
        yield draft.cut_short(text, position)
        return
    elif int(announced) < draft.records:
        draft.warn(f"elle annonce {int(announced)} enregistrements, {draft.records} sont là", position)
    yield from draft.finish(position)
    if line[_COUNT_END:].strip():
        message = (
            f"Ligne {position}, colonne 10 : du texte suit la fin de la commande {draft.reference}, "
            "il n'est pas lu ; une commande s'y cache peut-être."
        )
        yield Problem("error", message, position=position)


def _warning(text: str, position: int) -> Problem:
    return Problem("warning", f"Ligne {position} : {text}.", position=position)
