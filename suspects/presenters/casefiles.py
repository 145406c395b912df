"""What pages show of a case file: its parts, of those the reader may see."""

from typing import Any

from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from people.presenters import about, names_of
from suspects.models import CaseFile, Suspect

ROUTES = {"complaints": "complaints:detail", "suspects": "suspects:detail", "victims": "victims:detail"}
TITLES = {"complaints": _("Complaints"), "suspects": _("Suspects"), "victims": _("Victims")}
NEEDS = {"complaints": "complaint.read", "suspects": "suspect.read", "victims": "victim.read"}


def kinds() -> dict[str, Any]:
    """Return the models whose rows a file joins, by the name of the join."""
    return {
        "complaints": Suspect._meta.get_field("complaint").related_model,
        "suspects": Suspect,
        "victims": Suspect._meta.get_field("victims").related_model,
    }


def parts_of(file: CaseFile, user: Any) -> list[dict[str, Any]]:
    """Return the complaints, suspects and people of a file; a part out of scope is neither shown nor counted."""
    found = []
    for name in ROUTES:
        if not user.may(NEEDS[name]):
            continue
        rows = getattr(file, name).visible_to(user).live().order_by("reference")
        if name != "complaints":
            rows = rows.select_related("person").prefetch_related("person__names")
        found.append({"title": TITLES[name], "rows": [_part(name, row, user) for row in rows]})
    return found


def _part(name: str, row: Any, user: Any) -> dict[str, str]:
    person = getattr(row, "person", None)
    shown = names_of(person, user)[0] if person else ""
    status = row.get_rescue_status_display() if name == "victims" else row.get_status_display()
    return {
        "reference": row.reference,
        "url": reverse(ROUTES[name], args=[row.reference]),
        "name": shown,
        "about": about(person) if person else "",
        "status": str(status),
    }
