"""Django's door to this package."""

from django.apps import AppConfig


class StockConfig(AppConfig):
    name = "quai.stock"
