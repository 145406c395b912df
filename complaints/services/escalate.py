"""Tell of what is late, one level after the other; killed in between, the next run goes on and tells nobody twice."""

import time
from collections import defaultdict
from collections.abc import Mapping
from datetime import datetime, timedelta
from typing import Any

from django.db import transaction
from django.db.models import Exists, OuterRef, Q
from django.utils import timezone
from django.utils.translation import gettext_lazy

from accounts.models import User
from accounts.services import system_user
from complaints.late import Lateness
from complaints.models import Complaint, Contact, Escalation, EscalationHours, Late, Level
from complaints.models.escalation import escalation_key
from complaints.services.escalated import Told, told_of
from notifications.kinds import CONTACT, Sort
from notifications.kinds import register as register_kind
from notifications.models import Notification
from notifications.services import notify

BATCH, MOST = 25, 500  # records in one transaction, and in one run
BUDGET = 10.0  # seconds one run may take, well under the task's limit
WITHIN = timedelta(days=30)  # what is late for longer is no news: it stays on the page
KINDS = {
    Late.ACKNOWLEDGE: register_kind("late_acknowledge", gettext_lazy("Not acknowledged in time"), sort=Sort.TIME),
    Late.SILENT: register_kind("late_silent", gettext_lazy("Acknowledged, and nothing was done since"), sort=Sort.TIME),
    Late.VERIFY: register_kind("late_verify", gettext_lazy("Verification is over its time"), sort=Sort.TIME),
    Late.RESCUE: register_kind("late_rescue", gettext_lazy("The rescue is over its time"), sort=Sort.TIME),
    Late.ANSWER: register_kind("late_answer", gettext_lazy("The reporter waits for a word"), sort=Sort.TIME),
    Late.INBOX: register_kind(
        "late_inbox", gettext_lazy("A message in the inbox is not dealt with in time"), CONTACT, sort=Sort.TIME
    ),
}
# The record of which a clock is over: the column of an escalation, and how it is found.
RECORD: dict[str, Any] = {Late.INBOX: Contact}
Hours = Mapping[int, timedelta]


def escalate(now: datetime | None = None) -> int:
    """Tell of every clock that is over who is to know by now; return how many escalations were written."""
    started, asked, n, done = time.monotonic(), Lateness(now or timezone.now()), 0, 0
    hours: dict[str, dict[int, timedelta]] = defaultdict(dict)
    for row in EscalationHours.objects.all():
        hours[row.stage][row.level] = timedelta(hours=row.hours)
    for what in Late.values:
        while done < MOST and time.monotonic() - started < BUDGET:
            found, written = _batch(asked, what, hours[what])
            n, done = n + written, done + found
            if found < BATCH:
                break
    return n


@transaction.atomic
def _batch(asked: Lateness, what: str, hours: Hours) -> tuple[int, int]:
    """Escalate some records, first what waits longest; return how many there were and how many rows were written."""
    rows = list(_waiting(asked, what, hours).select_for_update(skip_locked=True, of=("self",), no_key=True)[:BATCH])
    if not rows:
        return 0, 0
    known = set(
        Escalation.objects.visible_to(system_user())
        .filter(**{f"{column_of(what)}__in": rows}, stage=what)
        .values_list(f"{column_of(what)}_id", "level", "due_at")
    )
    told, made, before = told_of(rows, what), [], _told_before(asked, rows, what)
    for row in rows:
        since = asked.moment(row, what)
        levels = [level for level, wait in sorted(hours.items()) if since + wait <= asked.now]
        made += _tell(
            row, what, since, [one for one in levels if (row.pk, one, since) not in known], told, before[row.pk]
        )
    Escalation.objects.bulk_create(made, ignore_conflicts=True)
    return len(rows), len(made)


def column_of(what: str) -> str:
    """Return the column of an escalation that holds the record of this clock."""
    return "contact" if what == Late.INBOX else "complaint"


def _waiting(asked: Lateness, what: str, hours: Hours) -> Any:
    """Return the records of which a level was not told yet."""
    model = RECORD.get(what, Complaint)
    rows: Any = asked.of(model.objects.visible_to(system_user()), what)
    since = asked.since(what)
    news = Q(late_since__gt=asked.now - WITHIN) | Q(logged_at__gt=asked.now - WITHIN)  # what came late is news too
    rows = rows.annotate(late_since=since).filter(news)
    told = Escalation.objects.filter(**{column_of(what): OuterRef("pk")}, stage=what, due_at=OuterRef("late_since"))
    wanted = Q(pk__in=[])
    for level, wait in hours.items():
        wanted |= Q(late_since__lte=asked.now - wait) & ~Q(Exists(told.filter(level=level)))
    people = ("logged_by",) if what == Late.INBOX else ("officer", "logged_by")
    return rows.filter(wanted).select_related(*people).order_by("late_since", "pk")


def _told_before(asked: Lateness, rows: list[Any], what: str) -> dict[Any, set[Any]]:
    """Return by record who was told of its limit already, at whichever level; one query."""
    keys = {escalation_key(row.pk, what, n, asked.moment(row, what)): row.pk for row in rows for n in Level.values}
    found: dict[Any, set[Any]] = defaultdict(set)
    for key, user in Notification.objects.filter(transition__in=keys).values_list("transition", "recipient_id"):
        found[keys[key]].add(user)
    return found


def _tell(row: Any, what: str, since: datetime, levels: list[int], told: Told, before: set[Any]) -> list[Escalation]:
    """Write the notices of these levels, one a person who was not told before, and return their escalations."""
    made, seen = [], set(before)
    for level in levels:
        whom, people = told.whom(row, what, level)
        key = escalation_key(row.pk, what, level, since)
        fresh: list[User] = [user for user in people if user.pk not in seen]
        notify(fresh, KINDS[Late(what)].name, about=row, transition=key)
        seen |= {user.pk for user in fresh}
        scope = {column_of(what): row, "province_id": row.province_id, "handling": row.handling}
        made.append(Escalation(id=key, **scope, stage=what, level=level, whom=whom, due_at=since))
    return made
