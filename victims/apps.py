"""Load the table of steps with the models: buttons, API, trigger and documents all read it."""

from importlib import import_module

from django.apps import AppConfig


class VictimsConfig(AppConfig):
    name = "victims"

    def ready(self) -> None:
        import_module("victims.workflow")
