"""A person's part in proceedings: record an act, take one back."""

from typing import Any
from uuid import UUID

from django.contrib import messages
from django.core.exceptions import PermissionDenied, ValidationError
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.utils.translation import gettext as _

from core.exceptions import Conflict
from victims.models import Proceeding, Victim
from victims.models.proceeding import PENALTIES
from victims.proceeding_forms import ProceedingForm, TakeBackForm
from victims.proceedings import history_of, proceeding_row
from victims.services.proceedings import record_proceeding, take_back_proceeding
from victims.views.place import PlacePage


class VictimProceedings(PlacePage):
    """Everything recorded of one person, and the form of a new act."""

    permission = "victim.rescue"
    template = "victims/proceedings.html"
    part = "proceedings"

    def get(self, request: HttpRequest, reference: str) -> HttpResponse:
        victim = self.fetch(reference)
        return self.draw(victim, ProceedingForm(victim=victim, user=request.user))

    def post(self, request: HttpRequest, reference: str) -> HttpResponse:
        victim = self.fetch(reference)
        form = ProceedingForm(request.POST, victim=victim, user=request.user)
        if not form.is_valid():
            return self.draw(victim, form, status=400)
        try:
            record_proceeding(victim, by=request.user, **form.taken())
        except ValidationError as error:
            form.take(error.message_dict)
            return self.draw(victim, form, status=400)
        except Conflict as error:
            return self.draw(self.fetch(reference), form, status=409, why=error.message)
        messages.info(request, _("Saved: %(reference)s.") % {"reference": victim.reference})
        return redirect("victims:proceedings", victim.reference)

    def draw(self, victim: Victim, form: Any, *, status: int = 200, why: str = "") -> HttpResponse:
        """Render the form and every act so far."""
        return self.show(victim, form, status=status, history=history_of(victim, self.request.user), why=why)


class TakeBackProceeding(PlacePage):
    """Take one act back, with why."""

    permission = "victim.rescue"
    template = "victims/proceeding_back.html"
    part = "proceedings"

    def get(self, request: HttpRequest, reference: str, pk: UUID) -> HttpResponse:
        victim = self.fetch(reference)
        return self.draw(victim, self.row(victim, pk), TakeBackForm())

    def post(self, request: HttpRequest, reference: str, pk: UUID) -> HttpResponse:
        victim = self.fetch(reference)
        row, form = self.row(victim, pk), TakeBackForm(request.POST)
        if not form.is_valid():
            return self.draw(victim, row, form, status=400)
        try:
            take_back_proceeding(row, by=request.user, note=form.said("note"))
        except ValidationError as error:
            form.add_error("note", error.message_dict["note"])  # type: ignore[arg-type]
            return self.draw(victim, row, form, status=400)
        except Conflict as error:
            return self.draw(victim, row, form, status=409, why=error.message)
        messages.info(request, _("Taken back: %(what)s.") % {"what": row.get_kind_display()})
        return redirect("victims:proceedings", victim.reference)

    def row(self, victim: Victim, pk: UUID) -> Proceeding:
        """Return an act of this person through the scope; a penalty only for the ministry."""
        seen: Any = Proceeding.objects.visible_to(self.request.user).select_related("victim", "court", "by")  # type: ignore[arg-type]
        row: Proceeding = get_object_or_404(seen, victim=victim, pk=pk, takes_back=None)
        if row.kind in PENALTIES and not self.request.user.may("victim.confirm"):  # type: ignore[union-attr]
            raise PermissionDenied(_("That somebody was penalised is taken back by the ministry."))
        return row

    def draw(self, victim: Victim, row: Proceeding, form: Any, *, status: int = 200, why: str = "") -> HttpResponse:
        """Render the act and the form."""
        return self.show(victim, form, status=status, act=proceeding_row(row, self.request.user), why=why)
