"""Try one route: every role, every method it answers, every row; say what differs from the table."""

import copy
import json
import re
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cache
from typing import Any

from django.db import transaction
from django.test import Client
from django.urls import reverse
from django.utils import timezone

from accounts.middleware import SEEN, STARTED
from accounts.roles import ROLES as TABLE_OF_ROLES
from tests.matrix.routes import METHODS, Found
from tests.matrix.table import ANY, PUBLIC, Route, Rule
from tests.matrix.world import Kind, World
from tests.rendered import nothing_kept

# What is asked of some roles beyond the table of roles, or by either of two permissions.
EITHER = {
    "roster.lead": {"officer", "supervisor", "admin"},
    "complaint.facts": {"intake", "officer", "supervisor"},
    "complaint.evidence": {"officer", "supervisor"},
    "complaint.attempt": {"intake", "officer", "supervisor"},
    "paper.read": {"intake", "officer", "supervisor", "integrity", "partner"},
    "referral.taken_back": {"officer", "supervisor", "partner"},  # what a province sent
    "person.change": {"intake", "officer", "supervisor"},
}
# Who may not ask at all is refused before a row is looked at: a row that is there tells that; these two, who may ask
# least, try the one that is not there as well.
LEAST = ("nobody", "partner")
REFUSED = {401, 403, 404, 405}
NO_ROW = Kind({"own": {}}, {})
VARYING = re.compile(
    r'name="csrfmiddlewaretoken" value="[^"]*"|name="idempotency_key" value="[^"]*"|nonce="[^"]*"|<time[^>]*>[^<]*</time>'
)


@dataclass(frozen=True)
class Answer:
    """What came back, without what differs between two askings of the same page."""

    status: int
    body: str
    location: str


# What opens a sealed text to who gives a reason.
REVEAL = ("complaints:reporter", "contacts:reporter", "victims:show_place", "victim-show-place", "partners:address")


def differences(route: Route, found: Found, world: World, *, variant: bool = False) -> list[str]:
    """List every answer of a route that the table does not allow.

    A variant is the same view with another body (one step of a table of steps): which rows it opens was walked with the
    route itself; here it is asked of every role on one row it sees, one it does not see and one that is not there.
    """
    kind = world.kinds[route.kind] if route.kind else NO_ROW
    roles = world.people if variant else ("nobody", *world.people)
    narrowed = {role: few_of(kind, role) if variant else kind for role in roles}
    return [line for role in roles for line in tried(route, found, world, narrowed[role], role, variant=variant)]


def few_of(kind: Kind, role: str) -> Kind:
    """Keep the first row a role sees, the first it does not, and the one that is not there."""
    rows = [row for row in kind.rows if row != "missing"]
    seen, hidden = (
        next((row for row in rows if (row in kind.seen.get(role, rows)) is one), None) for one in (True, False)
    )
    return Kind({row: parts for row, parts in kind.rows.items() if row in (seen, hidden, "missing")}, kind.seen)


@cache
def handler() -> Any:
    """Load the middleware once for all clients."""
    return Client().handler


def client_of(world: World, role: str) -> Client:
    """Sign a role in once for a world; each asking gives its cookies back."""
    if role not in world.clients:
        client = Client(raise_request_exception=False, headers={"accept-language": "en"})
        client.handler = handler()
        if role in world.people:
            client.force_login(world.people[role], backend="accounts.backends.ActiveUserBackend")
            session, now = client.session, int(timezone.now().timestamp())
            session.update({STARTED: now, SEEN: now})  # else each request, taken back, writes them anew
            session.save()
        world.clients[role] = client
    return world.clients[role]


def tried(route: Route, found: Found, world: World, kind: Kind, role: str, *, variant: bool = False) -> Iterator[str]:
    """Try one role on every row and method."""
    client = client_of(world, role)
    for method, rule in route.rules.items():
        missing: Answer | None = None
        for row, parts in rows_for(rule, kind, role):
            answer = ask(client, route, found, method, rule, parts)
            missing = answer if row == "missing" else missing
            where = f"{role} {method.upper()} {found.name} [{row}]"
            yield from judged(where, answer, missing, expected(rule, kind, role, row, route.kind, found))
            yield from leaks(where, answer, world, role)
    if role in ("nobody", "supervisor") and not variant:
        yield from closed_methods(client, route, found, kind, role)


