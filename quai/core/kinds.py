"""The four kinds of table, and the columns they share. `schema.py` makes the database hold them to it."""

from __future__ import annotations

from typing import Any

from django.db import models
from django.db.models.expressions import Func


class _CurrentTransaction(Func):
    """The id of the writing transaction: seals take facts in this order, behind the horizon of running ones."""

    template = "(pg_current_xact_id()::text::bigint)"
    output_field = models.BigIntegerField()


class CheckedKey(models.ForeignKey[Any, Any]):
    """A reference of a busy fact, checked once per statement rather than once per row (docs/adr/0002).

    Sound only because what it names can never be deleted. No index of its own: an index needs a query.
    """

    def __init__(self, to: Any, **options: Any) -> None:
        options.setdefault("on_delete", models.PROTECT)
        options.setdefault("related_name", "+")
        options.setdefault("db_constraint", False)
        options.setdefault("db_index", False)
        super().__init__(to, **options)


class NativeKey(models.ForeignKey[Any, Any]):
    """A reference of a quiet table, checked by PostgreSQL itself row by row."""

    def __init__(self, to: Any, **options: Any) -> None:
        options.setdefault("on_delete", models.PROTECT)
        options.setdefault("related_name", "+")
        options.setdefault("db_index", False)
        super().__init__(to, **options)


class Recorded(models.Model):
    """Written once, sealed, never changed: the common ground of facts and references."""

    id = models.BigAutoField(primary_key=True)
    tx = models.BigIntegerField(db_default=_CurrentTransaction(), editable=False)

    class Meta:
        abstract = True


class Fact(Recorded):
    """Something that happened, and the act (who, when, why) that recorded it."""

    act = CheckedKey("core.Act")

    class Meta:
        abstract = True


class Reference(Recorded):
    """What is known from a date: the row in force is the latest `from_on`, then the latest recorded."""

    act = CheckedKey("core.Act")

    class Meta:
        abstract = True


class State(models.Model):
    """A balance, a status or a worklist: kept with the fact, always derivable from facts alone."""

    class Meta:
        abstract = True


class Draft(models.Model):
    """Work in progress, changed freely by its owner."""

    class Meta:
        abstract = True
