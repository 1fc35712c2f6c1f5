"""What is told of a file: one outcome per file, per order, per line."""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import date
from enum import StrEnum


class FileOutcome(StrEnum):
    """What came of a whole file."""

    RECEIVED = "received"
    DUPLICATE = "duplicate"
    PARTIAL = "partial"
    REFUSED = "refused"


@dataclass(frozen=True, slots=True)
class LineReport:
    """Copies of one line and their fate; a line that splits is reported in as many parts."""

    ean: str
    quantity: int
    line_reference: str
    fate: str
    reason: str
    successor: str = ""  # GLN of whom to ask instead, when the title is no longer ours and we know


@dataclass(frozen=True, slots=True)
class OrderReport:
    """One order of a file as it was read, and what came of it."""

    reference: str
    supplier: str
    buyer: str
    deliver_to: str
    relay: str
    ordered_on: date | None
    earliest_on: date | None
    latest_on: date | None
    operation_code: str
    kind: str
    shipping_mode: str
    backorder_policy: str
    outcome: str  # received, duplicate, needs_person, refused
    lines: list[LineReport] = field(default_factory=list)


@dataclass(frozen=True, slots=True)
class ProblemReport:
    """Something a person should know; `position` is a line, segment or product number in the file."""

    severity: str
    order: str
    line: str
    position: int
    message: str


@dataclass(slots=True)
class FileReport:
    """What came of a file. Filled as the file is read."""

    name: str
    sha256: str
    kind: str = "unknown"
    outcome: FileOutcome = FileOutcome.REFUSED
    orders: list[OrderReport] = field(default_factory=list)
    products: dict[str, int] = field(default_factory=lambda: {"received": 0, "refused": 0})
    rows: dict[str, int] = field(default_factory=lambda: {"received": 0, "refused": 0})  # of a list
    problems: list[ProblemReport] = field(default_factory=list)

    def error(self, message: str) -> None:
        """Note why nothing, or not everything, could be read."""
        self.problems.append(ProblemReport("error", "", "", 0, message))

    def concluded(self) -> FileReport:
        """Say what came of the file as a whole, once everything in it has its outcome."""
        outcomes = [order.outcome for order in self.orders]
        entered = self.products["received"] + self.rows["received"]
        entered += sum(outcome != "refused" for outcome in outcomes)
        hidden = self.products["refused"] + self.rows["refused"] + outcomes.count("refused")
        hidden += sum(problem.severity == "error" for problem in self.problems)
        if not entered:
            self.outcome = FileOutcome.REFUSED if hidden else FileOutcome.RECEIVED
        elif hidden:
            self.outcome = FileOutcome.PARTIAL
        elif outcomes and set(outcomes) == {"duplicate"}:
            self.outcome = FileOutcome.DUPLICATE
        else:
            self.outcome = FileOutcome.RECEIVED
        return self
