"""Django's door to this package."""

from django.apps import AppConfig


class CoreConfig(AppConfig):
    name = "quai.core"
