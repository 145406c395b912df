"""Only the outbox publishes tasks: a task published elsewhere could be lost, or fail the request that published it."""

import re
from pathlib import Path

from django.conf import settings

PUBLISHING = re.compile(r"\.delay\(|\.delay_on_commit\(|apply_async|send_task\(|\.si?\([^)]*\)\.apply")
ROOMS = [
    path
    for path in Path(settings.BASE_DIR).glob("*/**/*.py")
    if not {".venv", "node_modules", "tests", "bench", "var"} & set(path.relative_to(settings.BASE_DIR).parts)
]


def test_nothing_but_the_outbox_publishes_tasks() -> None:
    found = [str(path.relative_to(settings.BASE_DIR)) for path in ROOMS if PUBLISHING.search(path.read_text())]
    assert found == ["notifications/services.py"]
