"""What is due for somebody: each room says what it counts, and the list that shows exactly that; the daily digest adds it up."""

from collections.abc import Callable, Iterable
from dataclasses import dataclass
from datetime import datetime
from typing import TYPE_CHECKING, Any

from django.db.models import QuerySet
from django.urls import reverse

from accounts.models import User
from core.paging import counted

if TYPE_CHECKING:
    from django_stubs_ext import StrPromise

CAP = 100
Rows = Callable[[Any, datetime], "QuerySet[Any] | None"]


@dataclass(frozen=True)
class Due:
    """One thing that can be due: `arms` gives its rows for a user at a moment, none where it is not theirs to do."""

    name: str
    label: "StrPromise"
    route: str
    query: str
    arms: Callable[[Any, datetime], Iterable[QuerySet[Any]]]

    @property
    def url(self) -> str:
        """Return the list of what is counted."""
        return reverse(self.route) + (f"?{self.query}" if self.query else "")


DUE: dict[str, Due] = {}


def register(due: Due) -> None:
    """Add what a room counts; a name taken by another is a mistake found at import."""
    if DUE.setdefault(due.name, due) != due:
        raise ValueError(f"two things that can be due are called {due.name!r}")


def register_own(name: str, label: "StrPromise", route: str, query: str, rows: Rows) -> None:
    """Add what is due in the user's own branch; `rows` gives it of every branch, None where it is not theirs to do."""

    def own(user: Any, now: datetime) -> list[QuerySet[Any]]:
        found: Any = rows(user, now)
        return [] if found is None else [found.of_own_provinces(user)]

    register(Due(name, label, route, query, own))


def register_both(
    name: str, label: "StrPromise", shared_label: "StrPromise", route: str, query: str, rows: Rows
) -> None:
    """Add what is due in the user's own branch, and apart from it what was shared: a list shows one of the two."""

    def shared(user: Any, now: datetime) -> list[QuerySet[Any]]:
        found: Any = rows(user, now)
        return [] if found is None else [found.shared_with(user)]

    register_own(name, label, route, query, rows)
    register(Due(f"{name}_shared", shared_label, route, f"{query}&shared=1", shared))


def keys_due(user: Any, now: datetime) -> set[Any]:
    """Return the keys of what is due, a hundred of each kind; what is due twice is one."""
    arms = [rows for due in DUE.values() for rows in due.arms(user, now)]
    return {pk for rows in arms for pk in rows.order_by().values_list("pk", flat=True)[:CAP]}


def numbers_due(user: Any, now: datetime) -> list[tuple[Due, int]]:
    """Return what is due with how many of each, at most a hundred; one query, and nothing of what is not due."""
    arms = {due.name: list(due.arms(user, now)) for due in DUE.values()}
    counts = {f"n_{name}_{n}": counted(rows, CAP) for name, found in arms.items() for n, rows in enumerate(found)}
    if not counts:
        return []
    row = User.objects.filter(pk=user.pk).values(**counts).get()
    n_of = {name: sum(row[f"n_{name}_{n}"] for n in range(len(found))) for name, found in arms.items()}
    return [(due, min(n_of[due.name], CAP)) for due in DUE.values() if n_of[due.name]]
