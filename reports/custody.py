"""Whose custody ends soon or is over: a few people at a time, and nothing on the work page is more urgent."""

from datetime import datetime
from typing import Any

from django.urls import reverse
from django.utils.translation import gettext as _

from core import display, glyphs
from suspects.models import Suspect
from suspects.presenters.suspects import row_of, status_words
from suspects.workflow import SUSPECT
from workflow.services import available_steps

MOST = 20


def custody_of(user: Any, now: datetime) -> dict[str, Any] | None:
    """Return the group of who is held and was warned of, first to end first; None where there is nobody. Two queries."""
    if not user.may("suspect.arrest"):
        return None
    held = Suspect.objects.visible_to(user).in_custody().filter(custody_warn_at__lte=now)
    rows = list(held.for_list().order_by("custody_ends_at", "id")[: MOST + 1])
    if not rows:
        return None
    n = display.number(min(len(rows), MOST)) + ("+" if len(rows) > MOST else "")
    return {
        "title": _("Custody ends"),
        "count": n,
        "rows": [_row(suspect, user, now) for suspect in rows[:MOST]],
        "url": f"{reverse('suspects:list')}?custody=soon&sort=due",
        "cut": len(rows) > MOST,
    }


def _row(suspect: Suspect, user: Any, now: datetime) -> dict[str, Any]:
    steps = {step.name: step for step in available_steps(SUSPECT, suspect, user)}
    step = steps.get("send_to_court")
    over = suspect.custody_ends_at is not None and suspect.custody_ends_at <= now
    url = reverse("suspects:step", args=[suspect.reference, "send_to_court"])
    return {
        "row": row_of(suspect, user, complaint=True),
        "status": glyphs.said(suspect.status, status_words(suspect)),
        "unit": suspect.arrest_unit if user.may("identity.read") else "",
        "edge": "sk-row--over" if over else "",
        "step": {"label": step.label, "url": url} if step else None,
    }


def count_of(group: dict[str, Any] | None) -> list[dict[str, Any]]:
    """Return the count on top that jumps to the group."""
    if group is None:
        return []
    return [{"url": "#custody", "n": group["count"], "title": group["title"], "note": "", "tone": "brick"}]
