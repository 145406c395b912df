"""What the bell shows on every page, and how many wait at an entry of the navigation."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from functools import cache
from typing import Any

from django.http import HttpRequest
from django.utils.functional import SimpleLazyObject

from accounts.models import User
from notifications.models import BELL_CAP, Notification

NOTHING: dict[str, Any] = {"unread": 0, "nav_waiting": {}}


@dataclass(frozen=True)
class Waiting:
    """How many wait for a user, from a room above: `ask` gives numbers as expressions by name, `say` adds up what was found."""

    ask: Callable[[Any], Mapping[str, Any]]
    say: Callable[[Any, Mapping[str, int]], int]


# By route of the navigation; where `ask` gives nothing, nothing ever waits.
WAITING: dict[str, Waiting] = {}


def unread(request: HttpRequest) -> dict[str, Any]:
    """Give `unread`, how many notices wait for the reader, at most 100 (said as "99+"), and `nav_waiting` by route.

    Asked when a page shows them: a part of a page has no bell. A page of an error counts nothing.
    """
    user: Any = getattr(request, "user", None)
    if user is None or not user.is_authenticated or getattr(request, "is_error", False):
        return NOTHING
    counted = cache(lambda: _counted(user))
    return {"unread": lambda: counted()["unread"], "nav_waiting": SimpleLazyObject(lambda: counted()["nav_waiting"])}


def _counted(user: Any) -> dict[str, Any]:
    """Ask what waits in the bell's own query: a page pays for one."""
    asked = {route: waiting.ask(user) for route, waiting in WAITING.items()}
    names = {f"{place}_{name}": (route, name) for place, route in enumerate(asked) for name in asked[route]}
    if not names:
        return {"unread": Notification.objects.bell(user), "nav_waiting": {}}
    counts = {f"waiting_{key}": asked[route][name] for key, (route, name) in names.items()}
    newest = Notification.objects.newest_unread(user).annotate(**counts)[:BELL_CAP]
    rows = list(newest)
    row = {name: getattr(rows[0], name) for name in counts} if rows else _alone(user, counts)
    found: dict[str, dict[str, int]] = {}
    for key, (route, name) in names.items():
        found.setdefault(route, {})[name] = row[f"waiting_{key}"]
    return {
        "unread": len(newest.only_visible(user)),
        "nav_waiting": {route: min(WAITING[route].say(user, one), BELL_CAP) for route, one in found.items()},
    }


def _alone(user: Any, counts: dict[str, Any]) -> dict[str, int]:
    """Ask what waits of who has no notice to ask it with."""
    return User.objects.filter(pk=user.pk).values(**counts).get()
