"""Seals: a chain of digests over the facts of each table, so that a fact changed or removed shows.

The sealer works behind the horizon of running transactions, in batches: a chain written by each transaction would
make every writer wait for every other. Facts of the last moments are not sealed yet; their turn comes a minute later.
"""

from __future__ import annotations

import hashlib
from collections.abc import Iterator, Mapping, Sequence

from django.db import transaction

from quai.core import sql
from quai.core.findings import Finding
from quai.core.models import Seal

BLOCK = 10_000  # ids whose rows are hashed as one text: enough to be quick, far under PostgreSQL's 1 GB of one value
FORM = 2  # of the digests made today; those of other forms are read as they were made
STATEMENTS = {None: "core/digest_batches_1.sql", FORM: "core/digest_batches.sql"}
Sealed = Mapping[str, Sequence[str]]  # table -> the columns that its seal covers


@transaction.atomic
def seal(sealed: Sealed) -> int:
    """Seal what was committed since the last seal; the number of facts newly sealed.

    One sealer at a time: a second one waits, then finds nothing to do.
    """
    sql.rows("core/lock_sealer.sql")
    [horizon] = sql.rows("core/horizon.sql")
    heads = {head.table_name: head for head in sql.rows("core/seal_heads.sql")}
    total = 0
    for table, columns in sealed.items():
        head = heads.get(table)
        from_tx, previous = (head.to_tx, bytes(head.hash)) if head else (0, b"")
        bounds = {"bounds": [from_tx, horizon.tx]}
        found = sql.query(_digest_statement(table, columns, FORM), bounds)
        if not found:
            continue
        [batch] = found
        digest = bytes(batch.digest)
        sql.run(
            "core/write_seal.sql",
            {
                "table": table,
                "columns": list(columns),
                "from_tx": from_tx,
                "to_tx": horizon.tx,
                "facts": batch.facts,
                "digest": digest,
                "previous": previous,
                "hash": _link(previous, table, from_tx, horizon.tx, batch.facts, digest),
                "form": FORM,
            },
        )
        total += batch.facts
    return total


def broken(sealed: Sealed) -> Iterator[Finding]:
    """Each seal that its table no longer bears out, and each break in a chain of seals."""
    for table in sealed:
        seals = list(Seal.objects.filter(table_name=table).order_by("id"))
        yield from _chain_breaks(table, seals)
        alike: dict[tuple[tuple[str, ...], int | None], list[Seal]] = {}
        for one in seals:
            alike.setdefault((tuple(one.columns), one.form), []).append(one)
        for (columns, form), made in alike.items():
            yield from _digest_breaks(table, columns, form, made)


def _chain_breaks(table: str, seals: Sequence[Seal]) -> Iterator[Finding]:
    previous, to_tx = b"", 0
    for one in seals:
        expected = _link(previous, table, to_tx, one.to_tx, one.facts, bytes(one.digest))
        if bytes(one.hash) != expected or bytes(one.previous) != previous or one.from_tx != to_tx:
            yield Finding(
                "core.seal_chain", f"{table} {one.id}", expected=expected.hex(), found=bytes(one.hash).hex()
            )
        previous, to_tx = bytes(one.hash), one.to_tx


def _digest_breaks(
    table: str, columns: Sequence[str], form: int | None, seals: Sequence[Seal]
) -> Iterator[Finding]:
    bounds = sorted({bound for one in seals for bound in (one.from_tx, one.to_tx)})
    found = {row.batch: row for row in sql.query(_digest_statement(table, columns, form), {"bounds": bounds})}
    for one in seals:
        row = found.get(bounds.index(one.from_tx) + 1)
        digest, facts = (bytes(row.digest), row.facts) if row else (b"", 0)
        if digest != bytes(one.digest) or facts != one.facts:
            yield Finding("core.seal", f"{table} {one.id}", expected=one.facts, found=facts)


def _digest_statement(table: str, columns: Sequence[str], form: int | None) -> str:
    """Digest of the sealed columns of each batch of transactions between two bounds, rows by id."""
    names = ", ".join(f'"{column}"' for column in columns)
    return sql.text(STATEMENTS.get(form, STATEMENTS[FORM])).format(table=table, columns=names, block=BLOCK)


def _link(previous: bytes, table: str, from_tx: int, to_tx: int, facts: int, digest: bytes) -> bytes:
    head = f"{table} {from_tx} {to_tx} {facts} ".encode()
    return hashlib.sha256(previous + head + digest).digest()
