"""Answers about staff."""

from __future__ import annotations

from quai.access.models import User
from quai.access.types import Actor, Role
from quai.core.refusals import Refusal


class UnknownLogin(Refusal):
    """There is no member of staff %(login)s."""

    code = "access.unknown_login"


def actor(login: str) -> Actor:
    """The actor of this login."""
    user = User.objects.filter(login=login, is_active=True).first()
    if user is None:
        raise UnknownLogin(login=login)
    return Actor(user.id, user.name, Role(user.role))
