"""Legal numbers: gapless, dated in order, each chained to the one before it.

Numbers are taken last, for the whole set at once: everything else about the documents is computed before, because
the series stays locked until the transaction ends.
"""

from __future__ import annotations

import hashlib
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from typing import NamedTuple

from quai.core import nodes, sql
from quai.core.refusals import Refusal
from quai.core.sql import Row

CANONICAL_VERSION = 1


class DateGoesBack(Refusal):
    """The last document of series %(series)s is dated %(last_on)s: none can be dated %(on)s."""

    code = "core.date_goes_back"


class Document(NamedTuple):
    """A document in want of a number: what caused it (taken once), and the SHA-256 of its canonical bytes."""

    source_key: str
    digest: bytes


@dataclass(frozen=True, slots=True)
class Number:
    """A number taken: its text as printed, and the hash that chains it."""

    source_key: str
    text: str
    hash: bytes


def taken(source: str) -> dict[str, Row]:
    """The numbers taken by one kind of source (`invoice:`), by source key: text, on, digest, hash; for checks."""
    return {row.source_key: row for row in sql.rows("core/taken.sql", {"source": source})}


def printed(*, kind: str, node: int, year: int, number: int) -> str:
    """The number as people read it: F2026-000123 at the main site, S1-F2026-000004 at relief node 1."""
    site = f"S{node}-" if node else ""
    return f"{site}{kind}{year}-{number:06d}"


def take(*, issuer_id: int, kind: str, on: date, documents: Sequence[Document], act_id: int) -> list[Number]:
    """Take the next numbers of a series, in the order of the documents.

    :raises DateGoesBack: `on` is before the date of the last number of the series.
    """
    if not documents:
        return []
    node = nodes.this_node()
    series = {"issuer": issuer_id, "node": node, "kind": kind, "year": on.year}
    [head] = sql.rows("core/lock_series.sql", {**series, "on": on})
    if head.last_on > on:
        raise DateGoesBack(series=f"{kind}{on.year}", last_on=head.last_on, on=on)
    taken: list[Number] = []
    previous: list[bytes] = []
    link = bytes(head.last_hash)
    for number, document in enumerate(documents, start=head.last_number + 1):
        previous.append(link)
        link = hashlib.sha256(link + document.digest).digest()
        text = printed(kind=kind, node=node, year=on.year, number=number)
        taken.append(Number(document.source_key, text, link))
    sql.run(
        "core/take_numbers.sql",
        {
            **series,
            "on": on,
            "act": act_id,
            "version": CANONICAL_VERSION,
            "first": head.last_number + 1,
            "last": head.last_number + len(documents),
            "last_hash": link,
            "texts": [number.text for number in taken],
            "keys": [document.source_key for document in documents],
            "digests": [document.digest for document in documents],
            "previous": previous,
            "hashes": [number.hash for number in taken],
        },
    )
    return taken
