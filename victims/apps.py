"""Load the table of steps with the models: buttons, API, trigger and documents all read it."""

from importlib import import_module

from django.apps import AppConfig


class VictimsConfig(AppConfig):
    name = "victims"

    def ready(self) -> None:
        import_module("victims.workflow")
        import_module("victims.kept_list")
        import_module("victims.due")
        import_module("victims.operation_workflow")
        import_module("victims.repatriation_workflow")
        import_module("victims.deportation_workflow")