def rows_for(rule: Rule, kind: Kind, role: str) -> Iterator[tuple[str, dict[str, Any]]]:
    """Give every row to who may ask, first the one that is not there; to who may not, one or two are enough."""
    rows = {**{row: parts for row, parts in kind.rows.items() if row == "missing"}, **kind.rows}
    if role == "nobody" or not may(role, rule.permission):
        there = [row for row in kind.rows if row != "missing"][:1]
        rows = {row: parts for row, parts in rows.items() if row in there or (role in LEAST and row == "missing")}
    yield from rows.items()


def ask(client: Client, route: Route, found: Found, method: str, rule: Rule | None, parts: dict[str, Any]) -> Answer:
    """Send one request and take back whatever it changed."""
    path = reverse(found.name, kwargs={**route.params, **parts})
    body = rule.body if rule else {}
    cookies = copy.deepcopy(client.cookies)
    with transaction.atomic(), nothing_kept():
        if method == "get":
            response: Any = client.get(path, body)
        elif path.startswith("/api/"):
            response = getattr(client, method)(path, json.dumps(body), content_type="application/json")
        else:
            response = getattr(client, method)(path, body)
        # A stream reads on a connection of its own, which sees nothing of this transaction: tried apart.
        raw = b"" if response.streaming else response.content
        transaction.set_rollback(True)
    client.cookies = cookies
    text = VARYING.sub("", raw.decode(errors="replace")).replace(path, "PATH")
    return Answer(response.status_code, text, response.headers.get("Location", ""))


def may(role: str, permission: str) -> bool:
    """Say whether a role holds a permission, by the table of roles."""
    if permission in (ANY, PUBLIC, ""):
        return True
    return role in EITHER[permission] if permission in EITHER else permission in TABLE_OF_ROLES[role].permissions


def expected(rule: Rule, kind: Kind, role: str, row: str, named: str, found: Found) -> str:
    """Say what the table wants: sign-in, forbidden, hidden or open."""
    if rule.permission == PUBLIC:
        return "hidden" if row == "missing" else "open"
    if role == "nobody":
        return "sign-in"
    if not may(role, rule.permission):
        return "forbidden"
    if named and not rule.makes and row not in kind.seen[role]:
        return "hidden"
    return "open" if may(role, rule.then) else "forbidden"


def judged(where: str, answer: Answer, missing: Answer | None, wanted: str) -> Iterator[str]:
    """Compare an answer with what is wanted."""
    holds = {
        "sign-in": answer.status == 401 or (answer.status == 302 and answer.location.startswith("/accounts/login/")),
        "forbidden": answer.status == 403,
        "hidden": answer.status == 404,
        "open": answer.status not in REFUSED and answer.status < 500,
    }
    if not holds[wanted]:
        yield f"{where}: {answer.status} {answer.location}, wanted {wanted}"
    elif wanted == "hidden" and missing is not None and answer != missing:
        yield f"{where}: differs from a row that does not exist"


def leaks(where: str, answer: Answer, world: World, role: str) -> Iterator[str]:
    """Find words of rows this role may not see, or not read, in whatever was answered."""
    seen = world.kinds["complaint"].seen.get(role, set())
    coded = role in world.people and not may(role, "identity.read")
    never = (world.identities if coded else ()) + (() if any(page in where for page in REVEAL) else world.reporters)
    lower = answer.body.lower()
    yield from (f"{where}: tells {word}" for word in never if word in lower)
    text = answer.body + lower
    for row, words in world.marks.items():
        if row not in seen:
            yield from (f"{where}: tells {word} of the row {row}" for word in words if word in text)


def closed_methods(client: Client, route: Route, found: Found, kind: Kind, role: str) -> Iterator[str]:
    """Try the methods the table does not name: nothing may answer them."""
    parts = kind.rows.get("own", kind.rows.get("missing", {}))
    for method in METHODS:
        if method not in route.rules:
            answer = ask(client, route, found, method, None, parts)
            signs_in = role == "nobody" and answer.status == 302 and answer.location.startswith("/accounts/login/")
            if answer.status not in REFUSED and not signs_in:
                yield f"{role} {method.upper()} {found.name}: {answer.status}, wanted 405"
