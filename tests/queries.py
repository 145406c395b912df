"""Count what a page asks the database, without the savepoints that only a test's own transaction makes."""

from typing import Any

from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext


def asked(client: Client, path: str) -> list[str]:
    """Open a page and give the statements it ran, session, user, bell and audit included."""
    with CaptureQueriesContext(connection) as captured:
        answer: Any = client.get(path)
    assert answer.status_code == 200, answer.status_code
    return [query["sql"] for query in captured if not query["sql"].startswith(("SAVEPOINT", "RELEASE"))]
