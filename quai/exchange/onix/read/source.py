"""The bytes of a file, in an encoding where tags can be found, a chunk at a time."""

from __future__ import annotations

import codecs
import re
from typing import BinaryIO

CHUNK = 256 * 1024
TAIL = 1200  # bytes that stay when nothing was found in a buffer: longer than any token that is searched

_DECLARED = re.compile(rb"""<\?xml[^>]{0,200}?encoding\s{0,20}=\s{0,20}["']([A-Za-z0-9._-]{1,40})""")
# Encodings that write a tag with the same bytes as ASCII: such a file is cut first and decoded by product.
_LIKE_ASCII = re.compile(r"utf-8|ascii|iso8859-[0-9]+|cp125[0-8]|cp437|cp85[0-9]|mac-roman|koi8-r")
_WIDE = (
    (codecs.BOM_UTF32_LE, "utf-32"),  # before UTF-16, whose mark begins it
    (codecs.BOM_UTF32_BE, "utf-32"),
    (codecs.BOM_UTF16_LE, "utf-16"),
    (codecs.BOM_UTF16_BE, "utf-16"),
    (b"<\0", "utf-16-le"),
    (b"\0<", "utf-16-be"),
)


def wide_encoding(head: bytes) -> str:
    """The UTF-16 or UTF-32 in which these bytes begin, or ""."""
    return next((name for mark, name in _WIDE if head.startswith(mark)), "")


def declared_encoding(head: bytes) -> str:
    """The encoding the XML declaration announces, when it is one we cut as it stands; otherwise utf-8."""
    declared = _DECLARED.search(head[:1000])
    if not declared:
        return "utf-8"
    try:
        name = codecs.lookup(declared[1].decode("ascii")).name
    except LookupError:
        return "utf-8"
    return name if _LIKE_ASCII.fullmatch(name) else "utf-8"


class Source:
    """A window on a stream that only moves forward, and knows the line it stands on."""

    def __init__(self, stream: BinaryIO) -> None:
        self._stream = stream
        self._decoder: codecs.IncrementalDecoder | None = None
        self.eof = False
        self.position = 0
        self.line = 1
        head = self._read()
        self.encoding = "utf-8"
        if wide := wide_encoding(head):
            self._decoder = codecs.getincrementaldecoder(wide)(errors="replace")
        else:
            self.encoding = declared_encoding(head)
        self.buffer = self._narrow(head).removeprefix(codecs.BOM_UTF8)

    def _read(self) -> bytes:
        """A whole chunk even from a stream that gives little at a time."""
        parts, missing = [], CHUNK
        while missing and (part := self._stream.read(missing)):
            parts.append(part)
            missing -= len(part)
        return b"".join(parts)

    def _narrow(self, chunk: bytes) -> bytes:
        if self._decoder is None:
            return chunk
        return self._decoder.decode(chunk, final=not chunk).encode("utf-8", "replace")  # lone surrogates

    def more(self) -> bool:
        """Read on, forgetting what stands before the position; False at the end of the file."""
        if self.eof:
            return False
        chunk = self._read()
        self.eof = not chunk
        self.buffer = self.buffer[self.position :] + self._narrow(chunk)
        self.position = 0
        return True

    def move(self, position: int) -> None:
        """Go forward to this place of the buffer."""
        self.line += self.buffer.count(b"\n", self.position, position)
        self.position = position

    def search(self, pattern: re.Pattern[bytes]) -> re.Match[bytes] | None:
        """Find the pattern from the position on, reading as far as it takes; None at the end of the file."""
        while (found := pattern.search(self.buffer, self.position)) is None:
            kept = 0 if self.eof else TAIL
            self.move(max(self.position, len(self.buffer) - kept))
            if not self.more():
                return None
        return found

    def done(self) -> bool:
        return self.eof and self.position >= len(self.buffer)
