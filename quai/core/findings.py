"""What a check says when something that must always be true is not."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from typing import Any


@dataclass(frozen=True, slots=True)
class Finding:
    """One broken promise: which rule, about what, what was expected and what was found."""

    code: str
    subject: str
    expected: Any = None
    found: Any = None

    def __str__(self) -> str:
        return f"{self.code} {self.subject}: {self.expected!r} attendu, {self.found!r} trouvé"


Check = Callable[[], Iterator[Finding]]
