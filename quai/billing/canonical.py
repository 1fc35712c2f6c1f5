"""The canonical bytes of a document, version 1: what its number freezes, and how anybody can recompute it.

UTF-8 text, lines ended by one line feed except the last:

1. the header, a JSON array: type code, customer, issuer, issued on, due on, currency, net, vat, gross;
2. what was frozen that day (`billing_invoice.frozen`): one JSON object, byte for byte as stored, holding seller,
   buyer, deliver_to, notes, period, preceding, reason, process, mentions, bank;
3. each line by position, a JSON array: position, note line, line credited, product, title, quantity, retail price,
   unit price, discount, base, allowance, net, VAT rate, VAT category, order reference, line reference;
4. each VAT row by category then rate, a JSON array: category, rate, base, vat, exemption.

JSON arrays separate by ", ", hold no other blank, escape only what JSON must, and write amounts as strings with the
decimals of their column, dates as ISO days, what is not there as null. The digest is the SHA-256 of these bytes; the
number's hash is `sha256(hash of the number before ‖ digest)`. `sql/digests.sql` computes it for a set;
`canonical_bytes` below is the same in Python, for one document, for whoever wants to check us.
"""

from __future__ import annotations

import hashlib
import json
from collections.abc import Iterable, Sequence
from datetime import date
from decimal import Decimal
from typing import Any


def canonical_bytes(
    *,
    header: Sequence[Any],
    frozen: str,
    lines: Iterable[Sequence[Any]],
    vats: Iterable[Sequence[Any]],
) -> bytes:
    """Write the canonical bytes of one document; the shapes are those of the list above."""
    said = [_array(header), frozen, *map(_array, lines), *map(_array, vats)]
    return "\n".join(said).encode()


def digest(content: bytes) -> bytes:
    """The SHA-256 that the number of a document freezes."""
    return hashlib.sha256(content).digest()


def _array(values: Sequence[Any]) -> str:
    return json.dumps([_plain(value) for value in values], ensure_ascii=False)


def _plain(value: Any) -> Any:
    if isinstance(value, Decimal):
        return f"{value:f}"
    return value.isoformat() if isinstance(value, date) else value
