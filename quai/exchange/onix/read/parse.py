"""One product's bytes to an element: as they are when sound, mended when senders' usual faults need it.

What is mended: a wrong encoding, characters XML forbids, HTML entities and bare ampersands, undeclared
prefixes. What is not: tags that do not match. Guessing those could give a book another's price.
"""

from __future__ import annotations

import codecs
import html.entities
import re
from collections.abc import Iterator
from typing import NamedTuple

from lxml import etree

# No entity is expanded, nothing is fetched; without huge_tree libxml2 limits depth and the length of names.
_PARSER = etree.XMLParser(
    encoding="utf-8",
    resolve_entities=False,
    load_dtd=False,
    no_network=True,
    huge_tree=False,
    remove_comments=True,
    remove_pis=True,
)

_FORBIDDEN = re.compile("[^\t\n\r\x20-\ud7ff\ue000-\ufffd\U00010000-\U0010ffff]")
_AMPERSAND = re.compile(r"&(?:#([0-9]{1,9});|#[xX]([0-9A-Fa-f]{1,8});|([A-Za-z][A-Za-z0-9]{1,31});)?")
MAX_PREFIXES = 50
_XML_NAMES = {"amp", "lt", "gt", "quot", "apos"}
_PREFIXED = re.compile(r"[<\s/]([A-Za-z_][A-Za-z0-9_.-]{0,40}):[A-Za-z_][A-Za-z0-9_.-]{0,60}(?=[\s=/>])")
_OPENING = re.compile(r"<[^\s<>/]{1,100}(?=[\s/>])")

# The commonest faults in plain words, by libxml2's number; the others are "mal formé".
_REASONS = {
    26: "une entité n'est pas connue",
    39: "un attribut n'est pas entre guillemets",
    41: "un attribut n'a pas de valeur",
    42: "un attribut est donné deux fois",
    45: "un commentaire n'est pas fermé",
    63: "une section CDATA n'est pas fermée",
    68: "un signe « < » ne commence pas une balise",
    73: "une balise n'est pas terminée",
    76: "une balise de fin ne correspond pas à la balise ouverte",
    80: "un commentaire contient deux tirets de suite",
    110: "un nom de balise est trop long",
    114: "la notice est trop profonde ou trop longue",
}


class Parsed(NamedTuple):
    """A product's element, and the sound UTF-8 XML it was read from."""

    element: etree._Element
    raw: bytes


class BrokenProduct(NamedTuple):
    """Why a product cannot be read (a French sentence), and on which of its lines, from 1."""

    message: str
    line: int


def parse(body: bytes, encoding: str) -> Parsed | BrokenProduct:
    """Parse one product, mending it if need be. Never raises, whatever the bytes.

    :param encoding: the one the file announces; a product that is valid UTF-8 is taken as such all the same,
        since accents in another encoding practically never are.
    """
    if encoding == "utf-8" or body.isascii():
        try:
            return Parsed(etree.fromstring(body, _PARSER), body)
        except etree.XMLSyntaxError:
            pass  # the reason is in what is left after mending
    mended = _mend(decoded(body, encoding)).encode("utf-8", "replace")
    try:
        return Parsed(etree.fromstring(mended, _PARSER), mended)
    except etree.XMLSyntaxError as error:
        reason = _REASONS.get(getattr(error, "code", 0), "le XML est mal formé")
        return BrokenProduct(f"La notice n'est pas lue : {reason}.", error.lineno or 1)


def decoded(body: bytes, encoding: str) -> str:
    """Decode what claims to be `encoding`, believing UTF-8 first, and Windows for bytes that are neither."""
    try:
        return body.decode("utf-8")
    except UnicodeDecodeError:
        pass
    if encoding in ("utf-8", "ascii"):
        return body.decode("utf-8", "windows_bytes")
    if encoding == "iso8859-1":  # what is called so is Windows, nine times in ten
        encoding = "cp1252"
    return body.decode(encoding, "windows_bytes")


def _windows_bytes(error: UnicodeError) -> tuple[str, int]:
    """Codec error handler: read the bytes that do not decode as Windows-1252, else latin-1."""
    assert isinstance(error, UnicodeDecodeError)
    wrong = error.object[error.start : error.end]
    return "".join(_windows(byte) for byte in wrong), error.end


def _windows(byte: int) -> str:
    try:
        return bytes([byte]).decode("cp1252")
    except UnicodeDecodeError:
        return chr(byte)


codecs.register_error("windows_bytes", _windows_bytes)


def _mend(text: str) -> str:
    text = _FORBIDDEN.sub(" ", text)
    if "&" in text:
        text = "".join(part if literal else _AMPERSAND.sub(_entity, part) for part, literal in _parts(text))
    opening = _OPENING.match(text)
    if ":" not in text or not opening:
        return text
    used = {match[1] for match in _PREFIXED.finditer(text)} - {"xml", "xmlns"}
    declared = "".join(
        f' xmlns:{prefix}="urn:undeclared:{prefix}"'
        for prefix in sorted(used)[:MAX_PREFIXES]
        if f"xmlns:{prefix}" not in text
    )
    return opening[0] + declared + text[opening.end() :]


def _parts(text: str) -> Iterator[tuple[str, bool]]:
    """Split at CDATA sections, where an ampersand is only itself: (part, whether it is literal)."""
    position = 0
    while (start := text.find("<![CDATA[", position)) >= 0:
        end = text.find("]]>", start)
        if end < 0:
            break
        yield text[position:start], False
        yield text[start : end + 3], True
        position = end + 3
    yield text[position:], False


def _entity(match: re.Match[str]) -> str:
    decimal, hexadecimal, name = match.groups()
    if decimal or hexadecimal:
        point = int(decimal) if decimal else int(hexadecimal, 16)
        return match[0] if point < 0x110000 and not _FORBIDDEN.match(chr(point)) else " "
    if name in _XML_NAMES:
        return match[0]
    character = html.entities.html5.get(f"{name};", "") if name else ""
    # An entity nobody declared, or an ampersand alone, stands for itself.
    return html.escape(character, quote=False) if character else "&amp;" + match[0][1:]
