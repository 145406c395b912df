"""Make the first administrator, once."""

import os
from typing import Any

from django.core.exceptions import ValidationError
from django.core.management.base import BaseCommand, CommandError, CommandParser

from accounts.services import first_admin
from core.exceptions import Conflict


class Command(BaseCommand):
    help = "Make the first administrator, once; prints a first password that is changed at the first sign-in."

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("--username", default=os.environ.get("SANGKROH_ADMIN_USERNAME", ""))
        parser.add_argument("--name", default=os.environ.get("SANGKROH_ADMIN_NAME", ""))

    def handle(self, *args: Any, **options: Any) -> None:
        username = options["username"] or self.ask("User name: ", "SANGKROH_ADMIN_USERNAME")
        name = options["name"] or self.ask("Name in Latin letters: ", "SANGKROH_ADMIN_NAME")
        try:
            user, password = first_admin(username=username, name=name)
        except Conflict as error:
            raise CommandError(error.message) from error
        except ValidationError as error:
            raise CommandError(" ".join(error.messages)) from error
        self.stdout.write(f"Administrator: {user.username}\nFirst password, shown once: {password}")

    def ask(self, question: str, variable: str) -> str:
        """Ask at the terminal; raises CommandError where nobody answers."""
        try:
            return input(question).strip()
        except EOFError as error:
            raise CommandError(f"Nobody answers here: set {variable}, or give it as an option.") from error
