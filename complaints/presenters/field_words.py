"""How the fields of a complaint and what hangs on it are called, and how their values are said, in every story."""

from collections.abc import Iterable, Mapping
from functools import partial
from typing import Any

from django.utils.translation import gettext_lazy as _

from complaints.models import Complaint, Evidence, ExploitationForm, Urgency
from complaints.presenters.evidence import WORDS as EVIDENCE_WORDS
from complaints.presenters.evidence import said as evidence_said
from provinces.models import Commune, District, Province, Site
from suspects.presenters.suspects import LABELS as SUSPECT_LABELS
from suspects.presenters.suspects import said_roles
from workflow.models import Edit

LABELS = {
    "exact_spot": _("Exact spot"),
    "site": _("Site"),
    "province_of_incident": _("Province of incident"),
    "district": _("District"),
    "commune": _("Commune"),
    "forms": _("Forms"),
    "urgency": _("Urgency"),
    "number_reported": _("People reported"),
    **{name: Evidence._meta.get_field(name).verbose_name for name in (*EVIDENCE_WORDS, "evidence_note")},  # type: ignore[union-attr]
    **SUSPECT_LABELS,
}
WORDS_ONLY = {"exact_spot", "evidence_note"}  # free text: not for readers of coded data
PLACES: dict[str, Any] = {"site": Site, "province_of_incident": Province, "district": District, "commune": Commune}
NUMBERS = ("number_reported", "number_low", "number_high")  # told by their revisions


def labels(user: Any) -> dict[str, Any]:
    """Return the names of the fields whose values the reader may see."""
    hidden = set() if user.may("identity.read") else WORDS_ONLY
    return {name: label for name, label in LABELS.items() if name not in hidden}


def said(edits: Iterable[Edit], here: Complaint | None = None) -> dict[str, Any]:
    """Return how values of fields are said; a query for each kind of place that the edits speak of.

    With `here`, a complaint fetched with its places, only those are named, and nothing is asked.
    """
    urgency, forms = dict(Urgency.choices), dict(ExploitationForm.choices)
    places = _places(edits) if here is None else _places_of(here)
    return {
        "urgency": lambda value: str(urgency.get(value, value)),
        "forms": lambda value: ", ".join(str(forms.get(code, code)) for code in value.split(", ") if code),
        "roles": said_roles,
        **{name: partial(_said_evidence, name) for name in EVIDENCE_WORDS},
        **{name: partial(_said_place, places.get(name, {})) for name in PLACES},
    }


def _said_evidence(name: str, value: str) -> str:
    return evidence_said(name, (code for code in value.split(", ") if code))


def _said_place(names: Mapping[str, str], value: str) -> str:
    return names.get(value, "…" if value else "")


def _places_of(complaint: Complaint) -> dict[str, dict[str, str]]:
    rows = {name: getattr(complaint, name) for name in PLACES}
    return {name: {str(row.pk): str(row)} for name, row in rows.items() if row is not None}


def _places(edits: Iterable[Edit]) -> dict[str, dict[str, str]]:
    found: dict[str, set[str]] = {}
    for edit in edits:
        if edit.field in PLACES:
            found.setdefault(edit.field, set()).update(value for value in (edit.before, edit.after) if value)
    return {
        name: {str(row.pk): str(row) for row in PLACES[name].objects.filter(pk__in=keys)}
        for name, keys in found.items()
    }
