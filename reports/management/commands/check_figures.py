"""Recompute every figure by plain SQL and compare."""

from typing import Any

from django.core.exceptions import ValidationError
from django.core.management.base import BaseCommand, CommandError, CommandParser

from accounts.services import system_user
from reports.check import check, check_splits
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

    def handle(self, *args: Any, **options: Any) -> None:
        try:
            window = Window.said({"from": options["first"], "to": options["last"]})
        except ValidationError as error:
            raise CommandError("; ".join(error.messages)) from error
        wrong = 0
        self.stdout.write(f"{window.first} to {window.last}, province {options['province']}, as the system sees it")
        for name, defined, plain in check(window, options["province"]):
            same = defined == plain
            wrong += not same
            self.stdout.write(f"{name:36} {defined!s:>8} {plain!s:>8}  {'same' if same else 'DIFFERS'}")
        for name, by_definition, by_sql in check_splits(window, options["province"]):
            same = by_definition == by_sql
            wrong += not same
            words = "same" if same else f"DIFFERS: {by_definition} {by_sql}"
            self.stdout.write(f"{name:45} {len(by_definition):>3} values, {sum(by_definition.values()):>6}  {words}")
        for one in check_cells(window.first.year, system_user()):
            wrong += len(one.differ)
            words = f"DIFFERS: {one.differ}" if one.differ else "same"
            self.stdout.write(f"to hand in, {one.name:20} {one.cells:>5} cells  {words}")
        if wrong:
            raise CommandError(f"{wrong} figures differ.")
