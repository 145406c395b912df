"""What a person agreed to, and who stands by a child."""

from collections.abc import Callable
from typing import Any, ClassVar

from django.contrib import messages
from django.core.exceptions import ValidationError
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.utils.translation import gettext as _

from core.exceptions import Conflict
from victims.care import consent_rows, guardian_facts, history_of
from victims.consent_forms import ConsentForm, GuardianForm
from victims.models import Victim
from victims.services.consent import name_guardian, record_consent
from victims.views.place import PlacePage


class CarePage(PlacePage):
    """A page that records something about one person: a form, what was wrong with it, or back to the person."""

    permission = "victim.rescue"
    form: ClassVar[Any]
    service: ClassVar[Callable[..., Any]]

    def get(self, request: HttpRequest, reference: str) -> HttpResponse:
        """Show the form."""
        return self.draw(self.fetch(reference), self.form())

    def post(self, request: HttpRequest, reference: str) -> HttpResponse:
        """Record what was typed."""
        victim, form = self.fetch(reference), self.form(request.POST)
        if not form.is_valid():
            return self.draw(victim, form, status=400)
        try:
            type(self).service(victim, by=request.user, **form.taken())
        except ValidationError as error:
            form.take(error.message_dict)
            return self.draw(victim, form, status=400)
        except Conflict as error:
            return self.draw(self.fetch(reference), form, status=409, why=error.message)
        messages.info(request, _("Saved: %(reference)s.") % {"reference": victim.reference})
        return redirect("victims:detail", victim.reference)

    def draw(self, victim: Victim, form: Any, *, status: int = 200, why: str = "") -> HttpResponse:
        """Render the form with what is known so far."""
        raise NotImplementedError


class VictimConsent(CarePage):
    """Record the answers of one asking."""

    template = "victims/consent.html"
    part = "consent"
    form = ConsentForm
    service = staticmethod(record_consent)

    def draw(self, victim: Victim, form: Any, *, status: int = 200, why: str = "") -> HttpResponse:
        """Render the form, the answers that hold, and everything answered before."""
        user: Any = self.request.user
        found = {"answers": consent_rows(victim, user), "history": history_of(victim, user), "why": why}
        return self.show(victim, form, status=status, **found)


class VictimGuardian(CarePage):
    """Name who stands by a child, with the child's own view."""

    template = "victims/guardian.html"
    part = "guardian"
    form = GuardianForm
    service = staticmethod(name_guardian)

    def draw(self, victim: Victim, form: Any, *, status: int = 200, why: str = "") -> HttpResponse:
        """Render the form and who stood by the child so far."""
        user: Any = self.request.user
        return self.show(victim, form, status=status, guardians=guardian_facts(victim, user), why=why)
