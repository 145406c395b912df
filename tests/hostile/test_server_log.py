"""A row that the database refuses is not written to the server's log: it may hold names."""

from pathlib import Path

import yaml

from config.embedded.postgres import SETTINGS

QUIET = {"log_error_verbosity": "terse", "log_min_error_statement": "panic"}
COMPOSE = Path(__file__).resolve().parents[2] / "docker-compose.yml"


def test_the_embedded_server_writes_neither_rows_nor_statements() -> None:
    assert SETTINGS.items() >= QUIET.items()


def test_the_server_of_compose_writes_neither_rows_nor_statements() -> None:
    command = yaml.safe_load(COMPOSE.read_text())["services"]["db"]["command"]
    assert {f"{name}={value}" for name, value in QUIET.items()} <= set(command)
