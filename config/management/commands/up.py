"""Bring everything up on this machine, and keep it up."""

import os
import signal
import sys
from typing import Any

from django.core.management.base import BaseCommand, CommandParser

from config.embedded.process import follow_parent
from config.embedded.run import Run
from config.embedded.words import Refusal


class Command(BaseCommand):
    help = (
        "Start PostgreSQL, Valkey, web, worker and beat, and stop them together. After `--`, a command: only the servers"
        " are started, the command is run beside them, and its exit code is returned."
    )
    requires_system_checks = ()

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("beside", nargs="*", metavar="command")

    def handle(self, *args: Any, **options: Any) -> None:
        environ = dict(os.environ)
        parent = environ.pop("SANGKROH_PARENT", "")
        if parent:  # set by the Makefile: end with make, also when it is killed
            follow_parent(signal.SIGTERM, int(parent))
        try:
            run = Run(environ)
            code = run.for_command(options["beside"]) if options["beside"] else run.serve()
        except Refusal as refusal:
            self.stderr.write(str(refusal))
            code = 1
        sys.exit(code)
