"""The journal of acts: who did what, when and why. Every fact names its act."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime
from typing import Protocol

from quai.core.models import Act


class Acting(Protocol):
    """Whoever can be named in the journal (access.Actor)."""

    @property
    def id(self) -> int: ...


def record(verb: str, *, at: datetime, by: Acting, reason: str = "") -> int:
    """Write an act and return its id, to be named by every fact of the same verb."""
    return Act.objects.create(actor_id=by.id, verb=verb, at=at, reason=reason).id


def record_each(acts: Sequence[tuple[str, str]], *, at: datetime, by: Acting) -> list[int]:
    """Write an act for each verb and reason, in one statement; their ids, in the order given."""
    written = [Act(actor_id=by.id, verb=verb, at=at, reason=reason) for verb, reason in acts]
    return [act.id for act in Act.objects.bulk_create(written)]
