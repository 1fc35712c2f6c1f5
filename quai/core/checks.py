"""What must always be true of the core: chains whole, bytes as their digest says, no reference to nothing."""

from __future__ import annotations

import hashlib
from collections.abc import Iterator
from itertools import groupby

from django.db import models

from quai.core import schema, sql
from quai.core.caches import Cache
from quai.core.findings import Check, Finding
from quai.core.kinds import Recorded
from quai.core.orphans import held_ids, orphans

SEALED = {
    "core_act": ("id", "actor_id", "verb", "at", "reason"),
    "core_blob": ("id", "sha256"),
    "core_node": ("id", "number", "uuid", "name", "started_at"),
    "core_this_node": ("id", "node_id", "only"),
    "core_numbered": (
        "id", "act_id", "issuer_id", "node", "kind", "year", "number", "text", "on", "source_key",
        "canonical_version", "digest", "previous", "hash",
    ),
}  # fmt: skip

CACHES = [
    Cache("core_series", "core/derive_series.sql"),
    Cache("core_seal_head", "core/derive_seal_head.sql"),
]


def numbers_are_chained() -> Iterator[Finding]:
    """Each series runs 1, 2, 3… with dates that never go back, each number hashed on the one before."""
    numbers = sql.rows("core/numbers.sql")
    for _, series in groupby(numbers, key=lambda row: (row.issuer_id, row.node, row.kind, row.year)):
        expected, last_on, link = 1, None, b""
        for row in series:
            subject = row.text
            if row.number != expected:
                yield Finding("core.series_gap", subject, expected=expected, found=row.number)
            if last_on and row.on < last_on:
                yield Finding("core.series_date", subject, expected=last_on, found=row.on)
            chained = hashlib.sha256(link + bytes(row.digest)).digest()
            if bytes(row.previous) != link or bytes(row.hash) != chained:
                yield Finding(
                    "core.series_chain", subject, expected=chained.hex(), found=bytes(row.hash).hex()
                )
            expected, last_on, link = row.number + 1, row.on, bytes(row.hash)


def bytes_match_their_digest() -> Iterator[Finding]:
    """What is stored is what its SHA-256 says."""
    for row in sql.rows("core/corrupt_blobs.sql"):
        yield Finding("core.blob_digest", f"blob {row.id}", expected=bytes(row.sha256).hex())


def references_hold() -> Iterator[Finding]:
    """No row names a row that does not exist, where PostgreSQL itself does not look."""
    held: dict[type[models.Model], str] = {}
    for model in schema.tables():
        keys = schema.checked_keys(model)
        for parent in {key.related_model for key in keys} - held.keys():
            held[parent] = held_ids(parent._meta.db_table)
        if keys:
            for row in orphans(
                model._meta.db_table, {str(key.column): held[key.related_model] for key in keys}
            ):
                yield Finding("core.orphan", f"{model._meta.db_table}.{row.reference}", expected=row.missing)


def tables_are_held() -> Iterator[Finding]:
    """Facts and references still have the triggers that keep them, and the application may still not change them."""
    kept = {row.table_name: set(row.triggers) for row in sql.rows("core/keeping_triggers.sql")}
    may = {
        row.table_name: set(row.privileges)
        for row in sql.rows("core/privileges.sql", {"role": schema.APPLICATION_ROLE})
    }
    for model in schema.tables():
        if not issubclass(model, Recorded):
            continue
        table = model._meta.db_table
        expected = {f"{table}_unchanged", f"{table}_kept"}
        expected |= {f"{table}_references"} if schema.checked_keys(model) else set()
        if missing := expected - kept.get(table, set()):
            yield Finding("core.trigger_missing", table, expected=sorted(missing))
        if too_much := may.get(table, set()) - {"SELECT", "INSERT"}:
            yield Finding("core.may_change_facts", table, found=sorted(too_much))


CHECKS: list[Check] = [tables_are_held, numbers_are_chained, bytes_match_their_digest, references_hold]
