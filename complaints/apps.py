"""Load the table of steps with the models (buttons, API, trigger and documents all read it), and what follows a site."""

from importlib import import_module

from django.apps import AppConfig


class ComplaintsConfig(AppConfig):
    name = "complaints"

    def ready(self) -> None:
        import_module("complaints.workflow")
        import_module("complaints.contact_workflow")
        import_module("complaints.kept_list")
        import_module("complaints.due")
        import_module("complaints.services.handling")
        import_module("complaints.services.digest")
        import_module("complaints.services.escalate")  # its kinds of notice: the web server shows them too
