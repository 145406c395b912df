"""What the bell shows on every page, and how many wait at an entry of the navigation."""

from collections.abc import Callable
from typing import Any

from django.http import HttpRequest

from accounts.models import User
from notifications.models import BELL_CAP, Notification

# By route of the navigation, from a room above: how many wait there for a user, as an expression (None: nothing ever does).
WAITING: dict[str, Callable[[Any], Any]] = {}


def unread(request: HttpRequest) -> dict[str, Any]:
    """Give `unread`, how many notices wait for the reader, at most 100 (said as "99+"), and `nav_waiting` by route.

    What waits is asked in the bell's own query; a page pays for one.
    """
    user: Any = getattr(request, "user", None)
    if user is None or not user.is_authenticated:
        return {"unread": 0, "nav_waiting": {}}
    made = {route: build(user) for route, build in WAITING.items()}
    names = {f"waiting_{place}": route for place, route in enumerate(made) if made[route] is not None}
    if not names:
        return {"unread": Notification.objects.bell(user), "nav_waiting": {}}
    counts = {name: made[route] for name, route in names.items()}
    newest = Notification.objects.newest_unread(user).annotate(**counts)[:BELL_CAP]
    rows = list(newest)
    found = {name: getattr(rows[0], name) for name in counts} if rows else _alone(user, counts)
    return {
        "unread": len(newest.only_visible(user)),
        "nav_waiting": {names[name]: min(n, BELL_CAP) for name, n in found.items()},
    }


def _alone(user: Any, counts: dict[str, Any]) -> dict[str, int]:
    """Ask what waits of who has no notice to ask it with."""
    return User.objects.filter(pk=user.pk).values(**counts).get()
