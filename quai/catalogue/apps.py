"""Django's door to this package."""

from django.apps import AppConfig


class CatalogueConfig(AppConfig):
    name = "quai.catalogue"
