"""Django's settings. The database's address is filled in when a house is opened (config/boot.py)."""

from __future__ import annotations

from pathlib import Path
from typing import Any

SECRET_KEY = "set when a house is opened"  # noqa: S105 - no session exists before `boot.open_house` replaces it
PACKAGES = [
    "core",
    "access",
    "parties",
    "catalogue",
    "terms",
    "stock",
    "accounts",
    "orders",
    "warehouse",
    "billing",
    "exchange",
]
INSTALLED_APPS = ["django.contrib.postgres", *(f"quai.{package}" for package in PACKAGES)]
AUTH_USER_MODEL = "access.User"
DEFAULT_AUTO_FIELD = "django.db.models.BigAutoField"
USE_TZ = True
TIME_ZONE = "UTC"
LANGUAGE_CODE = "fr"
LANGUAGES = [("fr", "Français"), ("en", "English")]
LOCALE_PATHS = [Path(__file__).resolve().parents[1] / "locale"]
DATABASES: dict[str, dict[str, Any]] = {
    alias: {
        "ENGINE": "django.db.backends.postgresql",
        "NAME": "quai",
        "HOST": "127.0.0.1",
        "CONN_MAX_AGE": None,
    }
    for alias in ("default", "owner")
}
SILENCED_SYSTEM_CHECKS = ["fields.W342"]  # a key, not a relation with an accessor
