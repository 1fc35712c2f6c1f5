"""Staff accounts. The user model is ours from the first migration, so that ids can be merged between nodes."""

from __future__ import annotations

from typing import ClassVar

from django.contrib.auth.base_user import AbstractBaseUser, BaseUserManager
from django.db import models

from quai.access.types import Role
from quai.core.kinds import Draft


class User(AbstractBaseUser, Draft):
    """A member of staff, or the system itself."""

    id = models.BigAutoField(primary_key=True)
    login = models.CharField(max_length=60)
    name = models.CharField(max_length=120)
    role = models.CharField(max_length=12, choices=[(role.value, role.value) for role in Role])
    is_active = models.BooleanField(default=True)

    USERNAME_FIELD = "login"

    objects = BaseUserManager["User"]()

    class Meta:
        db_table = "access_user"
        constraints: ClassVar = [models.UniqueConstraint(fields=["login"], name="access_user_login")]
