"""The story of a complaint: its own steps and edits, and those of the people in it."""

from collections.abc import Iterable, Mapping
from typing import Any

from django.utils.translation import gettext_lazy as _

from complaints.models import Complaint, ExploitationForm, Urgency
from core.paging import PageOfRows, Sort, page_of
from provinces.models import Site
from suspects.presenters.suspects import LABELS as SUSPECT_LABELS
from suspects.presenters.suspects import said_roles
from workflow.models import Edit, Transition
from workflow.story import Line, edits_as_lines, line_of, told

NEWEST = 40
SHOWN = 8
EDITS = 200
SORTS = {"newest": Sort("recorded_at", True, _("Newest first"))}
LABELS = {
    "exact_spot": _("Exact spot"),
    "site": _("Site"),
    "district": _("District"),
    "commune": _("Commune"),
    "forms": _("Forms"),
    "urgency": _("Urgency"),
    "number_reported": _("People reported"),
    **SUSPECT_LABELS,
}
People = Mapping[Any, tuple[str, str]]


def newest(complaint: Complaint, user: Any, people: People) -> tuple[list[Line], bool]:
    """Return the newest lines, steps of several people joined, and whether there are older ones; two queries."""
    notes = user.may("identity.read")
    steps = list(Transition.objects.of_complaint(complaint).select_related("by")[: NEWEST + 1])
    edits = Edit.objects.of_complaint(complaint).select_related("by")[:NEWEST]
    lines = [line_of(row, notes=notes, people=people) for row in steps[:NEWEST]]
    lines += edits_as_lines(edits, labels(user), said({}))
    joined = told(_latest_first(lines))
    return joined[:SHOWN], len(steps) > NEWEST or len(joined) > SHOWN


def page_of_story(complaint: Complaint, user: Any, params: Any) -> tuple[list[Line], PageOfRows]:
    """Return one page of every step and edit; an edit stands on the page of the step before it."""
    notes = user.may("identity.read")
    steps = Transition.objects.of_complaint(complaint).select_related("by").order_by()
    page = page_of(steps, params, SORTS)
    edits = Edit.objects.of_complaint(complaint).select_related("by")
    if page.next:
        edits = edits.filter(recorded_at__gte=page.rows[-1].recorded_at)
    if page.previous:
        newer = steps.filter(recorded_at__gt=page.rows[0].recorded_at).order_by("recorded_at").first()
        edits = edits.filter(recorded_at__lt=newer.recorded_at) if newer else edits
    shown = list(edits[:EDITS])
    lines = [line_of(row, notes=notes, people={}) for row in page.rows]
    lines += edits_as_lines(shown, labels(user), said(_sites(shown)))
    return _latest_first(lines), page


def labels(user: Any) -> dict[str, Any]:
    """Return the names of the fields whose values the reader may see: free text is not for coded readers."""
    hidden = set() if user.may("identity.read") else {"exact_spot"}
    return {name: label for name, label in LABELS.items() if name not in hidden}


def said(sites: Mapping[str, str]) -> dict[str, Any]:
    """Return how values of fields are said."""
    urgency, forms = dict(Urgency.choices), dict(ExploitationForm.choices)
    return {
        "urgency": lambda value: str(urgency.get(value, value)),
        "forms": lambda value: ", ".join(str(forms.get(code, code)) for code in value.split(", ") if code),
        "roles": said_roles,
        "site": lambda value: sites.get(value, "…" if value else ""),
    }


def _sites(edits: Iterable[Edit]) -> dict[str, str]:
    keys = {value for edit in edits if edit.field == "site" for value in (edit.before, edit.after) if value}
    return {str(site.pk): site.name for site in Site.objects.filter(pk__in=keys)} if keys else {}


def _latest_first(lines: list[Line]) -> list[Line]:
    return sorted(lines, key=lambda line: line.recorded_at or line.at, reverse=True)
