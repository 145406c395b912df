"""Bring the database to the code: migrations, the application's rights, the table of steps, the keys of searches."""

from typing import Any

from django.core.management import call_command
from django.core.management.commands import migrate

from complaints.services.index import reindex
from complaints.services.mending import mend_reporters
from config.grants import write_grants
from core.owner import as_owner
from workflow.services import publish

ONLY_LOOKING = ("plan", "check_unapplied")


class Command(migrate.Command):
    help = "Migrate as the owner, then grant the application's role its rights and fill the table of steps and the missing search keys."

    def handle(self, *args: Any, **options: Any) -> None:
        with as_owner():
            super().handle(*args, **options)
            if not any(options[name] for name in ONLY_LOOKING):
                call_command("createcachetable", verbosity=0)
                write_grants()
                publish()
                if not options["app_label"]:  # a step back may have taken the table away
                    reindex()
                    mend_reporters()
