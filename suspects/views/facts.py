"""Change what is known of a suspect besides the way to court: roles, and whom they harmed."""

from typing import Any

from django.contrib import messages
from django.core.exceptions import ValidationError
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.utils.translation import gettext as _

from core.exceptions import Conflict
from suspects.forms import SuspectForm
from suspects.models import Suspect
from suspects.services import change_suspect
from suspects.views.record import SuspectPage, frame
from workflow.models import Edit, Transition

MOST = 60


class ChangeSuspect(SuspectPage):
    """Roles and persons harmed as a form, under a version."""

    permission = "suspect.add"

    def get(self, request: HttpRequest, reference: str) -> HttpResponse:
        suspect = self.fetch(reference)
        return self.show(suspect, self.form(suspect))

    def post(self, request: HttpRequest, reference: str) -> HttpResponse:
        suspect = self.fetch(reference)
        form = self.form(suspect, request.POST)
        if not form.is_valid():
            return self.show(suspect, form, status=400)
        try:
            change_suspect(suspect, by=request.user, **form.said())
        except ValidationError as error:
            form.add_error(None, error)
            return self.show(suspect, form, status=400)
        except Conflict as error:
            return self.conflict(self.fetch(reference), form, error)
        messages.info(request, _("Saved: %(reference)s.") % {"reference": suspect.reference})
        return redirect("suspects:detail", suspect.reference)

    def form(self, suspect: Suspect, data: Any = None) -> SuspectForm:
        """Return the form: who is chosen already, and the first of the others in the complaint."""
        complaint: Any = suspect.complaint
        people = complaint.victims.visible_to(self.request.user).live().select_related("person")
        ordered = people.prefetch_related("person__names").order_by("received_at", "id")
        chosen = suspect.victims.values("pk")
        listed = [*ordered.filter(pk__in=chosen), *ordered.exclude(pk__in=chosen)[:MOST]]
        return SuspectForm(suspect, data, people=listed, user=self.request.user)

    def conflict(self, now: Suspect, form: SuspectForm, error: Conflict) -> HttpResponse:
        """Show theirs beside mine; saving again then saves mine."""
        theirs = self.form(now)
        rows = [
            {"label": form.fields[name].label, "theirs": theirs.shown(name), "mine": form.shown(name)}
            for name in error.theirs
        ]
        mine: Any = form.data.copy()
        mine["version"] = str(now.version)
        last: Any = Edit.objects.of(now).select_related("by").first() or Transition.objects.of(now).first()
        return self.show(now, self.form(now, mine), status=409, differences=rows, last=last)

    def show(self, suspect: Suspect, form: SuspectForm, *, status: int = 200, **more: Any) -> HttpResponse:
        """Render the form."""
        self.audit("read", suspect, detail={"part": "facts"})
        data = {**frame(suspect, self.request.user, ""), "form": form, **more}
        return self.render("suspects/facts.html", data, status=status)
