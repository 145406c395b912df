"""What pages say of the services a person gets. Who gives them and the note are for who may know identities."""

from datetime import date
from typing import Any

from django.contrib.postgres.expressions import ArraySubquery
from django.db.models import F, OuterRef
from django.db.models.functions import JSONObject
from django.urls import reverse
from django.utils.translation import gettext as _

from core import display
from partners.models import Service
from victims.models import Care, Victim
from victims.services.assistance import may_record_care, may_take_back

MOST = 100


def services_of_each() -> ArraySubquery:
    """Return the standing services of each person as a column of the fetch that finds them: a page asks no more."""
    rows = Care.objects.filter(victim=OuterRef("pk"), taken_back_at=None).order_by("-from_on", "-recorded_at")
    partner = {"km": F("provider__name_km"), "en": F("provider__name_en")}
    said = JSONObject(service="service", since="from_on", until="until_on", name="provider_name", **partner)
    return ArraySubquery(rows.values_list(said)[:MOST])


def services_of(victim: Any, user: Any) -> dict[str, Any]:
    """Return the card for the page of the person, fetched with `given`; nothing for nobody found."""
    may = may_record_care(victim, user)
    if not (may or victim.rescued_on is not None or victim.found_unreported):
        return {}
    return {
        "rows": [_given(said, user) for said in victim.given],
        "url": reverse("victims:services", args=[victim.reference]) if may else "",
    }


def _given(said: dict[str, Any], user: Any) -> dict[str, Any]:
    first, second = (said["km"], said["en"]) if display.in_khmer() else (said["en"], said["km"])
    since, until = date.fromisoformat(said["since"]), said["until"]
    return {
        "service": Service(said["service"]).label,
        "days": days_of(since, date.fromisoformat(until) if until else None),
        "by": (first or second or said["name"]) if user.may("identity.read") else "",
    }


def days_of(since: date, until: date | None) -> str:
    """Say from when until when."""
    return f"{display.day(since)} – {display.day(until) if until else _('goes on')}"


def every_service(victim: Victim) -> Any:
    """Return every service of a person, latest first, also what was taken back."""
    rows = Care.objects.filter(victim=victim).select_related("provider", "by", "taken_back_by")
    return rows.order_by("-from_on", "-recorded_at", "-id")[:MOST]


def service_row(row: Care, user: Any) -> dict[str, Any]:
    """Return a service as a line, with the way to take it back for who may."""
    words = user.may("identity.read")
    may = row.taken_back_at is None and may_take_back(row, user)
    return {
        "row": row,
        "service": str(row.get_service_display()),
        "days": days_of(row.from_on, row.until_on),
        "by": row.given_by if words else "",
        "note": row.note if words else "",
        "recorded_by": row.by.display_name,
        "back": row.taken_back_by.display_name if row.taken_back_by else "",
        "why": row.taken_back_why if words else "",
        "back_url": reverse("victims:take_back_service", args=[row.victim.reference, row.pk]) if may else "",
    }


def history_of(victim: Victim, user: Any) -> list[dict[str, Any]]:
    """Return every service as a line; one query."""
    rows = list(every_service(victim))
    for row in rows:
        row.victim = victim
    return [service_row(row, user) for row in rows]
