"""The words of the work page: headings of groups, and the counts on top that jump to them."""

from datetime import datetime
from typing import Any

from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext

from accounts.models import User
from complaints.models import Complaint
from core import display
from reports.work import MOST, Group

TITLES = {
    "new": gettext_lazy("New"),
    "decide": gettext_lazy("Waiting for your decision"),
    "unnamed": gettext_lazy("Nobody is named to handle it"),
    "late": gettext_lazy("Overdue"),
    "over": gettext_lazy("Overdue"),
    "today": gettext_lazy("Due today"),
    "later": gettext_lazy("Yours, not due today"),
    "sealed": gettext_lazy("Sealed complaints, open"),
}
QUERIES = {
    "new": "status=new",
    "decide": "status=outcome_proposed&status=closing_proposed&sort=due",
    "unnamed": "handling=national_led&sort=due",
    "late": "clock=over&sort=due",
    "over": "clock=over&officer=me&sort=due",
    "today": "clock=today&officer=me&sort=due",
    "later": "officer=me&sort=due",
}
TONES = {"new": "petrol", "late": "brick", "over": "brick", "today": "ochre", "unnamed": "brick", "decide": "ochre"}


def title_of(group: Group, user: User) -> str:
    """Return the heading of a group."""
    if group.name == "new" and user.posted_provinces and not user.is_ministry:
        return _("New for your province")
    return str(TITLES[group.name])


def many(group: Group, besides: int = 0) -> str:
    """Say how many, "50+" where there are more than are shown."""
    n = len(group.complaints) + besides
    return display.number(min(n, MOST)) + ("+" if n > MOST else "")


def more_url(group: Group) -> str:
    """Return the list that holds the rest of a group."""
    return f"{reverse('complaints:list')}?{QUERIES.get(group.name, '')}"


def note_of(group: Group, now: datetime) -> str:
    """Return the second line of a count."""
    if group.name == "new":
        return _("not acknowledged")
    if not group.complaints:
        return ""
    first = group.complaints[0]
    if group.name in {"late", "over"}:
        return _("oldest %(span)s") % {"span": display.span(now - first.due_at)}
    if group.name == "today":
        return _("next %(time)s") % {"time": display.hour(first.due_at)}
    return ""


def counts(groups: list[Group], user: User, now: datetime, others: int = 0) -> list[dict[str, Any]]:
    """Return up to four counts; each jumps to its group. `others` are decisions about no outcome or closing."""
    found = [
        {
            "url": f"#{group.name}",
            "n": many(group, others if group.name == "decide" else 0),
            "title": str(TITLES[group.name]),
            "note": note_of(group, now),
            "tone": TONES.get(group.name, "") if group.complaints or (others and group.name == "decide") else "",
        }
        for group in groups
        if group.name != "later"
    ]
    mine = [c for group in groups if group.name in {"over", "today", "later"} for c in group.complaints]
    if any(group.name == "over" for group in groups):
        found.append({"url": "#later", "n": display.number(len(mine)), "title": _("Mine, open"), "note": sought(mine)})
    return found[:4]


def sought(complaints: list[Complaint]) -> str:
    """Say how many people are sought in them."""
    n = sum(complaint.ledger["sought"] for complaint in complaints)
    return ngettext("%(n)s person sought", "%(n)s people sought", n) % {"n": display.number(n)}


def nothing_due(groups: list[Group]) -> str:
    """Say that nothing is due and how many are one's own; empty where something is, or where nothing ever is."""
    names = {group.name: len(group.complaints) for group in groups}
    if "over" not in names or names["over"] or names["today"]:
        return ""
    return ngettext("%(n)s is yours.", "%(n)s are yours.", names["later"]) % {"n": display.number(names["later"])}


def waiting(groups: list[Group]) -> int:
    """Count one's own complaints that wait for another person's decision."""
    mine = [c for group in groups if group.name in {"over", "today", "later"} for c in group.complaints]
    return sum(complaint.status in {"outcome_proposed", "closing_proposed"} for complaint in mine)
