"""Load the table of steps with the models."""

from importlib import import_module

from django.apps import AppConfig


class PreventionConfig(AppConfig):
    name = "prevention"

    def ready(self) -> None:
        import_module("prevention.workflow")
