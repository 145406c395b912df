"""What the bell shows on every page, and how many wait at an entry of the navigation."""

from collections.abc import Callable
from typing import Any

from django.http import HttpRequest

from notifications.models import BELL_CAP, Notification

# By route of the navigation, from a room above: how many wait there for a user (None: nothing ever does).
WAITING: dict[str, Callable[[Any], int | None]] = {}
NOTHING: dict[str, Any] = {"unread": 0, "nav_waiting": {}}


def unread(request: HttpRequest) -> dict[str, Any]:
    """Give `unread`, how many notices wait for the reader, at most 100 (said as "99+"), and `nav_waiting` by route.

    A page of an error counts nothing: it has to be quick and to say what is wrong.
    """
    user: Any = getattr(request, "user", None)
    if user is None or not user.is_authenticated or getattr(request, "is_error", False):
        return NOTHING
    found = {route: count(user) for route, count in WAITING.items()}
    waiting = {route: min(n, BELL_CAP) for route, n in found.items() if n is not None}
    return {"unread": Notification.objects.bell(user), "nav_waiting": waiting}
