"""A Khmer page is Khmer: every page of every role, its refusals and the API's are read for English that was left."""

import copy
import json
import logging
from collections.abc import Iterator
from typing import Any

import pytest
from django.conf import settings as configured
from django.db import transaction
from django.template.loader import render_to_string
from django.test import Client
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import override

from accounts.middleware import SEEN, STARTED
from tests.khmer import KHMER, KM, read, texts_of, wrong_in
from tests.matrix.kept import made, world
from tests.matrix.routes import found
from tests.matrix.table import TABLE, Route
from tests.matrix.walk import may
from tests.matrix.world import ROLES, World
from tests.rendered import nothing_kept

__all__ = ["made", "world"]
# For who builds pages and programs; and lists of names in every script with their codes.
ENGLISH = {"style", "api_docs", "places:list", "places:detail", "places:alias_remove"}


def asked(client: Client, world: World, role: str) -> Iterator[tuple[str, Any]]:
    """Ask what the role may open, of one row it sees; the partner and nobody are refused the rest."""
    for name, route in TABLE.items():
        path = path_of(name, route, world, role)
        for method, rule in route.rules.items():
            if (
                name not in ENGLISH
                and (role in ("partner", "nobody") or may(role, rule.permission))
                and first(name, rule.permission, role)
            ):
                yield f"{role} {method} {name}", sent(client, method, path, rule.body)


def first(name: str, permission: str, role: str) -> bool:
    """Say whether a role is the one to be asked of a variant: of a step, whose words are the same to all who may take it."""
    return "#" not in name or role == next((one for one in ROLES if may(one, permission)), role)


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
    with transaction.atomic(), nothing_kept():
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
        session, now = client.session, int(timezone.now().timestamp())
        # Else each request, taken back, writes them anew; so they stand for all the time the asking takes.
        session.update({STARTED: now, SEEN: now + configured.SESSION_IDLE_SECONDS})
        session.save()
    return client


@pytest.fixture(autouse=True)
def quiet() -> Iterator[None]:
    logging.disable(logging.ERROR)
    yield
    logging.disable(logging.NOTSET)


@pytest.mark.parametrize("role", [*ROLES, "nobody"])
def test_every_page_and_refusal_of_a_role_is_khmer(role: str, world: World) -> None:
    client = client_of(world, role)
    wrong: dict[str, list[str]] = {}
    answers = 0
    for where, response in asked(client, world, role):
        answers += response.status_code not in (301, 302)
        for words in wrong_in(response):
            wrong.setdefault(words, []).append(f"{response.status_code} {where}")
    assert answers > 20 or role == "nobody"
    assert not wrong, "\n".join(f"{words!r}: {places[0]} and {len(places) - 1} more" for words, places in wrong.items())


BAD_INTAKE = {"act": "register", "urgency": "x", "channel": "x", "received_at_0": "31/2/2022", "received_at_1": "99:99"}
BAD_INTAKE |= {"people-0-name": "ក", "people-0-age": "400", "people-0-nationality": "zz", "number_likely": "-1"}
FILLED = [
    ("officer", "/complaints/new/", BAD_INTAKE),
    ("admin", "/users/new/", {"username": "ក ខ", "email": "x", "role": "x"}),
    ("admin", "/users/x.officer/postings/", {"province": "99", "from_on": "31/2/2022"}),
    ("officer", "/accounts/password/change/", {"oldpassword": "x", "password1": "ខ្លី", "password2": "x"}),
    ("officer", "/account/tokens/", {"name": "", "days": "7000"}),
    ("officer", "/roster/18/", {"user": "x", "from_at": "x", "until_at": "x"}),
    ("supervisor", "/sites/new/", {"province": "99", "name_en": ""}),
    ("officer", "/complaints/?received_from=x&province=99&cursor=x", None),
    ("supervisor", "/notifications/?cursor=x", None),
    ("nobody", "/accounts/login/", {"login": "x.officer", "password": "x"}),
    ("nobody", "/accounts/login/", {"login": "", "password": ""}),
]


@pytest.mark.parametrize(("role", "path", "body"), FILLED)
def test_what_a_form_refuses_it_refuses_in_khmer(
    role: str, path: str, body: dict[str, Any] | None, world: World
) -> None:
    answer = sent(client_of(world, role), "get" if body is None else "post", path, body or {})
    assert answer.status_code in (200, 400)
    # A library writes the numbers of its own words in ASCII.
    assert [words for words in wrong_in(answer) if not words.strip("«»").isdigit()] == []


CALLS = [
    ("get", "/api/v1/complaints/?sort=x&received_from=x", ""),
    ("get", "/api/v1/complaints/?cursor=x", ""),
    ("put", "/api/v1/complaints/", "{}"),
    (
        "post",
        "/api/v1/complaints/",
        '{"narrative": 7, "channel": "x", "people": "x", "received_at": "x", "urgency": []}',
    ),
    ("post", "/api/v1/complaints/", "[1]"),
    ("post", "/api/v1/complaints/", "{"),
    ("get", "/api/v1/complaints/KH-2022-222222/", ""),
    ("post", "/api/v1/sites/", "{}"),
]


@pytest.mark.parametrize(("method", "path", "body"), CALLS)
@pytest.mark.parametrize("role", ["supervisor", "nobody"])
def test_what_the_api_refuses_it_refuses_in_khmer(role: str, method: str, path: str, body: str, world: World) -> None:
    client = client_of(world, role)
    with transaction.atomic():
        answer = getattr(client, method)(path, body, content_type="application/json") if body else client.get(path)
        transaction.set_rollback(True)
    assert answer.status_code >= 400
    # Codes and types stay as they are, inside Khmer.
    assert [text for text in texts_of(answer.json()) if not KHMER.search(text)] == []


def test_a_call_of_another_kind_and_a_wrong_token_are_refused_in_khmer(world: World) -> None:
    form = client_of(world, "supervisor").post("/api/v1/complaints/", {"channel": "hotline"})
    token = Client(headers={**KM, "authorization": "Token nothing"}).get("/api/v1/complaints/")
    assert (form.status_code, token.status_code) == (415, 401)
    assert KHMER.search(form.json()["detail"])
    assert wrong_in(token) == []


def test_a_locked_name_is_told_in_khmer(world: World) -> None:
    client = client_of(world, "nobody")
    answers = [client.post("/accounts/login/", {"login": "x.officer", "password": "x"}) for _ in range(6)]
    assert answers[-1].status_code == 429
    assert [words for answer in answers for words in wrong_in(answer)] == []


@pytest.mark.parametrize(
    "path", ["/accounts/2fa/totp/activate/", "/accounts/2fa/", "/accounts/password/change/", "/nothing/"]
)
def test_the_pages_of_the_second_factor_are_khmer(path: str, world: World, settings: Any) -> None:
    settings.SECOND_FACTOR_REQUIRED = True
    answer = client_of(world, "officer").get(path)
    assert answer.status_code in (200, 302, 404)
    assert wrong_in(answer) == []


@pytest.mark.parametrize("status", [400, 403, 404, 409, 413, 429, 500, 503])
def test_every_error_page_is_khmer_without_a_database(status: int) -> None:
    with override("km"):
        page = render_to_string(f"errors/{status}.html", {"plain": True})
    assert KHMER.search(page)
    assert read(page) == []


def test_english_that_was_left_is_noticed() -> None:
    page = '<html lang="en"><p>ខ្មែរ</p><p aria-label="Close">Open 7 days <code>x</code></p><b lang="en">Fine</b></html>'
    assert read(page) == ["lang=en", "Close", "Open", "days", "7"]
