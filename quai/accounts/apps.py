"""Django's door to this package."""

from django.apps import AppConfig


class AccountsConfig(AppConfig):
    name = "quai.accounts"
