"""Tables of the letter box."""

from __future__ import annotations

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
