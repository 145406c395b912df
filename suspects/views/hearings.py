"""Hearings: the coming ones of all suspects, those of one, and what came of each."""

from typing import Any

from django.contrib import messages
from django.core.exceptions import ValidationError
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.utils.translation import gettext as _

from accounts.lists import ScopedList
from core.exceptions import Conflict, Unprocessable
from suspects.forms import said_of
from suspects.hearing_filter import HearingFilter
from suspects.hearing_forms import HearingForm
from suspects.hearing_workflow import HEARING
from suspects.kept_list import HEARINGS
from suspects.models import Hearing, Suspect
from suspects.presenters.court import co_suspects, hearing_row
from suspects.presenters.suspects import row_of
from suspects.services import advance_hearing, set_hearing
from suspects.services.hearings import AT_COURT, may_set
from suspects.views.record import SuspectPage, files_of, frame
from workflow.pages import StepPage
from workflow.services import available_steps, submit_once
from workflow.table import Step

MOST = 100


class HearingList(ScopedList):
    """The hearings of the next thirty days; others by the filter."""

    permission = "suspect.read"
    model = Hearing
    filterset = HearingFilter
    template = "suspects/hearings.html"
    export = "hearings"
    views_of = HEARINGS

    def rows(self, found: list[Hearing], user: Any) -> list[Any]:
        """Prepare the rows; the suspect is only ever seen with their complaint."""
        return [{**hearing_row(row, user), "suspect": row_of(row.suspect, user, complaint=True)} for row in found]


class SuspectHearings(SuspectPage):
    """All hearings of one suspect, and the form of a new one."""

    permissions = {"post": "suspect.court"}

    def get(self, request: HttpRequest, reference: str) -> HttpResponse:
        suspect = self.fetch(reference)
        return self.show(suspect, self.form(suspect))

    def post(self, request: HttpRequest, reference: str) -> HttpResponse:
        suspect = self.fetch(reference)
        form = self.form(suspect, request.POST)
        if not form.is_valid():
            return self.show(suspect, form, status=400)
        try:
            made = self.once(suspect, form)
        except ValidationError as error:
            form.take(error.message_dict)
            return self.show(suspect, form, status=400)
        except (Conflict, Unprocessable) as error:
            return self.show(self.fetch(reference), form, status=409, why=error.message)
        messages.info(request, _("Hearing set: %(reference)s.") % {"reference": made.suspect.reference})
        return redirect("suspects:hearings", suspect.reference)

    def once(self, suspect: Suspect, form: HearingForm) -> Hearing:
        """Set it once for the key the form carries."""
        user, said = self.request.user, form.taken()
        key = form.said("idempotency_key")

        def make() -> Hearing:
            return set_hearing(suspect, by=user, **said)[0]

        if not key:
            return make()
        seen = Hearing.objects.visible_to(user).select_related("suspect")  # type: ignore[arg-type]
        body = {"reference": suspect.reference, **said, "also": sorted(row.reference for row in said["also"])}
        find = lambda found: seen.filter(reference=found).first()  # noqa: E731
        return submit_once(key, by=user, route="hearing.set", body=body, make=make, find=find)[0]

    def form(self, suspect: Suspect, data: Any = None) -> HearingForm:
        """Return the form, with the co-suspects who are at court too."""
        user: Any = self.request.user
        others = co_suspects(suspect, files_of(suspect, user), user)
        return HearingForm(
            suspect, data, others=[(row, said_of(row, user)) for row in others if row.status in AT_COURT]
        )

    def show(self, suspect: Suspect, form: HearingForm, *, status: int = 200, why: str = "") -> HttpResponse:
        """Render the hearings with the steps of each, and the form."""
        user: Any = self.request.user
        self.audit("read", suspect, detail={"part": "hearings"})
        seen = Hearing.objects.visible_to(user).live().filter(suspect=suspect).select_related("court")
        rows = [
            {**hearing_row(row, user), "steps": available_steps(HEARING, row, user)}
            for row in seen.order_by("-at", "pk")[:MOST]
        ]
        data = {"rows": rows, "form": form, "why": why, "may_set": may_set(suspect, user)}
        return self.render("suspects/hearings_of.html", {**frame(suspect, user, "hearings"), **data}, status=status)


class HearingStep(StepPage):
    """One step of one hearing: held, adjourned, called off, taken back."""

    permission = "suspect.read"
    model = Hearing
    workflow = HEARING
    service = staticmethod(advance_hearing)
    template = "suspects/hearing_step.html"
    route = "suspects:hearings"

    def seen(self) -> Any:
        """Return the hearings the reader may know of, with whom they are about."""
        related = ("court", "suspect__person", "suspect__complaint", "suspect__court")
        return super().seen().select_related(*related).prefetch_related("suspect__person__names")

    def finished(self, obj: Hearing, name: str, *, made: bool) -> HttpResponse:
        """Say what was done and go back to the hearings of the suspect."""
        super().finished(obj, name, made=made)
        return redirect(self.back() or "suspects:hearings", *(() if self.back() else (obj.suspect.reference,)))

    def besides(self, obj: Hearing, step: Step | None) -> dict[str, Any]:
        """Return the bar of the suspect and the hearing itself."""
        user = self.request.user
        return {**frame(obj.suspect, user, "hearings"), "hearing": hearing_row(obj, user)}
