"""Load the table of steps with the models: buttons, API, trigger and documents all read it."""

from importlib import import_module

from django.apps import AppConfig


class SuspectsConfig(AppConfig):
    name = "suspects"

    def ready(self) -> None:
        import_module("suspects.workflow")
