"""Tables of the core: acts, bytes, nodes, numbers and seals."""

from __future__ import annotations

from typing import ClassVar

from django.contrib.postgres.fields import ArrayField
from django.db import models

from quai.core.kinds import Fact, NativeKey, Recorded, State


class Node(Recorded):
    """A place where facts are made: the main site is 0, a relief node owns another number and id range."""

    number = models.PositiveSmallIntegerField(unique=True)
    uuid = models.UUIDField(unique=True)
    name = models.CharField(max_length=60)
    started_at = models.DateTimeField()

    class Meta:
        db_table = "core_node"


class ThisNode(Recorded):
    """Which node this database is: one row."""

    node = NativeKey(Node)
    only = models.BooleanField(default=True, unique=True)

    class Meta:
        db_table = "core_this_node"
        constraints: ClassVar = [
            models.CheckConstraint(condition=models.Q(only=True), name="core_this_node_is_one")
        ]


class Act(Recorded):
    """Who did what, when and why. Every fact names the act that recorded it."""

    actor_id = models.BigIntegerField()
    verb = models.CharField(max_length=40)
    at = models.DateTimeField()
    reason = models.CharField(max_length=200, blank=True, default="")

    class Meta:
        db_table = "core_act"


class Blob(Recorded):
    """Bytes by their SHA-256: raw messages, renditions. In the database, so that every copy of the house has them."""

    sha256 = models.BinaryField(max_length=32, unique=True)
    content = models.BinaryField()

    class Meta:
        db_table = "core_blob"


class Series(State):
    """The last number of a legal series, locked to take the next: never a sequence, which leaves gaps."""

    issuer_id = models.BigIntegerField()
    node = models.PositiveSmallIntegerField()
    kind = models.CharField(max_length=8)
    year = models.PositiveSmallIntegerField()
    last_number = models.PositiveIntegerField()
    last_on = models.DateField()
    last_hash = models.BinaryField()
    pk = models.CompositePrimaryKey("issuer_id", "node", "kind", "year")

    class Meta:
        db_table = "core_series"


class Numbered(Fact):
    """One number of a series, taken for one document and chained to the number before it.

    `hash = sha256(previous ‖ digest)`, where `digest` is that of the document's canonical bytes.
    """

    issuer_id = models.BigIntegerField()
    node = models.PositiveSmallIntegerField()
    kind = models.CharField(max_length=8)
    year = models.PositiveSmallIntegerField()
    number = models.PositiveIntegerField()
    text = models.CharField(max_length=35)
    on = models.DateField()
    source_key = models.CharField(max_length=80)
    canonical_version = models.PositiveSmallIntegerField()
    digest = models.BinaryField()
    previous = models.BinaryField()
    hash = models.BinaryField()

    class Meta:
        db_table = "core_numbered"
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["source_key"], name="core_numbered_source_key"),
            models.UniqueConstraint(
                fields=["issuer_id", "node", "kind", "year", "number"], name="core_numbered_once"
            ),
        ]


class Seal(Recorded):
    """The digest of the facts of one table written by transactions `from_tx` to before `to_tx`."""

    table_name = models.CharField(max_length=63)
    columns = ArrayField(models.CharField(max_length=63))
    from_tx = models.BigIntegerField()
    to_tx = models.BigIntegerField()
    facts = models.BigIntegerField()
    digest = models.BinaryField()
    previous = models.BinaryField()
    hash = models.BinaryField()
    form = models.PositiveSmallIntegerField(null=True)  # of its digest (see seals.py); none: the first

    class Meta:
        db_table = "core_seal"
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["table_name", "from_tx"], name="core_seal_follows_one")
        ]


class SealHead(State):
    """The last seal of each table."""

    table_name = models.CharField(max_length=63, primary_key=True)
    to_tx = models.BigIntegerField()
    hash = models.BinaryField()

    class Meta:
        db_table = "core_seal_head"
