"""Django's door to this package."""

from django.apps import AppConfig


class ExchangeConfig(AppConfig):
    name = "quai.exchange"
