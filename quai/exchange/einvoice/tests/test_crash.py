"""Killed anywhere between a truck and an outbox, billing run again ends in the same place; two at once do too."""

from __future__ import annotations

import os
import signal
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

from quai.access.actions import system
from quai.access.types import Actor
from quai.billing import actions as billing
from quai.billing import queries
from quai.billing.tests.deliveries import CLOSED, NOON, Copies, Delivery, deliver, nothing_wrong, opened
from quai.core import checks as core_checks
from quai.core import journal, sql
from quai.exchange.einvoice import outbound
from tests import cast as stage
from tests import crew

NOTES = 6
HERE = __name__


@pytest.fixture
def house(fresh_house: str, django_db_blocker: Any) -> Iterator[Actor]:
    """A house with departed notes, where transactions really commit."""
    with django_db_blocker.unblock():
        by = system()
        act = journal.record("test", at=NOON, by=by)
        cast = stage.make(act)
        title = stage.title(cast, act, "Le Phare", "9782070360024")
        opened(NOON, by)
        deliver(cast, act, *(Delivery(cast.shop, [Copies(title, n)]) for n in range(1, NOTES + 1)))
        yield by


def the_whole_way(by: Actor, outbox: Path) -> None:
    """From departed notes to files that left."""
    billing.invoice_delivered(until=CLOSED, at=NOON, by=by)
    outbound.render_released(at=NOON, by=by)
    outbound.send_rendered(outbox=outbox, at=NOON, by=by)


def arrived(outbox: Path) -> None:
    """Each note has one invoice, numbered without a gap, rendered, sent; nothing waits and nothing is wrong."""
    assert queries.stage_counts() == (NOTES, 0, 0, 0, NOTES)
    assert queries.delivered_not_invoiced().notes == 0
    numbers = [f"F2026-{n:06}" for n in range(1, NOTES + 1)]
    assert sorted(file.name for file in outbox.iterdir()) == [f"{number}.pdf" for number in numbers]
    assert nothing_wrong() == []
    assert [finding for check in core_checks.CHECKS for finding in check()] == []


def go(number: int, outbox: str) -> None:
    """A worker's job."""
    the_whole_way(system(), Path(outbox))


def be_killed(number: int, given: tuple[str, str]) -> None:
    """A worker's job: go the whole way, but be killed as one statement is about to run."""
    step, outbox = given
    run = sql.run

    def run_or_die(name: str, *more: Any, **named: Any) -> int:
        if name == step:
            os.kill(os.getpid(), signal.SIGKILL)
        return run(name, *more, **named)

    sql.run = run_or_die
    the_whole_way(system(), Path(outbox))


@pytest.mark.parametrize(
    "step",
    [
        "billing/insert_lines.sql",
        "core/take_numbers.sql",
        "billing/run_forget.sql",  # everything is written, nothing committed
        "billing/release.sql",
        "billing/record_renditions.sql",  # rendered and not recorded
        "billing/record_sent.sql",  # in the outbox and not recorded
    ],
)
def test_killed_and_run_again(house: Actor, tmp_path: Path, step: str) -> None:
    outbox = tmp_path / "outbox"
    with pytest.raises(AssertionError, match="a worker died"):
        crew.run(f"{HERE}:be_killed", (step, str(outbox)), workers=1)
    before = {file.name: file.read_bytes() for file in outbox.iterdir()} if outbox.exists() else {}
    assert bool(before) == (step == "billing/record_sent.sql")
    the_whole_way(house, outbox)
    arrived(outbox)
    assert {name: (outbox / name).read_bytes() for name in before} == before


def test_two_at_once_invoice_each_note_once(house: Actor, tmp_path: Path) -> None:
    crew.run(f"{HERE}:go", str(tmp_path), workers=2)
    the_whole_way(house, tmp_path)
    arrived(tmp_path)
