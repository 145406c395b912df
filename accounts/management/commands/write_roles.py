"""Write docs/roles.md from the table of roles."""

from pathlib import Path
from typing import Any

from django.conf import settings
from django.core.management.base import BaseCommand, CommandError, CommandParser
from django.utils import translation

from accounts.roles import PERMISSIONS, ROLES

TARGET = Path(settings.BASE_DIR) / "docs" / "roles.md"


def table() -> str:
    """Draw the table as Markdown, a line a permission."""
    roles = [name for name in ROLES if name != "system"]
    with translation.override("en"):
        heads = " | ".join(f"{ROLES[name].label} (`{name}`)" for name in roles)
        lines = [
            "# Roles",
            "",
            "Generated from `accounts/roles.py` by `manage.py write_roles`; change the table there. A user has one role.",
            "",
            f"| permission | {heads} |",
            "|---|" + "---|" * len(roles),
            "| *own rows* | " + " | ".join(ROLES[name].branch.value for name in roles) + " |",
        ]
    for permission in sorted(PERMISSIONS):
        ticks = ["yes" if permission in ROLES[name].permissions else "" for name in roles]
        lines.append(f"| `{permission}` | " + " | ".join(ticks) + " |")
    lines += [
        "",
        "Own rows: *provinces* = provincial handling in the provinces of today's postings; *national* = provincial and",
        "national-led handling everywhere; *sealed* = sealed complaints, read only; *nothing* = what is granted at most.",
        "The user `system` may do everything and never signs in.",
        "",
    ]
    return "\n".join(lines)


class Command(BaseCommand):
    help = "Write docs/roles.md from the table of roles; --check says whether it is up to date."

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("--check", action="store_true")

    def handle(self, *args: Any, **options: Any) -> None:
        text = table()
        if not options["check"]:
            TARGET.write_text(text)
        elif not TARGET.is_file() or TARGET.read_text() != text:
            raise CommandError("docs/roles.md is out of date: run manage.py write_roles")
