"""The neutral order, whatever the channel it came by, and the fates of its lines."""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import date
from enum import StrEnum
from typing import NamedTuple


class Kind(StrEnum):
    """Why the shop orders (EDItEUR order types, as the trade uses them)."""

    RESTOCK = "restock"
    ADVANCE = "advance"
    OFFICE = "office"
    OPERATION = "operation"
    URGENT = "urgent"


class BackorderPolicy(StrEnum):
    """What the shop wants done with a copy that is missing."""

    USUAL = "usual"  # as the account says
    KEEP = "keep"
    DROP = "drop"
    KEEP_IF_NEW = "keep_if_new"


URGENT_OPERATION = "**2424"  # in by the cut-off, leaves next day


class OrderedLine(NamedTuple):
    """One line as the shop wrote it. A tuple because a file holds hundreds of thousands."""

    gtin: str
    quantity: int
    line_reference: str  # at most 8 characters, printed back to the shop
    position: int  # line (or segment) number in the file, for messages to people


@dataclass(frozen=True, slots=True)
class OrderMessage:
    """One order read from outside. GLNs and GTINs are strings as received: a wrong check digit only warns."""

    supplier: str
    buyer: str
    reference: str
    ordered_on: date
    lines: tuple[OrderedLine, ...]
    deliver_to: str = ""  # empty: to the buyer
    relay: str = ""
    operation_code: str = ""
    kind: Kind = Kind.RESTOCK
    shipping_mode: str = ""  # two digits of the trade, "09" usual; empty: not said
    backorder_policy: BackorderPolicy = BackorderPolicy.USUAL
    discount_term: str = ""
    earliest_on: date | None = None
    latest_on: date | None = None
    position: int = 0  # where it begins in the file
    problems: tuple[Problem, ...] = field(default=())  # warnings: the order still enters


@dataclass(frozen=True, slots=True)
class Problem:
    """Something a person should know about a message; an error hides the order or line it names.

    `message` is a whole French sentence; the others say where, as far as known.
    """

    severity: str  # "warning" or "error"
    message: str
    order: str = ""  # the shop's reference
    line: str = ""  # its line reference or GTIN
    position: int = 0  # line or segment number in the file, from 1


class Fate(StrEnum):
    """What became of the copies of an order line; every copy has exactly one."""

    UNDECIDED = "undecided"
    RESERVED = "reserved"
    WAITING = "waiting"
    BACKORDERED = "backordered"
    HELD = "held"
    GROUPED = "grouped"
    SHIPPED = "shipped"
    REFUSED = "refused"
    CANCELLED = "cancelled"
