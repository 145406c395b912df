"""Load articles of the law and courts."""

from typing import Any

from django.core.management.base import BaseCommand

from suspects.services import load_law


class Command(BaseCommand):
    help = "Load the articles of the law and the courts that the project carries; what was edited here stays."

    def handle(self, *args: Any, **options: Any) -> None:
        added = load_law()
        self.stdout.write(", ".join(f"{name}: {n} added" for name, n in added.items()))
