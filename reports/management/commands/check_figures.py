"""Recompute every figure by plain SQL and compare."""

from typing import Any

from django.core.exceptions import ValidationError
from django.core.management.base import BaseCommand, CommandError, CommandParser

from accounts.services import system_user
from reports.check import check
from reports.check_splits import check_splits
from reports.handin.checked import check_cells
from reports.indicators import Window


class Command(BaseCommand):
    help = (
        "Recompute each indicator of a window by plain SQL written apart from its definition; fails where they differ."
    )

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("--from", dest="first", default="2022-08-18", help="first day, YYYY-MM-DD")
        parser.add_argument("--to", dest="last", default="2022-09-29", help="last day, included")
        parser.add_argument("--province", default="18", help="for complaints_from_or_about")
        parser.add_argument("--touched", action="store_true", help="fail too where a figure is 0: nothing was compared")
        parser.add_argument("--without-cells", action="store_true", help="leave out the tables to hand in")

    def handle(self, *args: Any, **options: Any) -> None:
        try:
            window = Window.said({"from": options["first"], "to": options["last"]})
        except ValidationError as error:
            raise CommandError("; ".join(error.messages)) from error
        self.stdout.write(f"{window.first} to {window.last}, province {options['province']}, as the system sees it")
        empty, wrong = self.figures(window, options["province"])
        wrong += self.splits(window, options["province"])
        if not options["without_cells"]:
            wrong += self.cells(window)
        if wrong:
            raise CommandError(f"{wrong} figures differ.")
        if empty and options["touched"]:
            raise CommandError(f"Nothing to compare: {', '.join(empty)}.")

    def figures(self, window: Window, province: str) -> tuple[list[str], int]:
        """Say of each figure whether both ways count the same; return which are 0, and how many differ."""
        found = check(window, province)
        for name, defined, plain in found:
            words = "same" if defined == plain else "DIFFERS"
            self.stdout.write(f"{name:36} {defined!s:>8} {plain!s:>8}  {words}")
        empty = [name for name, defined, _plain in found if not defined]
        self.stdout.write(f"{len(found) - len(empty)} of {len(found)} figures are not 0")
        return empty, sum(defined != plain for _name, defined, plain in found)

    def splits(self, window: Window, province: str) -> int:
        """Say of each split whether both ways count the same; return how many differ."""
        found = check_splits(window, province)
        for name, by_definition, by_sql in found:
            words = "same" if by_definition == by_sql else f"DIFFERS: {by_definition} {by_sql}"
            self.stdout.write(f"{name:55} {len(by_definition):>3} values, {sum(by_definition.values()):>6}  {words}")
        filled = sum(any(by_definition.values()) for _name, by_definition, _by_sql in found)
        self.stdout.write(f"{filled} of {len(found)} splits are not 0")
        return sum(by_definition != by_sql for _name, by_definition, by_sql in found)

    def cells(self, window: Window) -> int:
        """Say of each table to hand in whether its cells are what their records are; return how many are not."""
        wrong = 0
        for one in check_cells(window.first.year, system_user()):
            wrong += len(one.differ)
            words = f"DIFFERS: {one.differ}" if one.differ else "same"
            self.stdout.write(f"to hand in, {one.name:20} {one.cells:>5} cells  {words}")
        return wrong
