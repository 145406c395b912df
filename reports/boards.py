"""Who waits longest, first on the page of who answers for the whole: victims in detention, people found and not screened."""

from dataclasses import replace
from datetime import date, datetime
from typing import Any

from django.db.models import Count, OuterRef, Q, Subquery
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _

from complaints.contact_workflow import TRIAGE
from complaints.models import Contact
from core import display
from victims.models import PlaceKind, Stay, Victim
from victims.presenters import row_of

MOST = 5  # what is new must stay on the first screen; the list has the rest


def unscreened_of(user: Any, now: datetime) -> dict[str, Any] | None:
    """Return the people found more than 72 hours ago and not screened, longest first; two queries."""
    if not user.may("victim.confirm"):
        return None
    waiting = Victim.objects.of_own_provinces(user).unscreened(now)
    rows = list(waiting.for_list().order_by("status_at", "id")[: MOST + 1])
    if not rows:
        return None
    return {
        "name": "unscreened",
        "title": _("Found, not screened for 72 hours"),
        "count": display.number(min(len(rows), MOST)) + ("+" if len(rows) > MOST else ""),
        "rows": [row_of(victim, user) for victim in rows[:MOST]],
        "url": f"{reverse('victims:list')}?board=unscreened&sort=quiet",
        "cut": len(rows) > MOST,
    }


def held_of(user: Any) -> dict[str, Any] | None:
    """Return presumed and trafficked people who are in detention now, longest there first; two queries."""
    if not user.may("victim.confirm"):
        return None
    there = Stay.objects.now().filter(victim=OuterRef("pk")).values("since", "kind")
    held = (
        Victim.objects.of_own_provinces(user)
        .held()
        .annotate(since=Subquery(there.values("since")), there=Subquery(there.values("kind")))
    )
    rows: list[Any] = list(held.for_list().order_by("since", "id")[: MOST + 1])
    if not rows:
        return None
    return {
        "name": "held",
        "title": _("Victims in detention now"),
        "count": display.number(min(len(rows), MOST)) + ("+" if len(rows) > MOST else ""),
        "rows": [
            replace(row_of(victim, user), rescue=str(PlaceKind(victim.there).label), since=_days(victim.since))
            for victim in rows[:MOST]
        ],
        "url": f"{reverse('victims:list')}?board=held",
        "cut": len(rows) > MOST,
    }


def _days(since: date) -> str:
    passed = timezone.localdate() - since
    return display.span(passed) if passed else display.day(since, "short")


def inbox_of(user: Any, now: datetime) -> list[dict[str, Any]]:
    """Return the count of messages that wait in the inbox, for who deals with them, and how many are late; one query."""
    if not user.may(TRIAGE):
        return []
    waiting = Contact.objects.of_own_provinces(user).waiting()
    found = waiting.aggregate(n=Count("pk"), late=Count("pk", filter=Q(due_at__lt=now)))
    if not found["n"]:
        return []
    note = _("%(n)s late") % {"n": display.number(found["late"])} if found["late"] else ""
    tone = "brick" if found["late"] else "petrol"
    return [
        {
            "url": reverse("contacts:list"),
            "n": display.number(found["n"]),
            "title": _("In the inbox"),
            "note": note,
            "tone": tone,
        }
    ]


def counts_of(*boards: dict[str, Any] | None) -> list[dict[str, Any]]:
    """Return the counts on top that jump to the boards."""
    return [
        {"url": f"#{board['name']}", "n": board["count"], "title": board["title"], "note": "", "tone": "brick"}
        for board in boards
        if board
    ]
