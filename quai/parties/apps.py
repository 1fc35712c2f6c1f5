"""Django's door to this package."""

from django.apps import AppConfig


class PartiesConfig(AppConfig):
    name = "quai.parties"
