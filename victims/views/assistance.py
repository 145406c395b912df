"""The services a person gets: record one, take one back."""

from typing import Any
from uuid import UUID

from django.contrib import messages
from django.core.exceptions import PermissionDenied, ValidationError
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.utils.translation import gettext as _

from core.exceptions import Conflict
from victims.assistance import history_of, service_row
from victims.assistance_forms import ServiceBackForm, ServiceForm
from victims.models import Care, Victim
from victims.services.assistance import may_take_back, record_service, take_back_care
from victims.views.consent import CarePage
from victims.views.place import PlacePage


class VictimServices(CarePage):
    """Every service recorded of one person, and the form of a new one."""

    permission = "referral.send"
    template = "victims/services.html"
    part = "services"
    form = ServiceForm
    service = staticmethod(record_service)

    def draw(self, victim: Victim, form: Any, *, status: int = 200, why: str = "") -> HttpResponse:
        """Render the form and every service so far."""
        return self.show(victim, form, status=status, history=history_of(victim, self.request.user), why=why)


class TakeBackService(PlacePage):
    """Take one service back, with why."""

    permission = "referral.send"
    template = "victims/service_back.html"
    part = "services"

    def get(self, request: HttpRequest, reference: str, pk: UUID) -> HttpResponse:
        victim = self.fetch(reference)
        return self.draw(victim, self.row(victim, pk), ServiceBackForm())

    def post(self, request: HttpRequest, reference: str, pk: UUID) -> HttpResponse:
        victim = self.fetch(reference)
        row, form = self.row(victim, pk), ServiceBackForm(request.POST)
        if not form.is_valid():
            return self.draw(victim, row, form, status=400)
        try:
            take_back_care(victim, row, by=request.user, why=form.said("why"))
        except ValidationError as error:
            form.add_error("why", error.message_dict["why"])  # type: ignore[arg-type]
            return self.draw(victim, row, form, status=400)
        except Conflict as error:
            return self.draw(victim, row, form, status=409, why=error.message)
        messages.info(request, _("Taken back: %(what)s.") % {"what": row.get_service_display()})
        return redirect("victims:services", victim.reference)

    def row(self, victim: Victim, pk: UUID) -> Care:
        """Return a service of this person through the scope; for who may take it back."""
        seen: Any = Care.objects.visible_to(self.request.user).select_related(
            "victim", "provider", "by", "taken_back_by"
        )  # type: ignore[arg-type]
        row: Care = get_object_or_404(seen, victim=victim, pk=pk)
        if not may_take_back(row, self.request.user):
            raise PermissionDenied(_("Your role does not record services."))
        return row

    def draw(self, victim: Victim, row: Care, form: Any, *, status: int = 200, why: str = "") -> HttpResponse:
        """Render the service and the form."""
        return self.show(victim, form, status=status, given=service_row(row, self.request.user), why=why)
