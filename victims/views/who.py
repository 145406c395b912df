"""Who somebody is: names, age, nationality, documents and phones; whoever was faster is shown beside, fact by fact."""

from typing import Any

from django.contrib import messages
from django.core.exceptions import ValidationError
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.urls import reverse
from django.utils.translation import gettext as _

from core.countries import country_names
from core.exceptions import Conflict
from core.views import Page
from people.facts import LABELS, said, written
from people.forms import WhoForm
from people.matching import known_of
from victims.models import Victim
from victims.services import change_who, require_who
from victims.services.who import is_nobody_yet, take_person
from victims.similar import known_from, merge_with, row_named, similar
from victims.views.record import RELATED, frame
from workflow.models import Edit

SEVERAL = ("person__names", "person__documents", "person__phones")


class WhoItIs(Page):
    """Who somebody is, as a form under the version of the person."""

    permission = "identity.read"

    def get(self, request: HttpRequest, reference: str) -> HttpResponse:
        victim = self.fetch(reference)
        if victim.merged_into:
            return redirect("victims:person", victim.merged_into.reference)
        return self.show(victim, WhoForm(victim.person))

    def post(self, request: HttpRequest, reference: str) -> HttpResponse:
        victim = self.fetch(reference)
        if request.POST.get("act") == "more":
            return self.show(victim, WhoForm(victim.person, request.POST, judge=False))
        if request.POST.get("same_as"):
            return self.take(victim, request.POST["same_as"])
        form = WhoForm(victim.person, request.POST)
        if not form.is_valid():
            return self.show(victim, form, status=400)
        try:
            change_who(victim, by=request.user, version=form.cleaned_data["version"] or 0, changes=form.changes())
        except ValidationError as error:
            form.refuse(error)
            return self.show(victim, form, status=400)
        except Conflict as error:
            return self.conflict(self.fetch(reference), form, error)
        messages.info(request, _("Saved: %(reference)s.") % {"reference": victim.reference})
        return redirect("victims:detail", victim.reference)

    def take(self, victim: Victim, reference: str) -> HttpResponse:
        """Let the person be one who is known already."""
        known = row_named(reference, self.request.user)
        if known is None:
            raise Http404
        try:
            take_person(victim, known, by=self.request.user)
        except Conflict as error:
            form = WhoForm(victim.person, self.request.POST, judge=False)
            return self.show(victim, form, status=409, theirs={"why": error.message})
        messages.info(self.request, _("Saved: %(reference)s.") % {"reference": victim.reference})
        return redirect("victims:detail", victim.reference)

    def fetch(self, reference: str) -> Victim:
        """Return the person through the scope, if the reader may change who they are."""
        seen = Victim.objects.visible_to(self.request.user).select_related(*RELATED)  # type: ignore[arg-type]
        victim = get_object_or_404(seen.prefetch_related(*SEVERAL), reference=reference.upper())
        require_who(victim, self.request.user)
        return victim

    def conflict(self, now: Victim, form: WhoForm, error: Conflict) -> HttpResponse:
        """Show theirs and mine; saving again means mine, on top of what is saved now."""
        facts = WhoForm(now.person).facts
        theirs = {name: said(name, written(name, facts[name])) or "—" for name in form.changes()}
        rows = [
            {"label": LABELS[name], "theirs": value, "mine": form.shown(name)}
            for name, value in theirs.items()
            if value != form.shown(name)
        ]
        form.data = form.data.copy()  # type: ignore[attr-defined]
        form.data["version"] = str(now.person.version)  # type: ignore[index]
        last = Edit.objects.of(now.person).select_related("by").first()
        keep = reverse("victims:detail", args=[now.reference])
        found = {"rows": rows, "last": last, "keep_url": keep, "why": error.message}
        return self.show(now, form, status=409, theirs=found)

    def show(self, victim: Victim, form: WhoForm, *, status: int = 200, **more: Any) -> HttpResponse:
        """Render the form; a form come back shows the person too, which is a look."""
        self.audit("read", victim, detail={"part": "person"})
        known = known_from(self.request.POST) if form.is_bound else known_of(victim.person)
        (found,) = similar([known], self.request.user, but=victim.person, complaint=victim.complaint)
        if found:
            self.audit("search", Victim, detail={"part": "similar", "rows": len(found)})
        more |= {
            "similar": found,
            "may_take": is_nobody_yet(victim),
            "merge_with": merge_with(victim, self.request.user),
        }
        shown = {"form": form, "sets": form.sets, "countries": country_names(), **more}
        return self.render(
            "victims/person.html", {**frame(victim, self.request.user, "person"), **shown}, status=status
        )
