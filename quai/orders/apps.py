"""Django's door to this package."""

from django.apps import AppConfig


class OrdersConfig(AppConfig):
    name = "quai.orders"
