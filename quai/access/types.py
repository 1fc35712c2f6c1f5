"""Who acts."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum


class Role(StrEnum):
    """What a member of staff does all day."""

    DESK = "desk"
    WAREHOUSE = "warehouse"
    BILLING = "billing"
    ACCOUNTING = "accounting"
    ADMIN = "admin"
    AUDITOR = "auditor"
    SYSTEM = "system"  # the house's own commands and jobs


@dataclass(frozen=True, slots=True)
class Actor:
    """The person, or the house's own command, whose act a fact is."""

    id: int
    name: str
    role: Role
