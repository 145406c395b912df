"""Load the table of steps with the models: buttons, API, trigger and documents all read it.

The pages of victims learn from here how the non-punishment reviews of the same person stand.
"""

from importlib import import_module

from django.apps import AppConfig


class SuspectsConfig(AppConfig):
    name = "suspects"

    def ready(self) -> None:
        import_module("suspects.workflow")
        import_module("suspects.kept_list")
        import_module("suspects.due")
        import_module("suspects.hearing_workflow")
        register = import_module("people.punishment").register
        register(import_module("suspects.presenters.reviews").standings_of)
