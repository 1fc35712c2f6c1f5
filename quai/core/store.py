"""Bytes by digest, in the database: every copy of the house carries them, and the same bytes are kept once."""

from __future__ import annotations

import hashlib
from collections.abc import Sequence

from quai.core import sql
from quai.core.models import Blob


def digest(content: bytes) -> bytes:
    """The SHA-256 by which bytes are known."""
    return hashlib.sha256(content).digest()


def keep(contents: Sequence[bytes]) -> list[int]:
    """Keep these bytes and return their blob ids, in order. What is already kept is neither sent nor kept twice."""
    by_digest = {digest(content): content for content in contents}
    found = _known(list(by_digest))
    new = [key for key in by_digest if key not in found]
    if new:
        sql.run("core/keep_blobs.sql", {"sha256": new, "content": [by_digest[key] for key in new]})
        found |= _known(new)  # a new statement also sees what somebody else kept at the same moment
    return [found[digest(content)] for content in contents]


def _known(digests: list[bytes]) -> dict[bytes, int]:
    return {bytes(row.sha256): row.id for row in sql.rows("core/known_blobs.sql", {"sha256": digests})}


def read(sha256: bytes) -> bytes:
    """The bytes of this digest. Raises Blob.DoesNotExist for a digest that nobody kept."""
    return bytes(Blob.objects.values_list("content", flat=True).get(sha256=sha256))
