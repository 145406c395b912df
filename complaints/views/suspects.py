"""Name a suspect in a complaint."""

from typing import Any
from uuid import uuid4

from django.contrib import messages
from django.core.exceptions import ValidationError
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.utils.translation import gettext as _

from complaints.forms.suspects import AddSuspect
from complaints.models import Complaint
from complaints.services import name_suspect
from complaints.views.base import RecordPage
from complaints.views.detail import people_of
from core.countries import country_names
from core.exceptions import Conflict, Unprocessable
from suspects.models import Suspect
from workflow.services import submit_once

MOST = 60


class AddSuspectTo(RecordPage):
    """Name one suspect, once for the key the form carries."""

    permission = "suspect.add"
    part = "add_suspect"

    def get(self, request: HttpRequest, reference: str) -> HttpResponse:
        complaint = self.fetch(reference)
        return self.show(complaint, self.form(complaint))

    def post(self, request: HttpRequest, reference: str) -> HttpResponse:
        complaint = self.fetch(reference)
        form = self.form(complaint, request.POST)
        if not form.is_valid():
            return self.show(complaint, form, status=400)
        try:
            suspect = self.once(complaint, form)
        except ValidationError as error:
            form.add_error(None, error.messages)
            return self.show(complaint, form, status=400)
        except (Conflict, Unprocessable) as error:
            return self.show(complaint, form, status=409, why=error.message)
        messages.info(request, _("Suspect named: %(reference)s.") % {"reference": suspect.reference})
        seen = Suspect.objects.visible_to(request.user).filter(pk=suspect.pk).exists()  # type: ignore[arg-type]
        if not seen:
            messages.info(request, _("Saved. The complaint is sealed now."))
        return redirect("complaints:detail", complaint.reference) if seen else redirect("complaints:list")

    def form(self, complaint: Complaint, data: Any = None) -> AddSuspect:
        """Return the form, with the people of the complaint to choose from."""
        people = list(people_of(complaint, self.request.user)[:MOST])
        return AddSuspect(data, people=people, user=self.request.user)

    def once(self, complaint: Complaint, form: AddSuspect) -> Suspect:
        """Name the suspect once."""
        user, said, person = self.request.user, form.said(), form.person()
        body = {"reference": complaint.reference, "person": person, **{name: str(said[name]) for name in said}}
        suspect, _made = submit_once(
            form.cleaned_data["idempotency_key"] or uuid4().hex,
            by=user,
            route="complaints.name_suspect",
            body=body,
            make=lambda: name_suspect(complaint, person, by=user, **said),
            find=lambda made: Suspect.objects.visible_to(user).filter(reference=made).first(),  # type: ignore[arg-type]
        )
        return suspect

    def show(self, complaint: Complaint, form: AddSuspect, *, status: int = 200, **more: Any) -> HttpResponse:
        """Render the form."""
        data = {**self.frame(complaint, "suspects"), "form": form, "countries": country_names(), **more}
        return self.render("complaints/add_suspect.html", data, status=status)
