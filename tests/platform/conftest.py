"""Whole runs on temporary state directories."""

import tempfile
from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.platform.stack import Stack


@pytest.fixture
def stack() -> Iterator[Stack]:
    """A run that was not started yet."""
    with tempfile.TemporaryDirectory(prefix="sangkroh-", ignore_cleanup_errors=True) as folder:
        Path(folder).chmod(0o755)  # PostgreSQL's user walks through it
        run = Stack(Path(folder) / "state")
        try:
            yield run
        finally:
            run.stop()
