"""Attack the tables for the public by integer programming."""

from typing import Any

from django.core.exceptions import ValidationError
from django.core.management.base import BaseCommand, CommandError, CommandParser

from core.attack import NoSolver
from reports.attacked import Attacked, attack
from reports.indicators import Window
from reports.release import national, released


class Command(BaseCommand):
    help = (
        "Attack the tables for the public of a window: what a reader could work out of each hidden number. Fails where a "
        "small one is held narrower than the tables of one dimension hold it, or where one is worked out."
    )

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("--from", dest="first", default="2022-08-18", help="first day, YYYY-MM-DD")
        parser.add_argument("--to", dest="last", default="2022-09-29", help="last day, included")

    def handle(self, *args: Any, **options: Any) -> None:
        try:
            window = Window.said({"from": options["first"], "to": options["last"]})
        except ValidationError as error:
            raise CommandError("; ".join(error.messages)) from error
        found = released(national(window))
        try:
            every = attack(found)
        except NoSolver as error:
            raise CommandError("The solver is not installed: pip install highspy (a tool of development).") from error
        self.stdout.write(f"{window.first} to {window.last}, numbers of people from 1 to {found.k - 1} hidden")
        for one in every:
            self.stdout.write(self.line(one))
        if bad := sum(one.broken for one in every):
            raise CommandError(f"{bad} hidden numbers can be worked out.")

    def line(self, one: Attacked) -> str:
        """Say how one table stood."""
        narrow = "-" if one.narrowest is None else str(one.narrowest)
        held = f", {one.held} held narrow by tables of one dimension alone" if one.held else ""
        return f"{one.name:52} {one.cells:>5} numbers, {one.hidden:>4} hidden, narrowest range {narrow:>6}{held}  {'BROKEN' if one.broken else 'safe'}"
