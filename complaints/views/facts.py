"""Change the facts of a complaint; whoever was faster is shown beside, field by field."""

from typing import Any

from django.contrib import messages
from django.core.exceptions import ValidationError
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.urls import reverse
from django.utils.translation import gettext as _

from complaints.forms.record import FactsForm, flat, shown
from complaints.models import Complaint
from complaints.presenters.field_words import LABELS
from complaints.services import change_facts, require_changeable
from complaints.views.base import RecordPage
from core.exceptions import Conflict
from workflow.models import Edit, Transition


class ChangeFacts(RecordPage):
    """The facts as a form, under a version."""

    part = "facts"

    def get(self, request: HttpRequest, reference: str) -> HttpResponse:
        complaint = self.fetch(reference)
        require_changeable(complaint, request.user)
        return self.show(complaint, FactsForm(complaint))

    def post(self, request: HttpRequest, reference: str) -> HttpResponse:
        complaint = self.fetch(reference)
        require_changeable(complaint, request.user)
        form = FactsForm(complaint, request.POST)
        if not form.is_valid():
            return self.show(complaint, form, status=400)
        try:
            version = form.cleaned_data.get("version") or 0
            change_facts(complaint, by=request.user, version=version, changes=form.changes())
        except ValidationError as error:
            form.add_error(None, error)
            return self.show(complaint, form, status=400)
        except Conflict as error:
            return self.conflict(self.fetch(reference), form, error)
        if not Complaint.objects.visible_to(request.user).filter(pk=complaint.pk).exists():  # type: ignore[arg-type]
            messages.info(request, _("Saved. The ministry handles this complaint now."))
            return redirect("complaints:list")
        messages.info(request, _("Facts saved: %(reference)s.") % {"reference": complaint.reference})
        return redirect("complaints:detail", complaint.reference)

    def conflict(self, now: Complaint, form: FactsForm, error: Conflict) -> HttpResponse:
        """Show theirs and mine; saving again means mine, on top of what is saved now."""
        theirs, mine = FactsForm(now), form
        rows = [
            {"label": LABELS[name], "theirs": said(theirs, name), "mine": said(mine, name)}
            for name in form.touched()
            if flat(shown(now).get(name)) != flat(form[name].value())
        ]
        who, when = last_change(now)
        form.data = {**form.data.dict(), "forms": form.data.getlist("forms"), "version": str(now.version)}  # type: ignore[attr-defined]
        keep = reverse("complaints:detail", args=[now.reference])
        found = {"rows": rows, "by": who, "at": when, "keep_url": keep, "why": error.message}
        return self.show(now, form, status=409, theirs=found)

    def show(self, complaint: Complaint, form: FactsForm, *, status: int = 200, **more: Any) -> HttpResponse:
        """Render the form."""
        data = {**self.frame(complaint, ""), "form": form, **more}
        return self.render("complaints/facts.html", data, status=status)


def last_change(complaint: Complaint) -> tuple[str, Any]:
    """Return who changed the complaint last, and when."""
    found: list[Edit | Transition] = []
    for model in (Edit, Transition):
        if row := model.objects.of(complaint).select_related("by").first():
            found.append(row)
    last = max(found, key=lambda row: row.recorded_at)
    return last.by.display_name, last.recorded_at


def said(form: FactsForm, name: str) -> str:
    """Say the value of a field as its options call it."""
    value = form[name].value()
    words = {str(code): str(label) for code, label in getattr(form.fields[name].widget, "choices", ())}
    codes = value if isinstance(value, list | tuple) else [value]
    return ", ".join(words.get(str(code), str(code)) for code in codes if code not in (None, "")) or "—"
