"""Django's door to this package."""

from django.apps import AppConfig


class WarehouseConfig(AppConfig):
    name = "quai.warehouse"
