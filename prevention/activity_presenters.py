"""What pages of activities show: facts, and what was changed."""

from __future__ import annotations

import datetime
from typing import Any

from django.utils.translation import gettext as _

from core import display
from prevention.models import Activity, ActivityKind, Audience, Organiser, ReachSource
from provinces.models import Province
from workflow.models import Edit

MOST_EDITS = 20
CHOSEN: dict[str, Any] = {
    "kind": ActivityKind,
    "reach_source": ReachSource,
    "organisers": Organiser,
    "audience": Audience,
}


def activity_facts(activity: Activity) -> list[dict[str, Any]]:
    """Return what is known of an activity, for a summary list."""
    days = display.day(activity.held_on)
    if activity.until_on and activity.until_on != activity.held_on:
        days = f"{days} – {display.day(activity.until_on)}"
    where = ", ".join(filter(None, (activity.place, activity.province.name)))
    facts = [
        (_("Kind"), activity.get_kind_display(), ""),
        (_("Subject of the training"), activity.subject, ""),
        (_("Held on"), days, ""),
        (_("Place"), where, ""),
        (_("Who organised it"), said_of("organisers", activity.organisers), ""),
        (_("For whom"), said_of("audience", activity.audience), ""),
        (_("People reached"), reach_of(activity), activity.get_reach_source_display()),
        (_("Note"), activity.note, ""),
    ]
    return [{"key": key, "value": value, "second": second} for key, value, second in facts if value]


def reach_of(activity: Activity) -> str:
    """Say how many were reached, women among them."""
    if activity.reached is None:
        return ""
    if activity.reached_women is None:
        return display.number(activity.reached)
    said = {"n": display.number(activity.reached), "women": display.number(activity.reached_women)}
    return _("%(n)s, %(women)s of them women") % said


def edits_of(activity: Activity) -> list[dict[str, Any]]:
    """Return what was changed as lines of a timeline, newest first."""
    labels = {field.name: field.verbose_name for field in Activity._meta.get_fields() if hasattr(field, "verbose_name")}
    labels["province_id"] = labels["province"]
    return [
        {
            "title": labels.get(edit.field, edit.field),
            "by": edit.by,
            "at": edit.recorded_at,
            "note": f"{said_of(edit.field, edit.before) or '–'} → {said_of(edit.field, edit.after) or '–'}",
        }
        for edit in Edit.objects.of(activity).select_related("by")[:MOST_EDITS]
    ]


def said_of(name: str, value: Any) -> str:
    """Say a kept value in words; lists come as lists, or as they stand in the history."""
    if value in (None, "", []):
        return ""
    if name in CHOSEN:
        codes = value if isinstance(value, list | tuple) else str(value).strip("[]").replace("'", "").split(", ")
        words = dict(CHOSEN[name].choices)
        return ", ".join(str(words.get(code, code)) for code in codes)
    if name in {"held_on", "until_on"}:
        return display.day(value if isinstance(value, datetime.date) else datetime.date.fromisoformat(str(value)))
    if name == "province_id":
        return str(Province.objects.filter(pk=value).first() or "")
    return display.number(value) if isinstance(value, int) else str(value)
