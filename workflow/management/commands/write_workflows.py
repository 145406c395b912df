"""Write docs/workflows.md from the tables of steps; with --check, fail when it is stale."""

from pathlib import Path
from typing import Any

from django.conf import settings
from django.core.management.base import BaseCommand, CommandError
from django.utils.translation import override

from workflow.table import REGISTRY, Step, Workflow

PATH = Path("docs/workflows.md")
HEAD = """# Steps

Written by `make docs` from each room's `workflow.py`; do not edit. The same tables make the buttons, the API's
`available_steps`, the tests and the database's own guard (`workflow_step`).
"""


class Command(BaseCommand):
    help = "Write docs/workflows.md from the tables of steps."
    requires_system_checks: list[str] = []  # type: ignore[misc]

    def add_arguments(self, parser: Any) -> None:
        parser.add_argument("--check", action="store_true", help="fail when the file is stale")

    def handle(self, *args: Any, **options: Any) -> None:
        path = settings.BASE_DIR / PATH
        with override("en"):
            text = HEAD + "".join(section(table) for _name, table in sorted(REGISTRY.items()))
        if options["check"]:
            if not path.is_file() or path.read_text() != text:
                raise CommandError(f"{PATH} is stale: run make docs")
            return
        path.write_text(text)


def section(table: Workflow) -> str:
    """Return one table of steps as Markdown, with a diagram."""
    lines = [
        f"\n## `{table.name}`: `{table.model}.{table.field}`\n",
        f"Born as: {', '.join(f'`{state}`' for state in table.initial)}.\n",
        "| step | button | from | to | permission | asks | second person |",
        "|---|---|---|---|---|---|---|",
        *(row(step) for step in table.steps),
        "\n```mermaid\nstateDiagram-v2",
        *(f"    [*] --> {state}" for state in table.initial),
        *(f"    {a} --> {step.target}: {step.name}" for step in table.steps if step.target for a in step.sources),
        "```",
    ]
    return "\n".join(lines) + "\n"


def row(step: Step) -> str:
    """Return one step as a row."""
    sources = ", ".join(f"`{source}`" for source in step.sources)
    target = f"`{step.target}`" if step.target else "stays"
    asks = [f"`{ask.name}`" + ("" if ask.required else " (optional)") for ask in step.asks]
    asks += ["a note"] if step.note_required else []
    second = "is asked" if step.two_people else ("decides" if step.permission.endswith((".confirm", ".close")) else "")
    cells = (f"`{step.name}`", str(step.label), sources, target, f"`{step.permission}`", ", ".join(asks), second)
    return "| " + " | ".join(cells) + " |"
