"""The form of a new complaint. Whatever happens to it (an error, a time-out, an old page), what was typed comes back."""

from collections.abc import Callable
from typing import Any
from uuid import uuid4

from django.contrib import messages
from django.core.exceptions import ValidationError
from django.http import (
    Http404,
    HttpRequest,
    HttpResponse,
    HttpResponseRedirect,
    JsonResponse,
    QueryDict,
)
from django.shortcuts import get_object_or_404, render
from django.urls import reverse
from django.utils.cache import add_never_cache_headers
from django.utils.translation import gettext as _

from accounts.models import Draft
from accounts.services import drafts
from accounts.views.drafts import typed
from complaints.checks import checked
from complaints.contact_workflow import TRIAGE
from complaints.forms import Intake
from complaints.forms.acts import MORE, NOT_WORDS, REGISTER, SIMILAR, changed
from complaints.forms.intake import form_key, proposed
from complaints.forms.reporter import LANGUAGES
from complaints.forms.story import StoryForm
from complaints.models import Complaint, Contact, ContactStatus
from complaints.presenters.inbox import typed_from
from complaints.presenters.similar import cards
from complaints.said import ComplaintSaid
from complaints.services import add_contact, register_complaint
from complaints.services.filing import has_phone
from complaints.services.message_pages import mark_waiting_shown, opened_for
from complaints.services.register import ROUTE
from complaints.views.sent import as_data, is_utf8, uuid_of, uuid_or_none, wants_json
from complaints.ways import ways_in
from core.countries import country_names
from core.exceptions import Conflict, Unprocessable
from core.kept import MACHINE, holds_words, pairs_of
from core.views import Page, require
from workflow.models import Submission


class NewComplaint(Page):
    """The form; `act` says what a press means: register (default), draft, add, remove-n, places, similar, more-reference, teller-way."""

    permission = "complaint.create"

    def get(self, request: HttpRequest) -> HttpResponse:
        key = request.GET.get("draft")
        if key is None and (reference := request.GET.get("contact", "")):
            return self.of_contact(request, reference)
        return self.form(Intake()) if key is None else self.go_on(request, key)

    def of_contact(self, request: HttpRequest, reference: str) -> HttpResponse:
        """Fill in what a message that waits says and proposes; who told it stays sealed with it, and comes along."""
        require(request.user, TRIAGE)
        seen = Contact.objects.visible_to(request.user)  # type: ignore[arg-type]
        contact = get_object_or_404(seen, reference=reference.upper()[:20])
        if contact.status != ContactStatus.WAITING:
            return HttpResponseRedirect(reverse("contacts:detail", args=[contact.reference]))
        self.audit("read", contact, detail={"part": "new complaint"})
        opened = opened_for(contact, request.user)
        mark_waiting_shown(opened, request.user)
        return self.form(Intake(as_data(typed_from(opened)), judge=False))

    def post(self, request: HttpRequest) -> HttpResponse:
        act = request.POST.get("act", REGISTER)
        if act == SIMILAR:
            return self.form(Intake(request.POST, judge=False), cards=looked_up(self))
        if act != REGISTER and not act.startswith(MORE):
            return self.keep(request, act)
        intake = Intake(request.POST)
        try:
            if act.startswith(MORE):
                return self.more(intake, act.removeprefix(MORE))
            complaint = registered(intake, request)
        except Http404:
            return self.gone(intake)
        except ValidationError as error:
            intake.refuse(error)
            return self.form(intake, status=400)
        except Unprocessable:
            return self.sent_before(request, intake.key)
        except Conflict as error:
            data, gone = without_gone(request)
            return self.form(Intake(data) if gone else intake, status=409, why=" ".join([error.message, *gone]))
        return arrived(request, complaint)

    def more(self, intake: Intake, reference: str) -> HttpResponse:
        """Add what was typed to a complaint that looks the same, and lead there; raises as `registered` does."""
        request = self.request
        seen = Complaint.objects.visible_to(request.user)  # type: ignore[arg-type]
        complaint = get_object_or_404(seen, reference=reference.upper()[:20])
        sent(intake, request, lambda said: add_contact(complaint, said, by=request.user, key=intake.key))
        messages.info(request, _("Added to %(reference)s.") % {"reference": complaint.reference})
        return arrived_at(request, read_at(complaint.reference, request.user))

    def gone(self, intake: Intake) -> HttpResponse:
        """Hand back what was to be added to a complaint that is out of sight; it may have been added before it went."""
        key = uuid_or_none(intake.key)
        if key and drafts.sent_as(key, self.request.user):
            return self.sent_before(self.request, intake.key)
        why = _(
            "This complaint is not open to you. Nothing was added, and everything you typed is still here: register it."
        )
        return self.form(intake, status=404, why=why)

    def go_on(self, request: HttpRequest, text: str) -> HttpResponse:
        """Fill a draft back in; the draft of a form that was sent leads to what it became."""
        key = uuid_of(text)
        if became := drafts.sent_as(key, request.user):
            return HttpResponseRedirect(address_of(became, request.user))
        draft, pairs = drafts.open_draft(key, by=request.user)
        self.audit("read", draft)
        return self.form(Intake(as_data(pairs), judge=False, key=str(key)), saved_at=draft.updated_at)

    def keep(self, request: HttpRequest, act: str) -> HttpResponse:
        """Keep everything as a draft, changed as the button says, and show it again."""
        key = uuid_or_none(form_key(request.POST)) or uuid4()
        known = has_phone(request.POST.get("contact", ""), request.user)
        pairs, anchor = changed(typed(request), act, phone_known=known)
        try:
            drafts.save_draft(key, pairs, kind=Draft.Kind.COMPLAINT, by=request.user)
        except Conflict:
            return self.sent_before(request, str(key))
        return HttpResponseRedirect(f"{reverse('complaints:new')}?draft={key}{anchor}")

    def sent_before(self, request: HttpRequest, key: str) -> HttpResponse:
        """Say what this form became already, and offer what stands in it as a new one."""
        uuid, earlier = uuid_or_none(key), {}
        if became := uuid and drafts.sent_as(uuid, request.user):
            earlier = {"reference": became.reference, "made_at": became.made_at, "is_new": became.route == ROUTE}
            earlier["url"] = address_of(became, request.user)
        fresh = Intake(without_gone(request)[0], judge=False, key=str(uuid4()))
        return self.form(fresh, status=422, sent_before=True, earlier=earlier)

    def form(self, intake: Intake, *, status: int = 200, **more: Any) -> HttpResponse:
        """Show the form with what was typed; only the empty one may be kept by a browser."""
        intake.key = str(uuid_or_none(intake.key) or uuid4())
        lists = {"countries": country_names(), "languages": LANGUAGES}
        data = {
            "intake": intake,
            "story": intake.story,
            "reporter": intake.reporter,
            "proposed": proposed(intake.story, self.request.user),
            "ways": ways_in(intake.story.typed("narrative")),
        }
        answer = self.render("complaints/intake/form.html", {**data, **lists, **more}, status=status)
        if intake.story.is_bound:
            add_never_cache_headers(answer)
        return answer

    @classmethod
    def words(cls, request: HttpRequest) -> bool:
        """Say whether a person typed anything: the form fills in more by itself than others."""
        return holds_words(request, MACHINE - {"province", "when"} | NOT_WORDS)

    @classmethod
    def kept(cls, request: HttpRequest, status: int = 403) -> HttpResponse:
        """Hand back what was typed, to be sent again; nothing of it was stored."""
        signed_out = not request.user.is_authenticated
        if wants_json(request):
            return JsonResponse({"signed_out": signed_out}, status=status)
        pairs = [(name, value) for name, value in pairs_of(request) if name != "act"]
        data = {"pairs": pairs, "narrative": request.POST.get("narrative", ""), "signed_out": signed_out}
        answer = render(request, "complaints/intake/kept.html", data, status=status)
        add_never_cache_headers(answer)
        return answer


