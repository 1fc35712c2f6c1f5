"""Reading product files: bytes in, one `ProductNotice` or `NoticeProblem` per product out, no database."""

from __future__ import annotations

import re
from collections.abc import Collection, Iterator
from typing import BinaryIO

from quai.catalogue.types import NoticeProblem, ProductNotice

from .cut import Slice, cut
from .parse import BrokenProduct, parse
from .product import Defaults, read_defaults, read_product
from .source import Source, wide_encoding

__all__ = ["detect", "read"]

_HEADER = re.compile(rb"<((?:[A-Za-z_][A-Za-z0-9_.-]{0,40}:)?[Hh]eader)[\s>]")
_REFERENCE = re.compile(rb"<(?:[A-Za-z_.-]{1,40}:)?(?:RecordReference|a001)[^<>]{0,200}>\s*([^<>]{1,100})")
_ONIX = re.compile(rb"<(?:[A-Za-z_][A-Za-z0-9_.-]{0,40}:)?(?:ONIX[Mm]essage[\s>]|RecordReference[\s>]|a001>)")


def detect(head: bytes) -> bool:
    """Say whether a file that begins with these bytes (a few thousand) is ONIX, whole or in part."""
    wide = wide_encoding(head)
    if wide:
        head = head.decode(wide, "replace").encode("utf-8", "replace")
    return _ONIX.search(head) is not None


def read(stream: BinaryIO, *, ours: Collection[str] = ()) -> Iterator[ProductNotice | NoticeProblem]:
    """Read a file of product notices, one product at a time.

    :param stream: ONIX for Books 2.1, 3.0 or 3.1, long or short tags, any usual encoding; read forward once.
    :param ours: the GLNs of the house, whose own offer is read when a notice holds several.
    :returns: each notice, or the problem that hides it, in file order; a problem of position 0 is the
        file's. Memory does not grow with the file; nothing is raised for what the bytes hold.
        Source: exchange.md, ONIX in.
    """
    source = Source(stream)
    defaults = _defaults(source)._replace(ours=frozenset(ours))
    for piece in cut(source):
        yield _read_slice(piece, source.encoding, defaults)


def _defaults(source: Source) -> Defaults:
    """What the header says for all products; a header that is broken or missing says nothing."""
    begin = _HEADER.search(source.buffer)
    end = source.buffer.find(b"</" + begin[1], begin.end()) if begin else -1
    if begin is None or end < 0:
        return Defaults()
    parsed = parse(source.buffer[begin.start() : end] + b"</" + begin[1] + b">", source.encoding)
    return Defaults() if isinstance(parsed, BrokenProduct) else read_defaults(parsed.element)


def _read_slice(piece: Slice, encoding: str, defaults: Defaults) -> ProductNotice | NoticeProblem:
    if piece.defect:
        return _problem(piece, piece.defect, piece.line)
    parsed = parse(piece.body, encoding)
    if isinstance(parsed, BrokenProduct):
        return _problem(piece, parsed.message, piece.line + parsed.line - 1)
    read = read_product(parsed.element, defaults, raw=parsed.raw, position=piece.number, line=piece.line)
    return read if isinstance(read, ProductNotice) else _problem(piece, read, piece.line)


def _problem(piece: Slice, message: str, line: int) -> NoticeProblem:
    found = _REFERENCE.search(piece.body)
    reference = found[1].decode("utf-8", "replace").strip() if found else ""
    return NoticeProblem("error", message, reference, piece.number, line)
