"""What a command says while it works, and what it gives to scripts."""

from __future__ import annotations

import io
import json
from dataclasses import dataclass
from datetime import date
from decimal import Decimal

import pytest
from rich.console import Console

from quai.cli import printing
from quai.core.findings import Finding


def shown(monkeypatch: pytest.MonkeyPatch, *, patience: float, terminal: bool = True) -> str:
    """What the person sees while two thirds of a file are read."""
    console = Console(file=io.StringIO(), force_terminal=terminal, width=100)
    monkeypatch.setattr(printing, "errors", console)
    monkeypatch.setattr(printing, "PATIENCE", patience)
    with printing.bar("Lecture", 3_000_000, unit="bytes") as watch:
        watch(1_000_000)
        watch(1_000_000)
    assert isinstance(console.file, io.StringIO)
    return console.file.getvalue()


def test_what_lasts_shows_how_far_it_is(monkeypatch: pytest.MonkeyPatch) -> None:
    told = shown(monkeypatch, patience=-1)
    assert "Lecture" in told
    assert "2.0/3.0 MB" in told


def test_things_are_counted_one_by_one(monkeypatch: pytest.MonkeyPatch) -> None:
    console = Console(file=io.StringIO(), force_terminal=True, width=100)
    monkeypatch.setattr(printing, "errors", console)
    monkeypatch.setattr(printing, "PATIENCE", -1)
    with printing.bar("Contrôles", 3) as advance:
        advance(1)
    assert isinstance(console.file, io.StringIO)
    assert "1/3" in console.file.getvalue()


def test_what_is_quick_shows_nothing(monkeypatch: pytest.MonkeyPatch) -> None:
    assert "Lecture" not in shown(monkeypatch, patience=3_600)


def test_a_log_is_not_filled_with_bars(monkeypatch: pytest.MonkeyPatch) -> None:
    assert shown(monkeypatch, patience=-1, terminal=False) == ""


@dataclass(frozen=True, slots=True)
class Told:
    """A report within a report."""

    on: date
    amount: Decimal
    findings: tuple[Finding, ...]


def test_reports_are_given_whole_however_deep(capsys: pytest.CaptureFixture[str]) -> None:
    printing.show_json(
        {"été": [Told(date(2026, 3, 2), Decimal("8.20"), (Finding("a.code", "line 1", 1, 2),))]}
    )
    written = capsys.readouterr().out
    assert "été" in written
    assert written.endswith("}\n")
    [told] = json.loads(written)["été"]
    assert (told["on"], told["amount"], told["findings"][0]["code"]) == ("2026-03-02", "8.20", "a.code")
