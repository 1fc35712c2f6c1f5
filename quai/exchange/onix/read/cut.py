"""Cutting a file into its products before any XML is parsed.

Each product is then parsed alone: one that is broken cannot take the others with it, nothing outside
products (a DOCTYPE, its entities) ever reaches a parser, and memory holds one product at a time. Only tags
named Product matter here, and the comments, CDATA and DOCTYPE that may hide one.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import NamedTuple

from .source import Source

MAX_PRODUCT = 4 * 1024 * 1024  # bytes; real notices, even with whole extracts, stay under one
_QUOTED = 64 * 1024  # bytes kept of a product that could not be cut: enough to find its reference

_PREFIX = rb"(?:[A-Za-z_][A-Za-z0-9_.-]{0,40}:)?"
_START = re.compile(rb"<(" + _PREFIX + rb"[Pp]roduct)(?=[\s/>])")
_NEXT = re.compile(rb"\s{0,1000}(?=<[Pp]roduct>)")
_INSIDE = re.compile(rb"<!--|-->|<!\[CDATA\[|\]\]>|<(/?)" + _PREFIX + rb"[Pp]roduct(?=[\s/>])")
_BETWEEN = re.compile(
    rb"<!--|-->|<!\[CDATA\[|\]\]>|<!DOCTYPE[^<>\[]{0,1000}[\[>]|\]\s{0,100}>"
    rb"|<(/?)" + _PREFIX + rb"([Pp]roduct|ONIX[Mm]essage|RecordReference|a001)(?=[\s/>])"
)
_DOCTYPE_END = b"]"
_CLOSED_BY = {b"<!--": b"-->", b"<![CDATA[": b"]]>"}

NO_NOTICE = "Ce fichier ne contient aucune notice ONIX."
INCOMPLETE = "Le fichier est incomplet : il s'arrête avant sa balise de fin </ONIXMessage>."
CUT_SHORT = "La notice est coupée par la fin du fichier : elle n'est pas lue."
NO_END = (
    "La notice n'a pas de balise de fin </Product> : elle n'est pas lue, la lecture reprend à la suivante."
)
NO_START = "Une notice n'a pas de balise de début <Product> lisible : elle n'est pas lue."
HIDDEN = "Un commentaire ou une section CDATA n'est pas fermé entre deux notices : notices non lues : {}."
UNCLOSED = "Un commentaire ou une section CDATA n'est pas fermé dans la notice : elle n'est pas lue."
TOO_BIG = f"La notice dépasse {MAX_PRODUCT // 1024**2} Mo : elle n'est pas lue."


class Slice(NamedTuple):
    """The bytes of one product or, with a `defect` (a French sentence), of what could not be cut."""

    body: bytes
    number: int  # of the product in the file, from 1; 0 outside products
    line: int
    defect: str = ""


class _Gap:
    """What is met between two products, token by token."""

    def __init__(self, *, reported: bool) -> None:
        self.opened = self.closed = False  # <ONIXMessage>, </ONIXMessage>
        self._reported = reported  # the product before was said to be broken: its remains are no news
        self._until = b""  # what closes the comment, CDATA or DOCTYPE we are in
        self._hidden = 0  # products in it

    def read(self, token: re.Match[bytes]) -> tuple[bool, str]:
        """Say whether a product begins at this token and, in a French sentence, what is wrong."""
        kind, ending, name = token[0], token[1] == b"/", (token[2] or b"").lower()
        if self._until:
            return False, self._hide(kind, name, ending)
        if not name:
            self._until = _CLOSED_BY.get(kind, _DOCTYPE_END if kind.endswith(b"[") else b"")
        elif name == b"onixmessage":
            self.opened, self.closed = self.opened or not ending, ending
        elif name == b"product" and not ending:
            return True, ""
        elif (name == b"product") == ending and not self._reported:
            self._reported = True
            return False, NO_START
        return False, ""

    def _hide(self, kind: bytes, name: bytes, ending: bool) -> str:
        if name == b"product":
            self._hidden += not ending
        elif self._until == _DOCTYPE_END:
            # The root tag shows that the DOCTYPE was never closed; its entities may well hold products.
            self.opened = self.opened or name == b"onixmessage"
            if name == b"onixmessage" or (kind.startswith(b"]") and kind != b"]]>"):
                self._until, self._hidden = b"", 0
        elif kind == self._until:
            self._until = b""
            if kind == b"]]>":  # nobody puts products in CDATA: one of them lost its end, and was given ours
                return self.lost()
            self._hidden = 0
        elif kind == b"<!--" and self._until == b"-->":  # comments do not nest: the first was not closed
            return self.lost()
        return ""

    def lost(self) -> str:
        """Forget the products hidden so far, with a sentence that says how many, or ""."""
        hidden, self._hidden = self._hidden, 0
        return HIDDEN.format(hidden) if hidden else ""


def cut(source: Source) -> Iterator[Slice]:
    """Yield each product of the file, and each thing that cannot be one, in file order."""
    number, opened, closed, reported = 0, False, False, False
    while not source.done():
        if adjoining := _NEXT.match(source.buffer, source.position):
            source.move(adjoining.end())
        else:
            gap = _Gap(reported=reported)
            yield from _to_next_product(source, gap)
            opened, closed = opened or gap.opened, gap.closed
            if source.done():
                break
        number += 1
        product = _product(source, number)
        reported = bool(product.defect)
        yield product
    if number == 0 and not opened:
        yield Slice(b"", 0, 0, NO_NOTICE)
    elif opened and not closed:
        yield Slice(b"", 0, source.line, INCOMPLETE)


def _to_next_product(source: Source, gap: _Gap) -> Iterator[Slice]:
    """Stop at the next <Product, or at the end of the file; yield what was lost on the way."""
    while token := source.search(_BETWEEN):
        begins, lost = gap.read(token)
        source.move(token.start())
        if lost:
            yield Slice(source.buffer[token.start() : token.start() + 200], 0, source.line, lost)
        if begins:
            return
        source.move(token.end())
    if lost := gap.lost():
        yield Slice(b"", 0, source.line, lost)


def _product(source: Source, number: int) -> Slice:
    """Take the product that begins at the position, and move behind it."""
    line, searched = source.line, source.position
    begin = _START.match(source.buffer, source.position)
    assert begin is not None  # that is where the search stopped
    closing = b"</" + begin[1] + b">"
    while True:
        start = source.position
        end = source.buffer.find(closing, searched)
        if end >= 0 and _plain(source.buffer, start, end, begin[0]):
            found: tuple[int, str] | None = (end + len(closing), "")
        else:
            found = _walk(source.buffer, start)
        if found is None and len(source.buffer) - start > MAX_PRODUCT:
            found = len(source.buffer), TOO_BIG
        if found:
            break
        searched = max(0, len(source.buffer) - start - len(closing))
        if not source.more():
            found = len(source.buffer), CUT_SHORT
            break
    end, defect = found
    if end - start > MAX_PRODUCT:
        defect = TOO_BIG
    body = source.buffer[start : min(end, start + _QUOTED) if defect else end]
    source.move(end)
    return Slice(body, number, line, defect)


def _plain(buffer: bytes, start: int, end: int, opening: bytes) -> bool:
    """This end is the product's own: comments and CDATA are closed before it, no other product is opened."""
    position = start + 1
    while True:
        # One byte is found far quicker than two, and most products hold no exclamation.
        mark = buffer.find(b"<!", position, end) if buffer.find(b"!", position, end) >= 0 else -1
        until = end if mark < 0 else mark
        for tag in (opening + b">", opening + b" "):
            if buffer.rfind(tag, position, until) >= 0:  # from the end, which takes half the time
                return False
        if mark < 0:
            return True
        closing = b"-->" if buffer.startswith(b"<!--", mark) else b"]]>"
        closed = buffer.find(closing, mark, end)
        if closed < 0:  # or something else that begins with <!
            return False
        position = closed + len(closing)


def _walk(buffer: bytes, start: int) -> tuple[int, str] | None:
    """Find where the product ends, reading comments and CDATA as such.

    :returns: that place and "", or where to resume and what is wrong; None when the buffer does not say.
    """
    until, ended = b"", False
    for token in _INSIDE.finditer(buffer, start + 1):
        kind, tag, ending = token[0], token[1] is not None, token[1] == b"/"
        if until:
            if kind == until:
                until, ended = b"", False
            elif tag and not ending and ended:  # </Product><Product> inside a comment or CDATA
                return token.start(), UNCLOSED
            ended = ended or (tag and ending)
        elif tag and ending:
            close = buffer.find(b">", token.end(), token.end() + 100)
            return (close + 1, "") if close >= 0 else None
        elif tag:
            return token.start(), NO_END
        else:
            until = _CLOSED_BY.get(kind, b"")
    return None
