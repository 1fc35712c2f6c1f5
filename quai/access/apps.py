"""Django's door to this package."""

from django.apps import AppConfig


class AccessConfig(AppConfig):
    name = "quai.access"
