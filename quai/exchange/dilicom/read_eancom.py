"""Read orders in EANCOM D.96A (ORDERS): segments closed by a terminator, counted by UNT."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass

from quai.exchange.dilicom.codes import MAX_CODE, is_number, read_date
from quai.exchange.dilicom.draft import REFERENCE_LENGTH, Draft, HiddenOrder, Layout
from quai.exchange.dilicom.text import (
    Replay,
    Separators,
    Source,
    component,
    read_separators,
    segments,
    split_segment,
    take_head,
)
from quai.orders.types import Kind, OrderMessage, Problem, Reason

_LAYOUT = Layout("segment", "QTY 21")
_ENVELOPE = frozenset(("UNA", "UNB", "UNG", "UNE", "UNZ"))
_RUSH_ORDER = "224"  # UN/EDIFACT 1001
_NOT_NEW = {"1": "une annulation", "3": "une suppression", "4": "une modification", "5": "un remplacement"}

Elements = list[list[str]]


@dataclass(slots=True)
class _Message:
    """The ORDERS message being read, with its line still open."""

    draft: Draft
    decimal: str
    number: str  # UNH 0062
    refusal: str = ""  # why no order of this message may enter, whole as it may be
    lines: int = 0
    line_at: int = 0  # segment of the open LIN, 0 when none
    code: str = ""
    quantity: str = ""
    line_reference: str = ""

    def close_line(self) -> None:
        """Hand the open line over: its QTY and RFF came after its LIN."""
        if self.line_at:
            self.draft.add_line(self.code, self.quantity, self.line_reference, self.line_at)
        self.line_at = 0
        self.quantity = self.line_reference = ""

    def cut_short(self, said: str, position: int) -> HiddenOrder:
        """The order as a problem, its open line included."""
        self.close_line()
        return self.draft.cut_short(said, position)


@dataclass(slots=True)
class _Interchange:
    """What the envelope says, against what was found."""

    separators: Separators
    opened: bool = False
    closed: bool = False
    test: bool = False
    messages: int = 0
    skipping: bool = False  # inside a message that is no order
    lost: bool = False  # inside segments that belong to nothing


def read_eancom(stream: Source) -> Iterator[OrderMessage | Problem]:
    """Read an EANCOM order file.

    :param stream: the raw bytes; a UNA is honoured, line breaks anywhere are tolerated.
    :returns: each order, or the problem that hides it, in file order; lines refused follow their order, what
        concerns the file comes last. Positions are segments, UNB being the first.
        Source: exchange.md, EANCOM D.96A ORDERS.
    """
    head = take_head(stream)
    separators, start = read_separators(head)
    if separators is None:
        yield Problem("error", "Les séparateurs de la tête (UNA) sont absurdes, le fichier n'est pas lu.")
        return
    file = _Interchange(separators)
    message: _Message | None = None
    position = 0
    for position, segment in enumerate(segments(Replay(head[start:], stream), separators), 1):
        tag = segment[:3]
        if tag == "UNH" or tag in _ENVELOPE:
            if message is not None:
                yield message.cut_short("sa fin (UNT) manque avant ce qui suit", position)
            elements = split_segment(segment, separators)
            message = _opened(file, elements, position) if tag == "UNH" else None
            yield from _envelope(file, elements, position)
            if tag == "UNA" and (len(segment) > 8 or segment[3:7].strip() != "".join(separators[:4])):
                yield _other_una(position)
                return
        elif not segment:
            continue
        elif message is None:
            yield from _outside(file, segment, position)
        elif tag == "UNT":
            message.draft.records += 1
            yield from _closed(message, split_segment(segment, separators), position)
            message = None
        else:
            message.draft.records += 1
            read = _SEGMENTS.get(tag)
            if read is not None:
                read(message, split_segment(segment, separators), position)
    if message is not None:
        yield message.cut_short("le fichier s'arrête avant la fin (UNT) de la commande", position)
    if file.opened and not file.closed:
        yield _warning("le fichier n'a pas de fin (UNZ), une commande manque peut-être", position)


def _opened(file: _Interchange, elements: Elements, position: int) -> _Message | None:
    """Begin a message; one that is no order is skipped up to its UNT."""
    file.messages += 1
    file.lost = False
    file.skipping = component(elements, 2) != "ORDERS"
    if file.skipping:
        return None
    draft = Draft(_LAYOUT, position, records=1)
    refusal = "l'échange est marqué comme un essai" if file.test else ""
    return _Message(draft, file.separators.decimal, component(elements, 1), refusal)


def _envelope(file: _Interchange, elements: Elements, position: int) -> Iterator[Problem]:
    tag = component(elements, 0)
    if tag == "UNH" and file.skipping:
        kind = component(elements, 2)[:6]
        yield _warning(f"le message « {kind} » n'est pas une commande, il n'est pas lu", position)
    elif tag == "UNB":
        if file.opened and not file.closed:
            yield _warning("un échange commence avant la fin (UNZ) du précédent", position)
        file.opened, file.closed, file.messages = True, False, 0
        file.test = component(elements, 11) == "1"
    elif tag == "UNZ":
        file.closed = True
        announced = component(elements, 1)
        if announced != str(file.messages) and announced.lstrip("0") != str(file.messages):
            text = f"l'échange annonce « {announced[:20]} » messages, {file.messages} sont lus"
            yield _warning(f"{text}, une commande manque peut-être", position)


def _outside(file: _Interchange, segment: str, position: int) -> Iterator[Problem]:
    """A segment outside any order: of a message we skip, or debris, told once."""
    if segment[:3] == "UNT":
        file.skipping = False
    if file.skipping or file.lost or segment[:3] == "UNT":
        return
    file.lost = True
    text = "ces données n'appartiennent à aucune commande, rien n'est lu jusqu'au message suivant"
    yield Problem("error", f"Segment {position} : {text}.", position=position)


def _beginning(message: _Message, elements: Elements, position: int) -> None:
    message.draft.heading("BGM", position)
    message.draft.set_reference(component(elements, 2), position)
    if component(elements, 1) == _RUSH_ORDER:
        message.draft.kind = Kind.URGENT
    function = component(elements, 3)
    if function in _NOT_NEW:
        message.refusal = f"ce message demande {_NOT_NEW[function]}, ce n'est pas une commande nouvelle"


def _date(message: _Message, elements: Elements, position: int) -> None:
    """Only the header's dates count; a date inside the lines concerns one line."""
    draft = message.draft
    if message.lines:
        return
    qualifier, value, form = (component(elements, 1, index) for index in range(3))
    if form == "401" and len(value) < len("YYYYMMDD"):  # a time of day without its day
        return
    first, last = value[:8], ""
    if form == "718":  # a period, written with or without its dash
        last = value.replace("-", "")[8:16]
    if qualifier == "137":
        draft.ordered_on = read_date(first)
    elif qualifier in ("2", "64"):
        draft.earliest_on = draft.day(first, "livraison au plus tôt", position)
        draft.latest_on = draft.day(last, "livraison au plus tard", position) or draft.latest_on
    elif qualifier == "63":
        draft.latest_on = draft.day(last or first, "livraison au plus tard", position)


