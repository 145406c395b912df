"""Load provinces, districts, communes and villages."""

import time
from pathlib import Path
from typing import Any

from django.core.exceptions import ValidationError
from django.core.management.base import BaseCommand, CommandError, CommandParser

from provinces.services import CARRIED, is_known, load_places


class Command(BaseCommand):
    help = (
        "Load the gazetteer that the project carries, once for each version of its files; "
        "with --from, load another one (or the same again)."
    )

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("--from", dest="folder", type=Path, help="folder with the four CSV files")

    def handle(self, *args: Any, **options: Any) -> None:
        start, folder = time.monotonic(), options["folder"]
        if folder is None and is_known():
            self.stdout.write("Places: this version is loaded already.")
            return
        try:
            changes = load_places(folder or CARRIED)
        except (ValidationError, UnicodeDecodeError) as error:
            raise CommandError("; ".join(getattr(error, "messages", [str(error)]))) from error
        for name, counts in changes.items():
            said = ", ".join(f"{number:,} {what}" for what, number in counts.items() if number)
            self.stdout.write(f"{name}: {said or 'nothing changed'}")
        self.stdout.write(f"Places loaded in {time.monotonic() - start:.1f} s.")
