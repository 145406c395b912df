"""What pages show of companies and measures at a site."""

from __future__ import annotations

import datetime
from typing import Any

from django.utils.translation import gettext as _

from core import display
from provinces.models import Company, Measure, Sector, Site
from workflow.models import Edit

MOST_EDITS = 50
LABELS: dict[str, Any] = {
    field.name: field.verbose_name
    for model in (Company, Measure)
    for field in model._meta.get_fields()
    if hasattr(field, "verbose_name")
}


def measures_of(site: Site, user: Any) -> Any:
    """Return the measures at a site, newest first, with their companies."""
    return Measure.objects.visible_to(user).filter(site=site).select_related("company", "site")


def companies_of(site: Site, user: Any) -> Any:
    """Return the companies at a site."""
    return Company.objects.visible_to(user).filter(sites=site)


def measure_rows(site: Site, user: Any) -> list[dict[str, Any]]:
    """Return the measures as rows: what, by whom, against whom, from when till when."""
    today = display.today()
    return [
        {
            "pk": row.pk,
            "kind": row.get_kind_display(),
            "company": str(row.company) if row.company else _("The whole site"),
            "sector": row.get_sector_display(),
            "authority": row.authority,
            "days": _days(row),
            "runs": row.until_on is None or row.until_on >= today,
            "note": row.note,
        }
        for row in measures_of(site, user)
    ]


def _days(row: Measure) -> str:
    since = display.day(row.since_on)
    return f"{since} – {display.day(row.until_on)}" if row.until_on else _("since %(day)s") % {"day": since}


def edits_of(row: Any) -> list[dict[str, Any]]:
    """Return the history of a company or a measure as lines of a timeline, newest first."""
    edits = Edit.objects.of(row).select_related("by")[:MOST_EDITS]
    return [
        {
            "title": LABELS.get(edit.field, edit.field),
            "by": edit.by,
            "at": edit.recorded_at,
            "note": f"{said_of(edit.field, edit.before) or '–'} → {said_of(edit.field, edit.after) or '–'}",
        }
        for edit in edits
    ]


def said_of(name: str, value: Any) -> str:
    """Say a kept value in words."""
    if name == "kind" and value in Measure.Kind.values:
        return str(Measure.Kind(value).label)
    if name == "sector" and value in Sector.values:
        return str(Sector(value).label)
    if name in {"since_on", "until_on"} and value:
        return display.day(value if isinstance(value, datetime.date) else datetime.date.fromisoformat(str(value)))
    if name == "company" and value and not isinstance(value, Company):
        return str(Company.objects.filter(pk=value).first() or "")
    return str(value or "")
