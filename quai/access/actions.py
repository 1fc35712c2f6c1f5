"""Verbs on staff."""

from __future__ import annotations

from collections.abc import Sequence

from django.contrib.auth.hashers import make_password

from quai.access.models import User
from quai.access.queries import actor
from quai.access.types import Actor, Role

SYSTEM_LOGIN = "system"


def enrol(*, staff: Sequence[tuple[str, str, Role]]) -> list[Actor]:
    """Make accounts (login, name, role) for those who have none yet. They cannot log in before a password is set."""
    User.objects.bulk_create(
        [
            User(login=login, name=name, role=role, password=make_password(None))
            for login, name, role in staff
        ],
        ignore_conflicts=True,
    )
    return [actor(login) for login, _, _ in staff]


def system() -> Actor:
    """The actor of the house's own commands and jobs."""
    [found] = enrol(staff=[(SYSTEM_LOGIN, "Quai", Role.SYSTEM)])
    return found
