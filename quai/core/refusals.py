"""The anticipated "no", and the programmer's error that is not one."""

from __future__ import annotations

from typing import Any, ClassVar

from django.utils.translation import gettext


class Refusal(Exception):  # noqa: N818 - a refusal is an answer, not an error
    """The request cannot be met.

    A subclass lives beside the verb that raises it. Its docstring is the message in English, its French is in the
    catalogue of translations, its code is stable and known to screens, channels and the API.
    """

    code: ClassVar[str]

    def __init__(self, **parameters: Any) -> None:
        super().__init__(self.code, parameters)
        self.parameters = parameters

    def __str__(self) -> str:
        return gettext(" ".join((type(self).__doc__ or self.code).split())) % self.parameters


class NeedsConfirmation(Refusal):
    """Are you sure? The same request again, with what it asks for, is granted."""

    code = "core.needs_confirmation"


class InvariantError(Exception):
    """Something that must always be true is not: stop before it is written down."""


def invariant(condition: object, what: str) -> None:
    """Crash loudly unless `condition` holds; used before a ledger write and after the read that follows."""
    if not condition:
        raise InvariantError(what)
