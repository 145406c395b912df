"""The checklist of the verification: act, means, purpose and signs, under a version."""

from typing import Any

from django.contrib import messages
from django.core.exceptions import PermissionDenied, ValidationError
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.urls import reverse
from django.utils.translation import gettext as _

from complaints.forms.evidence import EvidenceForm
from complaints.models import Complaint, Evidence
from complaints.presenters import evidence as words
from complaints.services.evidence import FIELDS, evidence_of, keep_evidence, require_evidence
from complaints.views.base import RecordPage
from core.exceptions import Conflict
from workflow.models import Edit


class EvidencePage(RecordPage):
    """Read the checklist; who verifies changes it on the same page."""

    part = "evidence"

    def get(self, request: HttpRequest, reference: str) -> HttpResponse:
        complaint = self.fetch(reference)
        kept = evidence_of(complaint, request.user)
        return self.show(complaint, kept, EvidenceForm(kept))

    def post(self, request: HttpRequest, reference: str) -> HttpResponse:
        complaint = self.fetch(reference)
        require_evidence(complaint, request.user)
        kept = evidence_of(complaint, request.user)
        form = EvidenceForm(kept, request.POST)
        if not form.is_valid():
            return self.show(complaint, kept, form, status=400)
        try:
            version = form.cleaned_data.get("version") or 0
            keep_evidence(complaint, by=request.user, version=version, said=form.said())
        except ValidationError as error:
            form.take(error.message_dict)
            return self.show(complaint, kept, form, status=400)
        except Conflict as error:
            return self.conflict(self.fetch(reference), form, error)
        messages.info(request, _("Evidence saved: %(reference)s.") % {"reference": complaint.reference})
        return redirect("complaints:evidence", complaint.reference)

    def conflict(self, complaint: Complaint, form: EvidenceForm, error: Conflict) -> HttpResponse:
        """Show theirs and mine; saving again means mine, on top of what is saved now."""
        now, mine = evidence_of(complaint, self.request.user), form.said()
        last = Edit.objects.of(now).select_related("by").first()
        rows = [
            {"label": now._meta.get_field(name).verbose_name, "theirs": shown(name, now), "mine": shown(name, mine)}  # type: ignore[union-attr]
            for name in FIELDS
            if shown(name, now) != shown(name, mine)
        ]
        form.data = form.data.copy()  # type: ignore[attr-defined]
        form.data["version"] = str(now.version)  # type: ignore[index]
        theirs = {
            "rows": rows,
            "by": last.by.display_name if last else "",
            "at": now.updated_at,
            "keep_url": reverse("complaints:evidence", args=[complaint.reference]),
            "why": error.message,
        }
        return self.show(complaint, now, form, status=409, theirs=theirs)

    def show(
        self, complaint: Complaint, kept: Evidence, form: EvidenceForm, *, status: int = 200, **more: Any
    ) -> HttpResponse:
        """Render what it adds up to, and the form or the facts."""
        user: Any = self.request.user
        data = {
            **self.frame(complaint, "evidence"),
            "form": form,
            "adds_up": words.adds_up(kept, words.a_child_among(complaint, user)),
            "facts": words.lines(kept, user),
            "may_change": _may(complaint, user),
            **more,
        }
        return self.render("complaints/evidence.html", data, status=status)


def shown(name: str, of: Any) -> str:
    """Say one part of a checklist, kept or typed."""
    value = of[name] if isinstance(of, dict) else getattr(of, name)
    return words.said(name, value) or "—" if name in words.WORDS else str(value) or "—"


def _may(complaint: Complaint, user: Any) -> bool:
    try:
        require_evidence(complaint, user)
    except (PermissionDenied, Conflict):
        return False
    return True
