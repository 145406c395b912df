"""Add people to a complaint."""

from typing import Any

from django.contrib import messages
from django.core.exceptions import ValidationError
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from complaints.forms.record import AddPeople
from complaints.models import Complaint
from complaints.services import add_known, add_people
from complaints.views.base import RecordPage
from core.countries import country_names
from core.display import number
from core.exceptions import Conflict
from victims.models import Victim
from victims.similar import Similar, known_from, row_named, similar
from workflow.models import Submission
from workflow.services import submit_once


class AddPeopleTo(RecordPage):
    """Add one person, or several of whom only the same is known."""

    permission = "victim.add"
    part = "add_people"

    def get(self, request: HttpRequest, reference: str) -> HttpResponse:
        return self.show(self.fetch(reference), AddPeople())

    def post(self, request: HttpRequest, reference: str) -> HttpResponse:
        complaint, form = self.fetch(reference), AddPeople(request.POST)
        if not form.is_valid():
            return self.show(complaint, form, status=400)
        if asked := self.in_doubt(complaint, form):
            return self.show(complaint, form, similar=asked, asked=True)
        try:
            self.once(complaint, form)
        except ValidationError as error:
            form.add_error(None, error.messages)
            return self.show(complaint, form, status=400)
        except Conflict as error:
            return self.show(complaint, form, status=409, why=error.message)
        n = len(form.people())
        added = ngettext("%(n)s person added.", "%(n)s people added.", n) % {"n": number(n)}
        messages.info(request, added)
        return redirect("complaints:detail", complaint.reference)

    def in_doubt(self, complaint: Complaint, form: AddPeople) -> list[Similar]:
        """Return who may be meant and was not shown yet; nobody where one was taken, or where nobody is named."""
        values, user = form.cleaned_data, self.request.user
        if values["same_as"] or not values["name"].strip() or not user.may("identity.read"):  # type: ignore[union-attr]
            return []
        if Submission.objects.filter(user=user, key=values["idempotency_key"]).exists():  # pressed twice: it is saved
            return []
        (found,) = similar([known_from(self.request.POST)], user, complaint=complaint)
        shown = set(values["not_these"].split())
        if {one.reference for one in found} <= shown:
            return []
        self.audit("search", Victim, detail={"part": "similar", "rows": len(found)})
        return found

    def once(self, complaint: Complaint, form: AddPeople) -> None:
        """Add them once for the key the form carries."""
        user, values = self.request.user, form.cleaned_data
        unreported, taken = values["found_unreported"], values["same_as"].strip()

        def make() -> Complaint:
            if taken:
                add_known(complaint, self.known(taken), by=user, name=values["name"], found_unreported=unreported)
            else:
                add_people(complaint, form.people(), by=user, found_unreported=unreported)
            return complaint

        if not values["idempotency_key"]:
            make()
            return
        body = {"reference": complaint.reference, "people": form.people(), "unreported": unreported, "same_as": taken}
        seen = Complaint.objects.visible_to(user)  # type: ignore[arg-type]
        submit_once(
            values["idempotency_key"],
            by=user,
            route="complaints.add_people",
            body=body,
            make=make,
            find=lambda found: seen.filter(reference=found).first(),
        )

    def known(self, reference: str) -> Any:
        """Return the row of the person taken."""
        row = row_named(reference, self.request.user)
        if row is None:
            raise ValidationError(_("This person is not known here. Choose from the list."))
        return row

    def show(self, complaint: Complaint, form: AddPeople, *, status: int = 200, **more: Any) -> HttpResponse:
        """Render the form."""
        data = {**self.frame(complaint, "people"), "form": form, "countries": country_names(), **more}
        return self.render("complaints/add_people.html", data, status=status)
