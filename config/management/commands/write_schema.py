"""Write docs/openapi.yaml, the API's schema; with --check, fail when it is stale."""

from itertools import zip_longest
from pathlib import Path
from typing import Any

from django.conf import settings
from django.core.management.base import BaseCommand, CommandError
from django.utils.translation import override
from drf_spectacular.generators import SchemaGenerator
from drf_spectacular.renderers import OpenApiYamlRenderer
from drf_spectacular.validation import validate_schema

PATH = Path("docs/openapi.yaml")


class Command(BaseCommand):
    help = "Write docs/openapi.yaml from the API's routes and serializers."
    requires_system_checks = ()

    def add_arguments(self, parser: Any) -> None:
        parser.add_argument("--check", action="store_true", help="fail when the file is stale")

    def handle(self, *args: Any, **options: Any) -> None:
        path = settings.BASE_DIR / PATH
        with override("en"):
            schema = SchemaGenerator().get_schema(request=None, public=True)
        validate_schema(schema)
        text = OpenApiYamlRenderer().render(schema, renderer_context={})
        if not options["check"]:
            path.write_bytes(text)
        elif differs := first_difference(path, text):
            raise CommandError(f"{PATH} is stale, run make docs: {differs}")


def first_difference(path: Path, text: bytes) -> str:
    """Return the first line in which the file differs from what it should be; nothing when it does not."""
    stands = path.read_text().splitlines() if path.is_file() else []
    pairs = enumerate(zip_longest(stands, text.decode().splitlines()), 1)
    return next((f"line {n} is {old!r}, not {new!r}" for n, (old, new) in pairs if old != new), "")
