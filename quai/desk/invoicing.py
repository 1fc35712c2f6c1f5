"""Bill in one gesture: issue what left, release, render, send. Each stage can be late; this runs them in order."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from datetime import date, datetime
from decimal import Decimal
from pathlib import Path
from typing import Any

from quai.access.types import Actor
from quai.billing import actions as billing
from quai.exchange.einvoice import outbound


@dataclass(frozen=True, slots=True)
class Billed:
    """What one run issued, refused, rendered and sent."""

    issued: list[dict[str, Any]]
    refused: list[dict[str, Any]]
    net: Decimal
    gross: Decimal
    rendered: int
    unrendered: list[dict[str, Any]]
    sent: int


def bill(
    *, until: date, outbox: Path, at: datetime, by: Actor, progress: Callable[[int], None] = lambda _: None
) -> Billed:
    """Invoice the notes that left until a day, then render and send what is issued and not sent yet.

    One bad note is refused with its reason and the others are invoiced. Running it again is harmless.
    """
    report = billing.invoice_delivered(until=until, at=at, by=by)
    rendering, sent = send_issued(outbox=outbox, at=at, by=by, progress=progress)
    return Billed(
        issued=[one._asdict() for one in report.issued],
        refused=[one._asdict() for one in report.refused],
        net=sum((one.net for one in report.issued), Decimal("0.00")),
        gross=sum((one.gross for one in report.issued), Decimal("0.00")),
        rendered=rendering.rendered,
        unrendered=[one._asdict() for one in rendering.unrendered],
        sent=sent,
    )


def send_issued(
    *, outbox: Path, at: datetime, by: Actor, progress: Callable[[int], None] = lambda _: None
) -> tuple[outbound.RenderingReport, int]:
    """Render and send the documents issued and not sent yet: what was rendered, how many were sent."""
    rendering = outbound.render_released(at=at, by=by, progress=progress)
    return rendering, outbound.send_rendered(outbox=outbox, at=at, by=by, progress=progress)
