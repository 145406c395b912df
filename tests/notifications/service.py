"""The HTTP process of these tests: where it listens and what it took."""

import base64
import json
import subprocess
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from config.embedded.ports import free_port
from tests.faults.fleet import ROOT, listens, wait_until


@dataclass
class Service:
    """A gateway or push service of another process."""

    port: int
    lines: Path

    def url(self, behaviour: str) -> str:
        return f"http://127.0.0.1:{self.port}/{behaviour}"

    @property
    def took(self) -> list[dict[str, Any]]:
        """What arrived, in order; `said` is the body as JSON where it is JSON."""
        lines = self.lines.read_text().splitlines() if self.lines.exists() else []
        return [read(json.loads(line)) for line in lines]

    @property
    def said(self) -> list[dict[str, str]]:
        return [json.loads(line["body"]) for line in self.took]


def read(line: dict[str, Any]) -> dict[str, Any]:
    headers = {name.lower(): value for name, value in line["headers"].items()}
    return {"path": line["path"], "headers": headers, "body": base64.b64decode(line["body"])}


@contextmanager
def serving(folder: Path) -> Iterator[Service]:
    """Start the process and end it."""
    service = Service(free_port(), folder / "taken")
    words = [sys.executable, "-m", "tests.faults.gateway", str(service.port), str(service.lines), "0"]
    process = subprocess.Popen(words, cwd=ROOT)
    try:
        wait_until(lambda: listens(service.port), 30, "the gateway listens")
        yield service
    finally:
        process.kill()
        process.wait()
