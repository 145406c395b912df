"""Bring everything up on this machine, and keep it up."""

import os
import signal
import sys
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager, nullcontext
from pathlib import Path
from typing import Any

from django.core.management.base import BaseCommand, CommandError, CommandParser

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
        parser.add_argument("--temporary", action="store_true", help="use a state directory of its own and remove it")
        parser.add_argument("--careless", action="store_true", help="with --temporary: do not wait for the disk")

    def handle(self, *args: Any, **options: Any) -> None:
        environ = dict(os.environ)
        if options["careless"] and not options["temporary"]:
            raise CommandError("--careless loses data when the power fails: it goes with --temporary.")
        parent = environ.pop("SANGKROH_PARENT", "")
        if parent:  # set by the Makefile: end with make, also when it is killed
            follow_parent(signal.SIGTERM, int(parent))
        with _temporary(environ) if options["temporary"] else nullcontext():
            code = self._run(environ, options["beside"], careless=options["careless"])
        sys.exit(code)

    def _run(self, environ: dict[str, str], beside: list[str], *, careless: bool) -> int:
        try:
            run = Run(environ, careless=careless)
            return run.for_command(beside) if beside else run.serve()
        except Refusal as refusal:
            self.stderr.write(str(refusal))
            return 1


@contextmanager
def _temporary(environ: dict[str, str]) -> Iterator[None]:
    """A state directory for this run alone, inside SANGKROH_STATE where that is set."""
    inside = environ.get("SANGKROH_STATE")
    if inside:
        Path(inside).mkdir(parents=True, exist_ok=True)
    with tempfile.TemporaryDirectory(prefix="sangkroh-", dir=inside, ignore_cleanup_errors=True) as folder:
        environ["SANGKROH_STATE"] = folder
        yield
