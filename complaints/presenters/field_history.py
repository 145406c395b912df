"""What a fact of a complaint was before, and before that: who changed it and when."""

from typing import Any

from django.db.models import QuerySet
from django.http import Http404
from django.utils.translation import gettext as _

from complaints.models import Complaint
from complaints.presenters.field_words import NUMBERS, labels, said
from workflow.models import Edit


def label_of(field: str, user: Any) -> str:
    """Return how a field is called; 404 for one that is none, or whose words the reader may not see."""
    found = labels(user).get(field)
    if found is None or field in NUMBERS:
        raise Http404
    return str(found)


def edits_of_field(complaint: Complaint, field: str, user: Any) -> QuerySet[Edit]:
    """Return the changes of a field of the complaint itself or its evidence, not of its suspects; 404 as `label_of`."""
    label_of(field, user)
    own = (complaint._meta.label_lower, "complaints.evidence")
    rows = Edit.objects.of_complaint(complaint).filter(field=field, object_type__in=own)
    return rows.select_related("by")


def rows_of(edits: list[Edit]) -> list[dict[str, Any]]:
    """Return changes as rows: from what to what, who, when."""
    words = said(edits)

    def say(edit: Edit, text: str) -> str:
        return str(words.get(edit.field, str)(text)) or _("Empty")

    return [
        {
            "before": say(edit, edit.before),
            "after": say(edit, edit.after),
            "by": edit.by.display_name,
            "at": edit.recorded_at,
        }
        for edit in edits
    ]
