"""Cut a stream of bytes into lines or segments, whatever system wrote them, in constant memory."""

from __future__ import annotations

from collections.abc import Iterator
from itertools import chain
from typing import NamedTuple, Protocol

CHUNK = 1 << 18
HEAD = 1 << 14  # enough to see past any envelope
MAX_PIECE = 1 << 12  # no line or segment of the trade comes near

UNFINISHED = "\0"  # begins the end of a file that no terminator closes: it has the tag of nothing

_SPACE = ord(" ")


class Source(Protocol):
    """Anything read like a binary file."""

    def read(self, size: int, /) -> bytes: ...


class Replay:
    """A source whose first bytes were looked at, and are read again."""

    def __init__(self, head: bytes, rest: Source) -> None:
        self._head = head
        self._rest = rest

    def read(self, size: int, /) -> bytes:
        if not self._head:
            return self._rest.read(size)
        taken, self._head = self._head[:size], self._head[size:]
        return taken


class Separators(NamedTuple):
    """The service characters of an EDIFACT interchange (ISO 9735, UNA)."""

    component: str = ":"
    element: str = "+"
    decimal: str = "."
    release: str = "?"  # empty: nothing is escaped
    terminator: str = "'"


def _blanked(*, kept: str) -> bytes:
    return bytes(_SPACE if (c < _SPACE or c == 127) and chr(c) not in kept else c for c in range(256))


CONTROLS = _blanked(kept="\r\n")  # fixed columns: a control character becomes one blank
CONTROLS_BUT_TAB = _blanked(kept="\r\n\t")  # spreadsheets may separate with tabs


def take_head(source: Source) -> bytes:
    """Read the first bytes of a source, which may give them in small pieces."""
    parts: list[bytes] = []
    size = 0
    while size < HEAD and (part := source.read(HEAD - size)):
        parts.append(part)
        size += len(part)
    return b"".join(parts)


def decode(raw: bytes) -> str:
    """Decode one line as UTF-8, else as the code page its accents point to.

    Old DOS tills write cp850, whose accented letters are where Latin-1 has only controls.
    """
    try:
        return raw.decode("utf-8").lstrip("\ufeff")
    except UnicodeDecodeError:
        low = any(0x80 <= byte < 0xA0 for byte in raw)
        high = any(byte >= 0xC0 for byte in raw)
        return raw.decode("cp850" if low and not high else "cp1252", "replace")


def lines(source: Source, blanked: bytes = CONTROLS) -> Iterator[str]:
    """Give each line without its end (CR-LF, LF or CR, mixed or not); blank lines too, so that they count."""
    return chain.from_iterable(_line_batches(source, blanked))


def _line_batches(source: Source, blanked: bytes) -> Iterator[list[str]]:
    carry = b""
    begun = False
    while chunk := source.read(CHUNK):
        data = carry + chunk.translate(blanked)
        if not begun:  # NULs and blanks before the first byte of the trade would shift its columns
            data = data.lstrip(b" ")
            begun = bool(data)
        # A CR in last place may be half of a CR-LF: it waits for the next chunk.
        end = max(data.rfind(b"\n"), data.rfind(b"\r", 0, len(data) - 1)) + 1
        yield _decoded_lines(data[:end])
        # What exceeds MAX_PIECE is forgotten: such a line is damaged beyond any column we read.
        carry = data[end:] if len(data) - end <= MAX_PIECE else data[end : end + MAX_PIECE]
    yield _decoded_lines(carry)


def _decoded_lines(data: bytes) -> list[str]:
    if data.isascii():
        return data.decode("ascii").splitlines()
    return [decode(line) for line in data.splitlines()]


def read_separators(head: bytes) -> tuple[Separators | None, int]:
    """Read the UNA of an interchange: its separators (None if absurd) and where what follows begins."""
    start = len(head) - len(head.lstrip(b"\xef\xbb\xbf \t\r\n\0\x1a"))
    if head[start : start + 3] != b"UNA":
        return Separators(), start
    given = head[start + 3 : start + 9].decode("latin-1")
    if len(given) < 6:
        return None, start
    component, element, decimal, release, _, terminator = list(given)
    used = [component, element, terminator] + ([release] if release != " " else [])
    if len(set(used)) < len(used) or any(c.isalnum() or c in " \0" or not c.isascii() for c in used):
        return None, start
    return Separators(component, element, decimal, release.strip(), terminator), start + 9


def segments(source: Source, separators: Separators) -> Iterator[str]:
    """Give each terminated segment, still escaped; an unterminated end comes marked UNFINISHED.

    Line breaks are no part of EDIFACT: some senders add them after terminators, others every 80 characters.
    """
    return chain.from_iterable(_segment_batches(source, separators))


def _segment_batches(source: Source, separators: Separators) -> Iterator[list[str]]:
    terminator = separators.terminator
    escaped = separators.release + terminator if separators.release else ""
    special = "".join(separators)
    blanked = _blanked(kept=special)
    breaks = bytes(c for c in b"\r\n" if chr(c) not in special)
    carry = ""
    while chunk := source.read(CHUNK):
        text = carry + chunk.translate(blanked, breaks).decode("latin-1")
        batch = text.split(terminator)
        if escaped and escaped in text:
            batch = _rejoined(batch, separators)
        carry = batch.pop()
        if not text.isascii():
            batch = [piece if piece.isascii() else decode(piece.encode("latin-1")) for piece in batch]
        yield list(map(str.strip, batch))
        if len(carry) > MAX_PIECE:
            carry = carry[:MAX_PIECE]
    if carry and not carry.isspace():
        yield [UNFINISHED + carry]


def _rejoined(pieces: list[str], separators: Separators) -> list[str]:
    """Put back together what was cut at an escaped terminator."""
    release, whole, parts = separators.release, [], []
    for piece in pieces:
        parts.append(piece)
        if (len(piece) - len(piece.rstrip(release))) % 2 == 0:
            whole.append(separators.terminator.join(parts))
            parts = []
    if parts:
        whole.append(separators.terminator.join(parts))
    return whole


def split_segment(segment: str, separators: Separators) -> list[list[str]]:
    """Split a segment into elements and each element into components, unescaped."""
    component, element, _, release, _ = separators
    if not release or release not in segment:
        return [part.split(component) for part in segment.split(element)]
    found: list[list[str]] = [[""]]
    characters = iter(segment)
    for character in characters:
        if character == element:
            found.append([""])
        elif character == component:
            found[-1].append("")
        else:
            found[-1][-1] += next(characters, "") if character == release else character
    return found


def component(elements: list[list[str]], element: int, index: int = 0) -> str:
    """One component of a split segment, trimmed; empty when the segment is too short to have it."""
    if element >= len(elements) or index >= len(elements[element]):
        return ""
    return elements[element][index].strip()
