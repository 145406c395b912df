"""The page of one person: what happened, in one press at the scene; and the other steps of the rescue."""

from typing import Any

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404
from django.urls import reverse
from django.utils.translation import gettext as _

from core.paging import Sort, page_of
from core.templatetags.sangkroh import safe_url
from core.views import Page
from victims.assistance import services_of, services_of_each
from victims.care import care_of
from victims.effects import effect_of
from victims.forms import HINTS, WORDS, ChoiceForm
from victims.models import Victim
from victims.presenters import about, drawn_as, elements_of, facts_of, place_of, row_of
from victims.proceedings import acts_of_each, proceedings_of
from victims.punishment import punishment_of
from victims.returns import card_of
from victims.services import advance, decide, may_change_who
from victims.story import beside, edits_of, stays_of, story_of
from victims.workflow import IDENTIFICATION, RESCUE
from workflow.leading import led_on
from workflow.models import Transition
from workflow.pages import StepPage
from workflow.services import available_steps
from workflow.table import Step

RELATED = ("person", "moved_province", "complaint", "complaint__province", "complaint__site", "final_by", "decided_by")
LINES = 12
NEWEST = {"newest": Sort("recorded_at", True, "")}


class VictimStep(StepPage):
    """One step of one person, asked on a page: confirm, send back, search again, and the choices one by one."""

    permission = "victim.read"
    model = Victim
    workflow = RESCUE
    service = staticmethod(advance)
    template = "victims/step.html"
    route = "victims:detail"

    def seen(self) -> Any:
        """Return the people the reader may know of, with what the bar shows."""
        return super().seen().select_related(*RELATED).prefetch_related("person__names")

    def besides(self, obj: Victim, step: Step | None) -> dict[str, Any]:
        """Return the bar, what the step does to the ledger, and for who decides what was recorded."""
        user = self.request.user
        decides = step is not None and step.permission == "victim.confirm"
        said = {"facts": facts_of(obj, user)} if decides else {}
        return {**frame(obj, user, ""), "effect": effect_of(obj, step) if step else "", **said}


class VictimIdentify(VictimStep):
    """One step of the identification of one person."""

    workflow = IDENTIFICATION
    service = staticmethod(decide)

    def besides(self, obj: Victim, step: Step | None) -> dict[str, Any]:
        """Return the bar, what is said of the person, and which elements are there."""
        user = self.request.user
        return {**frame(obj, user, ""), "facts": facts_of(obj, user), "action": self.request.path}


class VictimDetail(VictimStep):
    """Five large choices, only those allowed; GET shows them, POST takes the chosen one."""

    template = "victims/detail.html"

    def seen(self) -> Any:
        """Return the people with the services they get and what courts did with them."""
        return super().seen().annotate(given=services_of_each(), acts=acts_of_each())

    def get(self, request: HttpRequest, reference: str) -> HttpResponse:  # type: ignore[override]
        victim = self.fetch(reference)
        self.audit("read", victim)
        if victim.merged_into_id:
            return led_on("victims:detail", victim, request.user)
        form = ChoiceForm(self.choices(victim), victim, initial={"step": request.GET.get("step", "")})
        return self.show(victim, None, form)

    def post(self, request: HttpRequest, reference: str) -> HttpResponse:  # type: ignore[override]
        victim, name = self.fetch(reference), request.POST.get("step", "")
        form = ChoiceForm(self.choices(victim), victim, request.POST)
        if name not in HINTS:
            form.full_clean()
            return self.show(victim, None, form, status=400)
        return self.take(victim, name, form)

    def choices(self, victim: Victim) -> list[Step]:
        """Return the choices that may be taken now."""
        return [step for step in available_steps(RESCUE, victim, self.request.user) if step.name in HINTS]

    def leaving(self, obj: Victim, name: str) -> list[Step]:
        """Return the step of a name; for one the table does not have, there is no such page."""
        try:
            return super().leaving(obj, name)
        except Http404:
            return []

    def besides(self, obj: Victim, step: Step | None) -> dict[str, Any]:
        """Return the choices with their effect, where the person stands, and the newest lines of the story."""
        user = self.request.user
        steps = available_steps(RESCUE, obj, user)
        story = list(Transition.objects.of(obj).select_related("by")[:LINES])
        stays = list(stays_of(obj)[:LINES])
        return {
            **frame(obj, user, "detail"),
            "effects": [{"step": s, "word": word(s), "text": effect_of(obj, s)} for s in steps if s.name in HINTS],
            "decisions": [button(obj, s) for s in steps if s.permission == "victim.confirm"],
            "others": [button(obj, s) for s in steps if s.name not in HINTS and s.permission != "victim.confirm"],
            "last": next((line for line in story if line.field == RESCUE.field), None),
            "identification": identification(obj, user),
            "place": place_of(obj, user, stays),
            "care": care_of(obj, user),
            "services": services_of(obj, user),
            "proceedings": proceedings_of(obj, user),
            "returning": card_of(obj, user),
            **punishment_of(obj, user),
            "facts": facts_of(obj, user),
            "timeline": story_of(obj, user, story, edits_of(obj)[:LINES], stays)[:LINES],
        }