class SimilarComplaints(Page):
    """Complaints that look the same as what is typed so far; a part of the form."""

    permission = "complaint.create"

    def post(self, request: HttpRequest) -> HttpResponse:
        answer = self.render("complaints/intake/similar_found.html", {"cards": looked_up(self)})
        add_never_cache_headers(answer)
        return answer


def looked_up(page: Page) -> list[Any]:
    """Look for what looks the same as the form, and let the audit know how many were shown."""
    found = cards(page.request.POST, page.request.user)
    page.audit("search", Complaint, detail={"part": "similar", "rows": len(found)})
    return found


class Proposal(Page):
    """Who would handle what is typed so far, and what the site means; a part of the form."""

    permission = "complaint.create"

    def get(self, request: HttpRequest) -> HttpResponse:
        return self.render(
            "complaints/intake/proposal.html", {"proposed": proposed(StoryForm(request.GET, judge=False), request.user)}
        )


Sending = Callable[[ComplaintSaid], tuple[Complaint, bool]]


def registered(intake: Intake, request: HttpRequest) -> Complaint:
    """Register what the form says and end its draft; raises ValidationError with all that is wrong."""
    return sent(intake, request, lambda said: register_complaint(said, by=request.user, key=intake.key))


def sent(intake: Intake, request: HttpRequest, send: Sending) -> Complaint:
    """Send what the form says and end its draft; raises ValidationError with all that is wrong."""
    if not is_utf8(request):
        raise ValidationError(_("This holds characters that cannot be stored. Type them again."))
    if not intake.is_valid():
        checked(intake.said())
        raise ValidationError({})
    key = uuid_or_none(intake.key)
    if key is not None:
        drafts.hold(key, by=request.user)
    complaint, _made = send(intake.said())
    if key is not None:
        drafts.end_draft(key, by=request.user)
    return complaint


def address_of(became: Submission, user: Any) -> str:
    """Return where it is read what a form became: the receipt of a new complaint, else the complaint it was added to."""
    if became.route == ROUTE:
        return reverse("complaints:receipt", args=[became.reference])
    return read_at(became.reference, user)


def read_at(reference: str, user: Any) -> str:
    """Return the page of a complaint, or the list where it is out of the reader's sight."""
    seen = Complaint.objects.visible_to(user).filter(reference=reference).exists()
    return reverse("complaints:detail", args=[reference]) if seen else reverse("complaints:list")


def arrived(request: HttpRequest, complaint: Complaint) -> HttpResponse:
    """Lead to the receipt."""
    return arrived_at(request, reverse("complaints:receipt", args=[complaint.reference]))


def arrived_at(request: HttpRequest, address: str) -> HttpResponse:
    """Lead to an address, as the page's own script or a browser follows."""
    return JsonResponse({"receipt": address}, status=201) if wants_json(request) else HttpResponseRedirect(address)


def without_gone(request: HttpRequest) -> tuple[QueryDict, list[str]]:
    """Return what was typed without a message that waits no more, and what pressing again would do then."""
    data, reference = request.POST.copy(), request.POST.get("contact", "")
    seen = Contact.objects.visible_to(request.user).waiting()  # type: ignore[arg-type]
    if not reference or seen.filter(reference=reference.upper()[:20]).exists():
        return data, []
    del data["contact"]
    again = _(
        "Everything you typed is still here. Press Register only if it is another matter: that makes a second complaint."
    )
    return data, [again]
