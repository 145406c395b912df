"""What the bell shows on every page."""

from typing import Any

from django.http import HttpRequest

from notifications.models import Notification


def unread(request: HttpRequest) -> dict[str, Any]:
    """Give `unread`: how many notices wait for the reader, at most 100 (said as "99+")."""
    user: Any = getattr(request, "user", None)
    if user is None or not user.is_authenticated:
        return {"unread": 0}
    return {"unread": Notification.objects.bell(user)}