class VictimHistory(Page):
    """Every step of one person, newest first."""

    permission = "victim.read"

    def get(self, request: HttpRequest, reference: str) -> HttpResponse:
        seen = Victim.objects.visible_to(request.user).select_related(*RELATED)  # type: ignore[arg-type]
        victim = get_object_or_404(seen.prefetch_related("person__names"), reference=reference.upper())
        story = Transition.objects.of(victim).select_related("by").order_by()
        page = page_of(story, request.GET, NEWEST)
        self.audit("read", victim, detail={"part": "history"})
        items = story_of(victim, request.user, page.rows, *beside(page, victim, story))
        data = {**frame(victim, request.user, "history"), "timeline": items, "page": page}
        return self.render("victims/history.html", data)


def word(step: Step) -> str:
    """Return the word a save button adds: "rescued"."""
    if step.name in WORDS:
        return str(WORDS[step.name]).lower()
    from_status = Victim._meta.get_field("rescue_status").choices
    return str(dict(from_status or ()).get(str(step.target), step.label)).lower()


def button(victim: Victim, step: Step) -> dict[str, Any]:
    """Return a step that is no choice as a link to its page."""
    url = reverse("victims:step", args=[victim.reference, step.name])
    return {"label": step.label, "url": url}


def identification(victim: Victim, user: Any) -> dict[str, Any]:
    """Return what is decided of who the person is, what speaks for it, and what may be decided now."""
    steps = available_steps(IDENTIFICATION, victim, user)
    return {
        "decision": victim.get_decision_display(),
        "by": victim.decided_by.display_name if victim.decided_by else "",
        "on": victim.decided_on,
        "waits": victim.cleared_proposed_by_id is not None,
        "elements": elements_of(victim),
        "steps": [
            {"label": step.label, "url": reverse("victims:identify", args=[victim.reference, step.name])}
            for step in steps
        ],
    }


def frame(victim: Victim, user: Any, part: str) -> dict[str, Any]:
    """Return what the bar above every page of the person shows."""
    seen = type(victim.complaint).objects.visible_to(user)
    who = [("person", _("Who it is"))] if may_change_who(victim, user) else []
    parts = [("detail", _("Rescue status")), *who, ("history", _("History"))]
    referred = safe_url("referrals:list") if user.may("referral.read") else ""
    elsewhere = {"label": _("Referrals"), "url": f"{referred}?person={victim.reference}", "current": False}
    return {
        "victim": victim,
        "row": row_of(victim, user),
        "about": about(victim.person),
        "drawn": drawn_as(victim),
        "complaint": victim.complaint if seen.filter(pk=victim.complaint_id).exists() else None,
        "parts": [
            {"label": label, "url": reverse(f"victims:{name}", args=[victim.reference]), "current": name == part}
            for name, label in parts
        ]
        + [elsewhere] * bool(referred),
    }
