"""What the bell shows on every page, and how many wait at an entry of the navigation."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field, replace
from datetime import date, datetime, timedelta
from functools import cache, lru_cache
from json import loads
from sys import intern
from typing import Any, Self

from django.contrib.postgres.expressions import ArraySubquery
from django.db import connection
from django.db.models.functions import JSONObject
from django.http import HttpRequest
from django.utils import timezone
from django.utils.functional import SimpleLazyObject

from accounts.models import User
from notifications.models import BELL_CAP, Notification, seen_among

HOUR = timedelta(hours=1)
KEPT = 500  # readers whose query is kept in a process
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


@dataclass(frozen=True)
class Reader:
    """Whoever a page is for; all that what waits for them depends on."""

    pk: Any
    role: str
    is_active: bool
    provinces: frozenset[str]
    partner: Any
    user: Any = field(compare=False)

    @classmethod
    def of(cls, user: Any) -> Self:
        """Return what is asked of a user."""
        return cls(user.pk, user.role, user.is_active, user.posted_provinces, user.partner_id, user)


@dataclass(frozen=True)
class Written:
    """One query for the notices and for all that waits, written out; `hours` of each moment in it, counted from now."""

    names: Mapping[str, tuple[str, str]]
    sql: str
    params: tuple[Any, ...]
    hours: Mapping[int, int] | None

    @classmethod
    def for_user(cls, user: Any) -> Self:
        """Write it; where a moment in it is not whole hours from now, as midnight is, there are no `hours`."""
        asked = {route: waiting.ask(user) for route, waiting in WAITING.items()}
        names = {f"waiting_{place}_{name}": (route, name) for place, route in enumerate(asked) for name in asked[route]}
        newest = Notification.objects.newest_unread(user).values(one=JSONObject(of="object_type", named="reference"))
        counts = {key: asked[route][name] for key, (route, name) in names.items()}
        rows = User.objects.filter(pk=user.pk).values_list(ArraySubquery(newest[:BELL_CAP]), *counts.values())
        sql, params = rows.query.sql_with_params()
        return cls(names, intern(sql), tuple(params), None)

    def now(self) -> tuple[Any, ...]:
        """Return the parameters with every moment in its distance from now."""
        now = timezone.now()
        moved = {place: now + hours * HOUR for place, hours in (self.hours or {}).items()}
        return tuple(moved.get(place, value) for place, value in enumerate(self.params))


@lru_cache(KEPT)
def _written(reader: Reader) -> Written:
    """Write the query of a reader once: to write it takes Django longer than all the rest of a page."""
    began = timezone.now()
    written = Written.for_user(reader.user)
    within = timezone.now() - began
    hours = {}
    for place, value in enumerate(written.params):
        if isinstance(value, date):
            hours[place] = round((value - began) / HOUR) if isinstance(value, datetime) else 0
            if not isinstance(value, datetime) or not timedelta(0) <= value - began - hours[place] * HOUR <= within:
                return written
    return replace(written, hours=hours)


def _counted(user: Any) -> dict[str, Any]:
    """Ask for the notices and for what waits in one query: every page pays for it."""
    written = _written(Reader.of(user))
    if written.hours is None:
        written = Written.for_user(user)
    with connection.cursor() as cursor:
        cursor.execute(written.sql, written.now())
        notices, *counts = cursor.fetchone()
    rung = [(notice["of"], notice["named"]) for notice in map(loads, notices)]
    seen = seen_among(user, rung)
    found: dict[str, dict[str, int]] = {}
    for (route, name), n in zip(written.names.values(), counts, strict=True):
        found.setdefault(route, {})[name] = n
    return {
        "unread": sum(notice in seen for notice in rung),
        "nav_waiting": {route: min(WAITING[route].say(user, one), BELL_CAP) for route, one in found.items()},
    }
