"""A log names the pattern of an address, never what was typed into it."""

import logging
from typing import Any

import pytest

from core.logs import UNKNOWN, WithoutAddress


class Asked:
    """A request that met an address, or none."""

    def __init__(self, route: str | None) -> None:
        self.resolver_match = type("Match", (), {"route": route})() if route else None


@pytest.mark.parametrize(
    ("message", "args", "request_of", "written"),
    [
        ("%s: %s", ("Not Found", "/report/12345"), Asked(None), f"Not Found: {UNKNOWN}"),
        ("%s: %s", ("Internal Server Error", "/contacts/C-1/"), Asked("contacts/<ref>/"), "/contacts/<ref>/"),
        ("Error handling request %s", ("/report/12345",), None, UNKNOWN),
        ('"%s" %s', ("GET /report/12345 HTTP/1.1", "404"), None, UNKNOWN),
        ("nothing of it", None, None, "nothing of it"),
        ("%s of %s", (3, "files"), None, "3 of files"),
    ],
)
def test_the_address_is_not_written(message: str, args: Any, request_of: Any, written: str) -> None:
    record = logging.LogRecord("django.request", logging.WARNING, "", 0, message, args, None)
    record.request = request_of
    assert WithoutAddress().filter(record)
    assert written in record.getMessage()
    assert "12345" not in record.getMessage()
    assert "C-1" not in record.getMessage()
