"""Settings come from the environment, and .env.example names them all."""

import re
from pathlib import Path

import pytest
import yaml
from django.conf import settings

from config.embedded.state import PURPOSES

ROOT = Path(settings.BASE_DIR)
READ = re.compile(r"\b(?:env(?:\.\w+)?\(|environ(?:\.get|\.pop)?[(\[])\s*\"([A-Z][A-Z_]+)\"")
# Not settings of ours: how the Makefile, Python and systemd speak to a process, and a server to the application.
OTHERS = {"CONTENT_TYPE", "SANGKROH_PARENT", "PATH", "PYTHONDONTWRITEBYTECODE", "CI"}


def _rooms() -> list[Path]:
    left_out = {".venv", "node_modules", "tests", "bench", "var", "scripts"}
    return [path for path in ROOT.glob("[a-z]*/**/*.py") if not left_out & set(path.relative_to(ROOT).parts)]


def _example() -> set[str]:
    return set(re.findall(r"^#?([A-Z][A-Z_]+)=", (ROOT / ".env.example").read_text(), re.MULTILINE))


def test_every_setting_that_is_read_is_named() -> None:
    read = {name for path in _rooms() for name in READ.findall(path.read_text())}
    assert len(read) > 20
    assert read - OTHERS <= _example()


def test_every_key_is_named() -> None:
    assert {f"SANGKROH_KEY_{purpose.upper()}" for purpose in PURPOSES} <= _example()


def test_every_variable_of_compose_is_named() -> None:
    text = (ROOT / "docker-compose.yml").read_text()
    assert set(re.findall(r"\$\{([A-Z_]+)", text)) <= _example()


@pytest.mark.parametrize("service", ["web", "worker", "beat"])
def test_no_serving_container_knows_the_owner(service: str) -> None:
    services = yaml.safe_load((ROOT / "docker-compose.yml").read_text())["services"]
    assert "DATABASE_OWNER_URL" not in services[service]["environment"]
    assert "DATABASE_OWNER_URL" in services["migrate"]["environment"]


def test_containers_run_without_root() -> None:
    assert re.search(r"^USER sangkroh$", (ROOT / "Dockerfile").read_text(), re.MULTILINE)
