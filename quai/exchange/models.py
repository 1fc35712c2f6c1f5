"""Tables of the letter box."""

from __future__ import annotations

from typing import ClassVar

from django.db import models

from quai.core.kinds import Fact, NativeKey


class Message(Fact):
    """Bytes from outside, archived before they are read."""

    content = NativeKey("core.Blob", unique=True)
    name = models.CharField(max_length=200)
    origin = models.CharField(max_length=200)
    size = models.BigIntegerField()

    class Meta:
        db_table = "exchange_message"


class Redelivery(Fact):
    """The same bytes came again."""

    message = NativeKey(Message)
    name = models.CharField(max_length=200)

    class Meta:
        db_table = "exchange_redelivery"


class Outcome(Fact):
    """Everything in a message has its outcome: what it was, and what came of it, as told to the person.

    A message that was refused may be read again once its cause is mended: the last outcome counts.
    """

    message = NativeKey(Message, db_index=True)
    kind = models.CharField(max_length=16)
    outcome = models.CharField(max_length=12)
    report = models.JSONField()

    class Meta:
        db_table = "exchange_outcome"


class Slip(Fact):
    """Arrivals entered under the reference of a slip: EAN, place and copies of each row.

    `whole` when none of its rows was left out: what comes later under the reference is then the same, or another's.
    """

    reference = models.CharField(max_length=24)
    message = NativeKey(Message)
    rows = models.JSONField()
    whole = models.BooleanField()

    class Meta:
        db_table = "exchange_slip"
        indexes: ClassVar = [models.Index(fields=["reference"], name="exchange_slip_by_reference")]
