"""Load the table of steps, and what waits for a second person, with the models."""

from importlib import import_module

from django.apps import AppConfig


class ReportsConfig(AppConfig):
    name = "reports"

    def ready(self) -> None:
        import_module("reports.workflow")
        import_module("reports.exports.waiting")
