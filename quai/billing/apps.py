"""Django's door to this package."""

from django.apps import AppConfig


class BillingConfig(AppConfig):
    name = "quai.billing"
