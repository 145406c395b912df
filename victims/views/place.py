"""Where a person is now: recorded by who handles it, the address shown for one visit to who gives a reason."""

from typing import Any

from django.contrib import messages
from django.core.exceptions import ValidationError
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.utils.cache import add_never_cache_headers
from django.utils.translation import gettext as _

from core.exceptions import Conflict
from core.views import Page
from victims.forms import PlaceForm, PlaceReason
from victims.models import Victim
from victims.presenters import stays_of
from victims.services.places import record_place, reveal_place, stay_of
from victims.views.record import RELATED, frame


class PlacePage(Page):
    """A page about where one person is."""

    template = ""
    part = "place"

    def fetch(self, reference: str) -> Victim:
        """Return the person through the scope."""
        seen = Victim.objects.visible_to(self.request.user).select_related(*RELATED)  # type: ignore[arg-type]
        return get_object_or_404(seen.prefetch_related("person__names"), reference=reference.upper())

    def show(self, victim: Victim, form: Any, *, status: int = 200, **more: Any) -> HttpResponse:
        """Render the form; no cache keeps it."""
        self.audit("read", victim, detail={"part": self.part})
        data = {**frame(victim, self.request.user, self.part), "form": form, **more}
        response = self.render(self.template, data, status=status)
        add_never_cache_headers(response)
        return response


class VictimPlace(PlacePage):
    """Say where the person is from a day on."""

    permission = "victim.rescue"
    template = "victims/place.html"

    def get(self, request: HttpRequest, reference: str) -> HttpResponse:
        victim = self.fetch(reference)
        return self.show(victim, PlaceForm(), stays=stays_of(victim))

    def post(self, request: HttpRequest, reference: str) -> HttpResponse:
        victim, form = self.fetch(reference), PlaceForm(request.POST)
        status, why = 400, ""
        if form.is_valid():
            try:
                record_place(victim, by=request.user, **form.cleaned_data)
            except ValidationError as error:
                form.add_error(None, error)
            except Conflict as error:
                status, why = 409, error.message
        if form.errors or why:
            return self.show(victim, form, status=status, stays=stays_of(victim), why=why)
        messages.info(request, _("Saved: %(reference)s.") % {"reference": victim.reference})
        return redirect("victims:detail", victim.reference)


class ShowPlace(PlacePage):
    """Ask why, then show the address on this page only; asking again asks again."""

    permission = "stay.reveal"
    template = "victims/place_shown.html"

    def get(self, request: HttpRequest, reference: str) -> HttpResponse:
        victim = self.fetch(reference)
        return self.show(victim, PlaceReason()) if stay_of(victim) else self.nowhere(victim)

    def post(self, request: HttpRequest, reference: str) -> HttpResponse:
        victim, form = self.fetch(reference), PlaceReason(request.POST)
        if stay_of(victim) is None:
            return self.nowhere(victim)
        if not form.is_valid():
            return self.show(victim, form, status=400)
        try:
            stay, detail = reveal_place(victim, by=request.user, reason=form.cleaned_data["reason"])
        except ValidationError as error:
            form.add_error(None, error)
            return self.show(victim, form, status=400)
        facts = [{"key": _("Place now"), "value": stay.get_kind_display()}, {"key": _("Address"), "value": detail}]
        return self.show(victim, form, shown=True, facts=facts)

    def nowhere(self, victim: Victim) -> HttpResponse:
        """Lead back to the person: nobody recorded a place, or the stay has ended."""
        messages.warning(self.request, _("Nobody has recorded where the person is now."))
        return redirect("victims:detail", victim.reference)
