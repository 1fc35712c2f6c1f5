"""Read the network's service messages: what became of each document we sent."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field
from datetime import date, time
from enum import StrEnum

from quai.exchange.dilicom.codes import from_short_date, is_number, read_date
from quai.exchange.dilicom.detect import Format, detect
from quai.exchange.dilicom.text import (
    Replay,
    Source,
    component,
    lines,
    read_separators,
    segments,
    split_segment,
    take_head,
)
from quai.orders.types import Problem

ENVELOPE, SERVICE_ACT = "03503", "05003"
MAX_REPORTS = 100_000  # per act, for they wait for its count


class NetworkStatus(StrEnum):
    """Where a document we sent stands on the network (four service messages of Dilicom)."""

    DELIVERED = "delivered"  # ATE: in the receiver's box
    READ = "read"  # ALE: the receiver took it
    NOT_SENT = "not_sent"  # ANE: not authorised, duplicate…
    SYNTAX_ERROR = "syntax_error"  # AST
    REFUSED = "refused"  # an APERAK does not say which of the two above


@dataclass(frozen=True, slots=True)
class ServiceReport:
    """The network status of one document we sent; empty where the network says nothing."""

    status: NetworkStatus
    reference: str
    sender: str  # GLN of who sent the document: us
    receiver: str
    act: str = ""  # 023 order, 024 dispatch advice, 152 movements
    batch: str = ""
    sent_on: date | None = None
    processed_on: date | None = None
    processed_at: time | None = None  # local time of the network
    read_on: date | None = None
    read_at: time | None = None
    error_code: str = ""
    error_line: int = 0
    error_column: int = 0
    error_zone: str = ""
    error_text: str = ""
    position: int = 0  # line or segment of the file


def read_service(stream: Source) -> Iterator[ServiceReport | Problem]:
    """Read a file of service messages, GENCOD 05003 or APERAK.

    :param stream: the raw bytes.
    :returns: each report, or the problem that hides it, in file order; at least one item, whatever the bytes.
        Source: exchange.md, Service messages.
    """
    head = take_head(stream)
    form = detect(head)
    found = False
    if form is Format.SERVICE_GENCOD:
        reports = _read_gencod(Replay(head, stream))
    elif form is Format.SERVICE_EANCOM:
        reports = _read_aperak(Replay(head, stream))
    else:
        yield Problem("error", "Ce fichier ne contient pas de comptes rendus du réseau, rien n'y est lu.")
        return
    for item in reports:
        found = True
        yield item
    if not found:
        yield Problem("error", "Ce fichier ne contient aucun compte rendu du réseau.")


def _problem(text: str, unit: str, position: int, reference: str = "") -> Problem:
    return Problem("error", f"{unit} {position} : {text}.", reference, position=position)


# GENCOD V4, act 05003


@dataclass(slots=True)
class _Act:
    """One act 05003 as read so far: its reports come out when its count proves it whole."""

    position: int
    records: int = 0
    reports: list[ServiceReport | Problem] = field(default_factory=list)


def _read_gencod(source: Source) -> Iterator[ServiceReport | Problem]:
    act: _Act | None = None
    other = False  # an act that is no report was told
    position = 0
    cut = "le compte rendu est coupé, sa fin (199) manque, il n'est pas pris"
    for position, line in enumerate(lines(source), 1):
        if not line or line.isspace():
            continue
        if line[0] == "0":
            if act is not None:
                yield _problem(cut, "Ligne", position)
            kind = line.strip()
            act = _Act(position) if kind == SERVICE_ACT else None
            if act is None and kind != ENVELOPE and not other:
                other = True
                yield _problem(
                    f"l'acte « {kind[:20]} » n'est pas un compte rendu, il n'est pas lu", "Ligne", position
                )
        elif act is not None:
            act.records += 1
            if line[:3] == "177" and len(act.reports) < MAX_REPORTS:
                act.reports.append(_gencod_report(line, position))
            elif line[:3] == "199":
                yield from _act_closed(act, line, position)
                act = None
    if act is not None:
        yield _problem(cut, "Ligne", position)


def _act_closed(act: _Act, line: str, position: int) -> Iterator[ServiceReport | Problem]:
    announced = line[3:9].strip()
    if len(line.rstrip()) < 9 or (is_number(announced) and int(announced) > act.records):
        text = f"le compte rendu annonce « {announced} » enregistrements, {act.records} sont là"
        yield _problem(f"{text}, il n'est pas pris", "Ligne", position)
        return
    yield from act.reports


def _gencod_report(line: str, position: int) -> ServiceReport | Problem:
    kind, reference = line[3:6], line[22:30].strip()
    if kind not in ("904", "905", "906") or not reference:
        return _problem("ce compte rendu (177) ne se lit pas", "Ligne", position, reference)
    refused = kind != "904"
    read_on = None if refused else _short_date(line[67:73])
    if refused:
        status = NetworkStatus.NOT_SENT if kind == "905" else NetworkStatus.SYNTAX_ERROR
    else:
        status = NetworkStatus.READ if read_on else NetworkStatus.DELIVERED
    return ServiceReport(
        status=status,
        reference=reference,
        sender=line[6:19].strip(),
        receiver=line[42:55].strip(),
        act=line[19:22].strip(),
        batch=line[30:36].strip(),
        sent_on=_short_date(line[36:42]),
        processed_on=None if refused else _short_date(line[55:61]),
        processed_at=None if refused else _time(line[61:67]),
        read_on=read_on,
        read_at=_time(line[73:79]) if read_on else None,
        error_code=line[55:58].strip() if refused else "",
        error_line=_number(line[58:64]) if refused else 0,
        error_column=_number(line[64:67]) if refused else 0,
        error_zone=line[67:87].strip() if refused else "",
        error_text=line[87:167].strip() if refused else "",
        position=position,
    )


def _short_date(text: str) -> date | None:
    return read_date(from_short_date(text.strip()))


def _time(text: str) -> time | None:
    if len(text) != 6 or not is_number(text):
        return None
    hour, minute, second = int(text[:2]), int(text[2:4]), int(text[4:])
    return time(hour, minute, second) if hour < 24 and minute < 60 and second < 60 else None


def _number(text: str) -> int:
    digits = text.strip()
    return int(digits) if is_number(digits) else 0


# EANCOM D.96A, APERAK (EAN005)


@dataclass(slots=True)
class _Aperak:
    """One APERAK as read so far."""

    position: int
    records: int = 1
    response: str = ""
    said: dict[str, str] = field(default_factory=dict)  # tag and qualifier → value


def _read_aperak(source: Source) -> Iterator[ServiceReport | Problem]:
    head = take_head(source)
    separators, start = read_separators(head)
    if separators is None:
        yield Problem("error", "Les séparateurs de la tête (UNA) sont absurdes, le fichier n'est pas lu.")
        return
    message: _Aperak | None = None
    position = 0
    cut = "le compte rendu est coupé, sa fin (UNT) manque, il n'est pas pris"
    for position, segment in enumerate(segments(Replay(head[start:], source), separators), 1):
        tag = segment[:3]
        if tag in ("UNH", "UNB", "UNZ"):
            if message is not None:
                yield _problem(cut, "Segment", position)
            aperak = tag == "UNH" and component(split_segment(segment, separators), 2) == "APERAK"
            message = _Aperak(position) if aperak else None
        elif message is not None and segment:
            message.records += 1
            elements = split_segment(segment, separators)
            if tag == "UNT":
                yield _aperak_report(message, _number(component(elements, 1)[:9]), position)
                message = None
            else:
                _say(message, tag, elements)
    if message is not None:
        yield _problem(cut, "Segment", position)


def _say(message: _Aperak, tag: str, elements: list[list[str]]) -> None:
    qualifier = component(elements, 1)
    match tag:
        case "BGM":
            message.response = component(elements, 4)
        case "DTM" | "RFF":
            message.said[f"{tag} {qualifier[:3]}"] = component(elements, 1, 1)
        case "NAD":
            message.said[f"NAD {qualifier[:3]}"] = component(elements, 2)
        case "ERC":
            message.said["ERC"] = qualifier
        case "FTX" if qualifier in ("AAE", "AAO"):
            message.said["FTX"] = " ".join(part.strip() for part in elements[4]) if len(elements) > 4 else ""


def _aperak_report(message: _Aperak, announced: int, position: int) -> ServiceReport | Problem:
    said = message.said.get
    reference = said("RFF AAA", "")
    if announced > message.records:
        text = f"le compte rendu annonce {announced} segments, {message.records} sont là, il n'est pas pris"
        return _problem(text, "Segment", position, reference)
    if message.response not in ("AB", "RE") or not reference:
        return _problem("ce compte rendu ne se lit pas", "Segment", position, reference)
    read_on = read_date(said("DTM 8", "")[:8])
    if message.response == "RE":
        status = NetworkStatus.REFUSED
    else:
        status = NetworkStatus.READ if read_on else NetworkStatus.DELIVERED
    return ServiceReport(
        status=status,
        reference=reference,
        sender=said("NAD SU", ""),
        receiver=said("NAD DP", "") or said("NAD BY", ""),
        sent_on=read_date(said("DTM 4", "")[:8]),
        processed_on=read_date(said("DTM 137", "")[:8]),
        read_on=read_on,
        error_code=said("ERC", ""),
        error_text=said("FTX", ""),
        position=message.position,
    )
