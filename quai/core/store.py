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
    """Keep these bytes and return their blob ids, in order. What is already kept is not kept twice."""
    digests = [digest(content) for content in contents]
    found = {
        row.sha256: row.id
        for row in sql.rows("core/keep_blobs.sql", {"sha256": digests, "content": list(contents)})
    }
    return [found[bytes(key)] for key in digests]


def read(sha256: bytes) -> bytes:
    """The bytes of this digest. Raises Blob.DoesNotExist for a digest that nobody kept."""
    return bytes(Blob.objects.values_list("content", flat=True).get(sha256=sha256))


def read_blob(blob_id: int) -> bytes:
    """The bytes of this blob."""
    return bytes(Blob.objects.values_list("content", flat=True).get(id=blob_id))