def _party(message: _Message, elements: Elements, position: int) -> None:
    role, gln = component(elements, 1), component(elements, 2)
    draft = message.draft
    if message.lines:
        if role in ("BY", "DP", "ST"):
            draft.warn(f"le NAD {role} placé dans les lignes est ignoré", position)
    elif role == "SU":
        draft.supplier = gln
    elif role == "BY":
        draft.buyer = gln
    elif role == "DP":
        draft.deliver_to = gln
    elif role == "ST":
        draft.relay = gln


def _line(message: _Message, elements: Elements, position: int) -> None:
    message.close_line()
    message.lines += 1
    message.line_at = position
    message.code = component(elements, 3)[:MAX_CODE]


def _quantity(message: _Message, elements: Elements, _position: int) -> None:
    if not message.line_at or component(elements, 1) != "21":
        return
    whole, mark, rest = component(elements, 1, 1).partition(message.decimal)
    # 3.000 is three copies; 3.5 stays as it is, to be refused.
    message.quantity = (whole if not rest.strip("0") else f"{whole}{mark}{rest}")[:MAX_CODE]


def _line_reference(message: _Message, elements: Elements, position: int) -> None:
    if not message.line_at or component(elements, 1) != "CR":
        return
    written = component(elements, 1, 1)
    message.line_reference = written[:REFERENCE_LENGTH].rstrip()
    if len(written) > REFERENCE_LENGTH:
        message.draft.warn(f"la référence de ligne « {written[:20]} » dépasse 8 caractères", position)


def _section(message: _Message, _elements: Elements, _position: int) -> None:
    message.close_line()


def _control(message: _Message, elements: Elements, position: int) -> None:
    announced = component(elements, 1, 1)
    if component(elements, 1) == "2" and announced.lstrip("0") != str(message.lines):
        text = f"elle annonce « {announced[:20]} » lignes de commande, {message.lines} sont là"
        message.draft.warn(text, position)


_SEGMENTS: dict[str, Callable[[_Message, Elements, int], None]] = {
    "LIN": _line,
    "QTY": _quantity,
    "RFF": _line_reference,
    "BGM": _beginning,
    "DTM": _date,
    "NAD": _party,
    "UNS": _section,
    "CNT": _control,
}


def _closed(message: _Message, elements: Elements, position: int) -> Iterator[OrderMessage | Problem]:
    """UNT counts the segments from UNH: fewer found than announced, and the message lost some."""
    message.close_line()
    draft = message.draft
    announced, number = component(elements, 1)[:20], component(elements, 2)[:20]
    counted = int(announced) if is_number(announced) else 0
    if counted > draft.records:
        text = f"elle annonce {counted} segments, {draft.records} seulement sont là"
        yield draft.cut_short(text, position)
        return
    if counted < draft.records:
        draft.warn(f"elle annonce « {announced} » segments, {draft.records} sont là", position)
    if number != message.number:
        draft.damage = draft.damage or "deux commandes semblent mêlées, les numéros de UNH et UNT diffèrent"
    if message.refusal:
        yield draft.cut_short(message.refusal, position, Reason.NOT_AN_ORDER)
        return
    yield from draft.finish(position)


def _other_una(position: int) -> Problem:
    text = "d'autres séparateurs (UNA) sont annoncés en cours de fichier, la suite n'est pas lue"
    return Problem("error", f"Segment {position} : {text}.", position=position)


def _warning(text: str, position: int) -> Problem:
    return Problem("warning", f"Segment {position} : {text}.", position=position)
