"""Load the demonstration data."""

from typing import Any

from django.core.management.base import BaseCommand, CommandError

from config.demo import DemoRefused, build


class Command(BaseCommand):
    help = "Load fictional users, sites and complaints; repeating changes nothing."

    def handle(self, *args: Any, **options: Any) -> None:
        try:
            self.stdout.write(build())
        except DemoRefused as error:
            raise CommandError(str(error)) from error
