"""The page of one suspect: where they stand on the way to court, and the steps."""

from dataclasses import replace
from typing import Any

from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404
from django.urls import reverse
from django.utils.translation import gettext as _

from core.exceptions import Conflict
from core.paging import Sort, page_of
from core.views import Page
from people.presenters import about, names_of
from suspects.models import CaseFile, Suspect, SuspectStatus
from suspects.presenters.court import beside, court_of
from suspects.presenters.reviews import gate_words
from suspects.presenters.suspects import custody_of, facts_of, row_of, story_of
from suspects.services import advance, gate
from suspects.services.hearings import AT_COURT
from suspects.workflow import SUSPECT
from workflow.leading import led_on
from workflow.models import Transition
from workflow.pages import StepPage
from workflow.services import available_steps
from workflow.story import as_items, line_of
from workflow.table import Step

RELATED = ("person", "complaint", "complaint__province", "complaint__site", "court", "arrested_in")
LINES = 12
NEWEST = {"newest": Sort("recorded_at", True, "")}
# The usual way: what wants doing next from each status.
USUAL = {
    SuspectStatus.NAMED: "arrest",
    SuspectStatus.WANTED: "arrest",
    SuspectStatus.ARRESTED: "send_to_court",
    SuspectStatus.SENT_TO_COURT: "charge",
    SuspectStatus.CHARGED: "open_trial",
}


class SuspectPage(Page):
    """A page of one suspect."""

    permission = "suspect.read"

    def fetch(self, reference: str) -> Suspect:
        """Return the suspect through the scope, or 404."""
        seen = Suspect.objects.visible_to(self.request.user).select_related(*RELATED)  # type: ignore[arg-type]
        return get_object_or_404(seen.prefetch_related("person__names"), reference=reference.upper())


class SuspectDetail(SuspectPage):
    """Where a suspect stands, who they harmed, in which files; at most 15 queries."""

    def get(self, request: HttpRequest, reference: str) -> HttpResponse:
        suspect = self.fetch(reference)
        self.audit("read", suspect)
        if suspect.merged_into_id:
            return led_on("suspects:detail", suspect, request.user)
        user: Any = request.user
        files = files_of(suspect, user)
        data = {
            **frame(suspect, user, "detail"),
            "at_court": court_of(suspect, user),
            "beside": beside(suspect, files, user),
            "custody": custody_of(suspect),
            "gate": gate_words(suspect, user),
            "facts": facts_of(suspect, user),
            "files": files,
            "harmed": harmed_by(suspect, user),
            "timeline": story_of(suspect, user, LINES),
        }
        return self.render("suspects/detail.html", data)


class SuspectHistory(SuspectPage):
    """Every step of one suspect, newest first."""

    def get(self, request: HttpRequest, reference: str) -> HttpResponse:
        suspect = self.fetch(reference)
        page = page_of(Transition.objects.of(suspect).select_related("by").order_by(), request.GET, NEWEST)
        self.audit("read", suspect, detail={"part": "history"})
        notes = request.user.may("identity.read")  # type: ignore[union-attr]
        items = as_items(line_of(row, notes=notes, people={}) for row in page.rows)
        return self.render(
            "suspects/history.html", {**frame(suspect, request.user, "history"), "timeline": items, "page": page}
        )


class SuspectStep(StepPage):
    """One step of one suspect, asked on a page."""

    permission = "suspect.read"
    model = Suspect
    workflow = SUSPECT
    service = staticmethod(advance)
    template = "suspects/step.html"
    route = "suspects:detail"

    def seen(self) -> Any:
        """Return the suspects the reader may know of, with what the bar shows."""
        return super().seen().select_related(*RELATED).prefetch_related("person__names")

    def leaving(self, obj: Suspect, name: str) -> list[Step]:
        """Return the step; nobody is asked for the reason of an override where there is nothing to override."""
        steps = super().leaving(obj, name)
        if name != "send_to_court" or gate.asks_why(obj, self.request.user):
            return steps
        return [replace(step, asks=tuple(ask for ask in step.asks if ask.name != "override_why")) for step in steps]

    def chosen(self, obj: Suspect, name: str) -> Step:
        """Return the step as it may be taken now; a review against punishment is said before anything is asked."""
        step = super().chosen(obj, name)
        if name == "send_to_court" and (forbidden := gate.refusal(obj)):
            raise Conflict(forbidden)
        return step

    def besides(self, obj: Suspect, step: Step | None) -> dict[str, Any]:
        """Return the bar, and before the court or a review, whether the gate stands there."""
        user = self.request.user
        asked = step is not None and step.name in {"send_to_court", "review"}
        facts = facts_of(obj, user) if step is not None and step.name == "review" else []
        return {**frame(obj, user, ""), "gate": gate_words(obj, user) if asked else None, "facts": facts}


def files_of(suspect: Suspect, user: Any) -> list[CaseFile]:
    """Return the case files the suspect stands in, of those the reader may see."""
    if not user.may("casefile.read"):
        return []
    return list(suspect.case_files.visible_to(user).select_related("court"))  # type: ignore[attr-defined]


def harmed_by(suspect: Suspect, user: Any) -> list[dict[str, str]]:
    """Return the people the suspect is said to have harmed, of those the reader may see."""
    if not user.may("victim.read"):
        return []
    seen = suspect.victims.visible_to(user).live().select_related("person").prefetch_related("person__names")  # type: ignore[attr-defined]
    return [
        {
            "name": names_of(victim.person, user)[0] or victim.reference,
            "about": about(victim.person),
            "url": reverse("victims:detail", args=[victim.reference]),
        }
        for victim in seen.order_by("reference")
    ]


def button(suspect: Suspect, step: Step) -> dict[str, Any]:
    """Return a step as a link to its page."""
    return {
        "label": step.label,
        "url": reverse("suspects:step", args=[suspect.reference, step.name]),
        "name": step.name,
    }


def frame(suspect: Suspect, user: Any, part: str) -> dict[str, Any]:
    """Return what the bar above every page of the suspect shows: the usual next step, and the others."""
    seen = type(suspect.complaint).objects.visible_to(user)
    buttons = [button(suspect, step) for step in available_steps(SUSPECT, suspect, user)]
    usual = USUAL.get(SuspectStatus(suspect.status))
    parts = [("detail", _("Overview")), ("history", _("History"))]
    if suspect.status in AT_COURT:
        parts.insert(1, ("hearings", _("Hearings")))
    return {
        "suspect": suspect,
        "row": row_of(suspect, user),
        "complaint": suspect.complaint if seen.filter(pk=suspect.complaint_id).exists() else None,
        "next": next((found for found in buttons if found["name"] == usual), None),
        "others": [found for found in buttons if found["name"] != usual],
        "parts": [
            {"label": label, "url": reverse(f"suspects:{name}", args=[suspect.reference]), "current": name == part}
            for name, label in parts
        ],
    }
