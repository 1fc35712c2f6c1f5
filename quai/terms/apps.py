"""Django's door to this package."""

from django.apps import AppConfig


class TermsConfig(AppConfig):
    name = "quai.terms"
