"""The archive of what came: bytes first, before anything is read; what came of them, once it is known."""

from __future__ import annotations

from datetime import datetime
from typing import Any, NamedTuple

from django.db import transaction

from quai.access.types import Actor
from quai.core import journal, store
from quai.exchange.models import Message, Outcome, Redelivery


class Archived(NamedTuple):
    """A message in the archive, its last outcome and what was told of it; None while something in it has none."""

    message_id: int
    outcome: str | None = None
    report: dict[str, Any] | None = None


@transaction.atomic
def keep(*, name: str, origin: str, content: bytes, at: datetime, by: Actor) -> Archived:
    """Archive bytes from outside; the same bytes again are the same message, and noted as such."""
    [blob] = store.keep([content])
    known = Message.objects.filter(content_id=blob).first()
    if known is None:
        act = journal.record("exchange.receive", at=at, by=by, reason=name[:200])
        message = Message.objects.create(
            content_id=blob, name=name[:200], origin=origin[:200], size=len(content), act_id=act
        )
        return Archived(message.id)
    outcome = Outcome.objects.filter(message=known).order_by("-id").first()
    if outcome is None:
        return Archived(known.id)
    if not Redelivery.objects.filter(message=known, name=name[:200]).exists():
        act = journal.record("exchange.receive_again", at=at, by=by, reason=name[:200])
        Redelivery.objects.create(message=known, name=name[:200], act_id=act)
    return Archived(known.id, outcome.outcome, outcome.report)


def content(message_id: int) -> bytes:
    """The bytes of a message as they came."""
    return bytes(Message.objects.select_related("content").get(id=message_id).content.content)


def conclude(
    *, message_id: int, kind: str, outcome: str, report: dict[str, Any], at: datetime, by: Actor
) -> None:
    """Record that everything in a message has its outcome; the same outcome again is not recorded twice."""
    last = Outcome.objects.filter(message_id=message_id).order_by("-id").first()
    if last and (last.outcome, {**last.report, "name": ""}) == (outcome, {**report, "name": ""}):
        return
    act = journal.record("exchange.conclude", at=at, by=by)
    Outcome.objects.create(message_id=message_id, kind=kind, outcome=outcome, report=report, act_id=act)
