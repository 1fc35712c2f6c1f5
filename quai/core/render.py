"""Paper: every document of the house is set by typst, here.

A template is a file of a package, named from `quai/`; it gets its data as JSON, and reads what is shared
(ink, figures, dates, the page itself) from `core/typst/page.typ`. What comes out is PDF/A-3b with its fonts,
and depends on nothing but the template, the data and `at`: the same three give the same bytes.
"""

from __future__ import annotations

import json
import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import UTC, date, datetime
from decimal import Decimal
from functools import cache
from pathlib import Path
from threading import Lock
from typing import Any, Literal

import typst

ROOT = Path(__file__).parents[1]
STANDARD: Literal["a-3b"] = "a-3b"
UNKNOWN = "\N{REPLACEMENT CHARACTER}"

_one_at_a_time = Lock()  # a Compiler is not shared between threads; rendering scales by processes
_UNDISPLAYABLE = "could not be displayed"


@dataclass(frozen=True, slots=True)
class Attachment:
    """A text file carried inside the PDF (PDF/A-3 asks how it relates to the page)."""

    name: str
    content: bytes  # UTF-8
    media_type: str
    relationship: str  # "alternative", "data", "source", "supplement"
    description: str


def render(
    template: str,
    data: Mapping[str, Any],
    *,
    at: datetime,
    attachments: Sequence[Attachment] = (),
) -> bytes:
    """Set one document.

    A character that none of the fonts has becomes the replacement character: PDF/A forbids a missing glyph,
    and a title in Japanese must not stop an invoice.

    :param template: path from `quai/`, as `warehouse/templates/note.typ`; its data shape is told at its top.
    :param data: JSON; decimals become strings, dates ISO days.
    :param at: the instant written in the document, so that bytes can be made again.
    :returns: PDF/A-3b.
    """
    text = json.dumps(data, ensure_ascii=False, default=_plain)
    try:
        return _compile(template, text, at, attachments)
    except typst.TypstError as error:
        if _UNDISPLAYABLE not in str(error):
            raise
    return _compile(template, _displayable(text), at, attachments)


def _plain(value: object) -> str:
    if isinstance(value, Decimal):
        return f"{value:f}"
    if isinstance(value, date):
        return value.isoformat()
    raise TypeError(f"{type(value).__name__} does not go on paper")


@cache
def _compiler() -> typst.Compiler:
    # One per process: a fresh one loads the fonts again. Start worker processes before the first page, as its
    # threads do not survive a fork. Only the wheel's own fonts: a page must not depend on the machine.
    return typst.Compiler(root=ROOT, ignore_system_fonts=True)


def _compile(template: str, data: str, at: datetime, attachments: Sequence[Attachment]) -> bytes:
    listed = [
        {
            "name": each.name,
            "type": each.media_type,
            "relationship": each.relationship,
            "description": each.description,
        }
        for each in attachments
    ]
    inputs = {"data": data, "attachments": json.dumps(listed)}
    inputs |= {f"attachment-{n}": each.content.decode() for n, each in enumerate(attachments)}
    return _typeset(ROOT / template, inputs, at)


def _typeset(source: Path | bytes, inputs: dict[str, str], at: datetime) -> bytes:
    # Without tags: they double the bytes, which are kept for ten years, and make adding metadata six times
    # slower. Who does not read with the eyes has the same document as a web page, and an invoice as data.
    main: Any = source  # its stub takes each kind alone, not one or the other
    with _one_at_a_time:
        pdf = _compiler().compile(
            main,
            format="pdf",
            sys_inputs=inputs,
            pdf_standards=STANDARD,
            timestamp=at.astimezone(UTC).replace(microsecond=0),
            pdf_tags=False,
        )
    if not isinstance(pdf, bytes):
        raise TypeError("typst gave no PDF")
    return pdf


def _displayable(text: str) -> str:
    foreign = {char for char in text if ord(char) > 0x7F or ord(char) < 0x20}
    lost = {char for char in foreign if not _has_glyph(char)}
    # JSON writes control characters as escapes, which no font can show either
    return re.sub(r"\\u00[01][0-9a-f]", UNKNOWN, text.translate({ord(char): UNKNOWN for char in lost}))


@cache
def _has_glyph(char: str) -> bool:
    """Ask typst itself, which knows what the fallback fonts hold."""
    probe = b'#import "/core/typst/page.typ": sheet\n#show: sheet.with(title: "?")\n#sys.inputs.probe'
    try:
        _typeset(probe, {"probe": f"a{char}", "attachments": "[]"}, datetime(2026, 1, 1, tzinfo=UTC))
    except typst.TypstError:
        return False
    return True
