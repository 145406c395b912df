"""A Khmer page is Khmer: every page of every role, its refusals and the API's are read for English that was left."""

import copy
import json
import logging
from collections.abc import Iterator
from typing import Any

import pytest
from django.db import transaction
from django.test import Client
from django.urls import reverse

from tests.khmer import KM, wrong_in
from tests.matrix.routes import found
from tests.matrix.table import TABLE, Route
from tests.matrix.walk import may
from tests.matrix.world import ROLES, World, build

# For who builds pages and programs; and lists of names in every script with their codes.
ENGLISH = {"style", "api_docs", "places:list", "places:detail", "places:alias_remove"}


def asked(client: Client, world: World, role: str) -> Iterator[tuple[str, Any]]:
    """Ask what the role may open, of one row it sees; the partner and nobody are refused the rest."""
    for name, route in TABLE.items():
        path = path_of(name, route, world, role)
        for method, rule in route.rules.items():
            if name not in ENGLISH and (may(role, rule.permission) or role in ("partner", "nobody")):
                yield f"{role} {method} {name}", sent(client, method, path, rule.body)


def path_of(name: str, route: Route, world: World, role: str) -> str:
    """Give a route's address, with the first row that the role sees, else one that is not there."""
    parts: dict[str, Any] = {}
    if kind := world.kinds.get(route.kind):
        seen = [row for row in kind.rows if row in kind.seen.get(role, ())]
        parts = kind.rows[(seen or ["missing"])[0]]
    return reverse(found()[name.partition("#")[0]].name, kwargs={**route.params, **parts})


def sent(client: Client, method: str, path: str, body: dict[str, Any]) -> Any:
    """Send one request and take back whatever it changed."""
    cookies = copy.deepcopy(client.cookies)
    with transaction.atomic():
        if method == "get":
            response: Any = client.get(path, body)
        elif path.startswith("/api/"):
            response = getattr(client, method)(path, json.dumps(body), content_type="application/json")
        else:
            response = getattr(client, method)(path, body)
        transaction.set_rollback(True)
    client.cookies = cookies  # an ended session is back as well
    return response


def client_of(world: World, role: str) -> Client:
    client = Client(raise_request_exception=False, headers=KM)
    if role in world.people:
        client.force_login(world.people[role], backend="accounts.backends.ActiveUserBackend")
    return client


@pytest.fixture
def world(db: Any) -> Iterator[World]:
    logging.disable(logging.ERROR)
    yield build()
    logging.disable(logging.NOTSET)


@pytest.mark.parametrize("role", [*ROLES, "nobody"])
def test_every_page_and_refusal_of_a_role_is_khmer(role: str, world: World) -> None:
    client = client_of(world, role)
    wrong: dict[str, list[str]] = {}
    read = 0
    for where, response in asked(client, world, role):
        read += response.status_code not in (301, 302)
        for words in wrong_in(response):
            wrong.setdefault(words, []).append(f"{response.status_code} {where}")
    assert read > 20 or role == "nobody"
    assert not wrong, "\n".join(f"{words!r}: {places[0]} and {len(places) - 1} more" for words, places in wrong.items())
