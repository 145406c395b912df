"""The hotline: one page while a call goes on. Whatever happens to it, the clock runs on and what was typed is kept."""

from contextlib import suppress
from typing import Any
from uuid import uuid4

from django.contrib import messages
from django.core.exceptions import ValidationError
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.urls import reverse
from django.utils import timezone
from django.utils.cache import add_never_cache_headers
from django.utils.translation import gettext as _

from accounts.views.drafts import typed
from complaints.channels.public.receipt import digits_of
from complaints.checks import checked
from complaints.contact_workflow import TAKES_PART, TRIAGE
from complaints.forms.acts import MORE, REGISTER, changed
from complaints.forms.hotline import CallTyped
from complaints.forms.intake import proposed
from complaints.languages import LANGUAGES
from complaints.models import Call, Complaint, Contact
from complaints.presenters import hotline as words
from complaints.presenters.rows import for_rows, rows_of
from complaints.presenters.similar import cards
from complaints.services import hotline
from complaints.services.codes import LOOK, OPENS, look_up_code
from complaints.services.officials import is_asked
from complaints.services.rings import untold
from complaints.views.call_ways import address_of, read_at
from complaints.views.sent import as_data, is_utf8
from core.countries import country_names
from core.exceptions import Conflict
from core.kept import holds_words
from core.views import Page

MOST = 20
CONTACT, HAND_OVER, ANCHOR = "contact", "hand-over", "#id_urgency_0"
OFFICIAL = "official-"  # before an act, with yes or no: whether an official takes part
SURE = "sure-"  # before an act that sets words aside, once it was asked about


class Hotline(Page):
    """The calls somebody has or is to take, what nobody was told of yet, and the press that begins a call."""

    permission = TRIAGE

    def get(self, request: HttpRequest) -> HttpResponse:
        user: Any = request.user
        found = for_rows(untold(Complaint.objects.of_own_provinces(user))).order_by("received_at", "pk")[: MOST + 1]
        rows = rows_of(found, user, timezone.now())
        self.audit("list", Complaint, detail={"part": "untold", "rows": len(rows)})
        data = {"calls": words.calls_of(user), "untold": rows[:MOST], "cut": len(rows) > MOST}
        return self.render("hotline/list.html", data)

    def post(self, request: HttpRequest) -> HttpResponse:
        key = request.POST.get("idempotency_key", "").strip() or uuid4().hex
        call = hotline.begin_call(by=request.user, key=key)
        return redirect("hotline:call", call.reference)


class OfCall(Page):
    """A page of one call, of who has or had a hand in it."""

    permission = TRIAGE

    def fetch(self, reference: str) -> Call:
        """Return the call; one of others does not exist."""
        seen = Call.objects.visible_to(self.request.user).select_related("by", "handed_to")
        return get_object_or_404(seen, reference=reference.upper())

    def gone(self, call: Call, *, status: int = 200, why: str = "") -> HttpResponse:
        """Say who has the call now, or what it became, and hand back what was typed; nothing of it was saved here."""
        typed_here = CallTyped(self.request.POST, judge=False) if holds_words(self.request) else None
        data = {
            "call": call,
            "why": why,
            "facts": words.words_typed(typed_here) if typed_here else [],
            "became": read_at(call, self.request.user),
            "is_left": Call.objects.left_to(self.request.user).filter(pk=call.pk).exists(),
        }
        answer = self.render("hotline/gone.html", data, status=status)
        add_never_cache_headers(answer)
        return answer

    def form(self, call: Call, said: CallTyped, data: Any, *, status: int = 200, **more: Any) -> HttpResponse:
        """Show the form of a call with what was typed, and what stands beside it."""
        user: Any = self.request.user
        form = {"call": call, "said": said, "story": said.intake.story, "reporter": said.intake.reporter}
        lists = {"intake": said.intake, "countries": country_names(), "languages": LANGUAGES}
        page = {
            "seconds": call.length(),
            "lasts": words.length(call.length()),
            "proposed": proposed(said.intake.story, user),
        }
        answer = self.render(
            "hotline/call.html", {**form, **lists, **page, **self.beside(call, said, data), **more}, status=status
        )
        add_never_cache_headers(answer)
        return answer

    def code(self, call: Call, typed_code: str) -> dict[str, Any]:
        """Return the report whose code is read out, or why there is none; a look is recorded once a call, also of a wrong code."""
        user: Any = self.request.user
        again = bool(typed_code) and digits_of(typed_code) == hotline.asked_code(call, by=user)
        looked = look_up_code(typed_code, by=user, again=again)
        if looked.asked:
            self.audit(LOOK, looked.contact or Contact, outcome=looked.outcome)
            with suppress(Conflict):  # a colleague took the call this moment: it is theirs to keep
                hotline.keep_asked(call, looked.digits, by=user)
        return {"report": words.of_code(looked, user), "code_why": looked.why, "asks_code": user.may(OPENS)}

    def beside(self, call: Call, said: CallTyped, data: Any) -> dict[str, Any]:
        """Return what to say, who interprets, whose code it is, who called before and what looks the same; each look is recorded."""
        user: Any = self.request.user
        spoken = said.call.typed("spoken")
        code = self.code(call, said.call.typed("code"))
        before = words.called_before(str(data.get("reporter-phone", "")), user) if data else []
        if report := code["report"]:
            before = [one for one in before if one.reference != report.reference]
        known = {one.complaint for one in [*before, *filter(None, [report])]}
        found = [card for card in (cards(data, user) if data else []) if card.row.reference not in known]
        if data:
            self.audit("search", Complaint, detail={"part": "hotline", "rows": len(found) + len(before)})
        likely = [report.complaint if report else "", *(one.complaint for one in before)]
        first = next(filter(None, likely), "") or next((c.row.reference for c in found), "")
        return {
            **code,
            "scripts": words.to_say(said.call.typed("kind"), spoken),
            "interpreters": words.interpreters(spoken),
            "before": before,
            "cards": found,
            "first": first,
        }


class CallPage(OfCall):
    """The call itself; `act` says what a press means: register (default), more-reference, contact, spam, hand-over, keep …"""

    def get(self, request: HttpRequest, reference: str) -> HttpResponse:
        call, user = self.fetch(reference), request.user
        if call.ended_at is not None and hotline.may_know(call, user):
            return redirect(address_of(call, user))
        if call.ended_at is not None or user.pk not in (call.by_id, call.handed_to_id):
            return self.gone(call)
        pairs = hotline.typed_in(call, by=user)
        self.audit("read", call)
        data = as_data(pairs) if pairs else None
        if call.by_id != user.pk:
            said = CallTyped(data, judge=False)
            offered = {"call": call, "lasts": words.length(call.length()), "seconds": call.length()}
            facts = words.words_typed(said) if data else []
            answer = self.render("hotline/offered.html", {**offered, "facts": facts})
            add_never_cache_headers(answer)
            return answer
        return self.form(call, self.typed(data, judge=False), data)

    def typed(self, data: Any, *, judge: bool = True) -> CallTyped:
        """Return the form with what was typed."""
        return CallTyped(data, people=hotline.colleagues(self.request.user), judge=judge)

    def post(self, request: HttpRequest, reference: str) -> HttpResponse:
        call, act = self.fetch(reference), request.POST.get("act", "keep")
        said = self.typed(request.POST)
        try:
            if not is_utf8(request):
                raise ValidationError(_("This holds characters that cannot be stored. Type them again."))
            return self.press(call, said, act)
        except ValidationError as error:
            said.refuse(error)
            return self.form(call, said, request.POST, status=400)
        except Conflict as error:
            now = self.fetch(reference)
            if now.ended_at is not None or now.by_id != request.user.pk:
                return self.gone(now, status=409, why=error.message)
            return self.form(now, said, request.POST, status=409, why=error.message)

    def press(self, call: Call, said: CallTyped, act: str) -> HttpResponse:
        """Do what a button says; raises as the services do."""
        user, request = self.request.user, self.request
        takes_part, act = answered(act)
        if act == REGISTER or act.startswith(MORE):
            return self.complain(call, said, act, takes_part)
        if act in hotline.NO_WORDS and said.holds_words():
            return self.ask(call, act)
        if act.startswith(SURE) and said.holds_words() and not said.call.typed("aside").strip():
            return self.ask(call, act.removeprefix(SURE), unsaid=_("Write down why."))
        act = act.removeprefix(SURE)
        if act == CONTACT or act in hotline.NO_WORDS:
            complete(said, whole=act == CONTACT)
            kind = hotline.NO_WORDS.get(act) or hotline.contact_kind(said.call.typed("kind"))
            why = said.call.typed("aside")
            return self.ended(hotline.end_as_contact(call, said.contact(), by=user, kind=kind, why=why))
        if act == HAND_OVER:
            hotline.hand_over(call, typed(request), to=said.call.typed("to"), by=user)
            messages.info(request, _("Your colleague sees what is typed. The call stays yours until it is taken over."))
            return redirect("hotline:call", call.reference)
        pairs, anchor = changed(typed(request), act)
        hotline.keep_call(call, pairs, by=user)
        return redirect(reverse("hotline:call", args=[call.reference]) + anchor)

    def complain(self, call: Call, said: CallTyped, act: str, takes_part: str) -> HttpResponse:
        """Save the call as a complaint, or add it to one; ask first where a province would read words about an official."""
        complete(said)
        more = act.removeprefix(MORE) if act != REGISTER else ""
        try:
            done = hotline.end_as_complaint(call, said.complaint(takes_part), by=self.request.user, more=more)
        except ValidationError as error:
            if not is_asked(error):
                raise
            return self.asked(call, asked=act, question=" ".join(error.messages))
        return self.ended(done)

    def ask(self, call: Call, act: str, *, unsaid: str = "") -> HttpResponse:
        """Ask why before a call with words in it is set aside, where nobody looks any more; `unsaid`: it was pressed without."""
        return self.asked(call, sure=f"{SURE}{act}", kind=hotline.NO_WORDS[act].label, unsaid=unsaid)

    def asked(self, call: Call, **question: Any) -> HttpResponse:
        """Keep what is typed, and ask before anything is saved."""
        kept = hotline.keep_call(call, typed(self.request), by=self.request.user)
        return self.form(kept, self.typed(self.request.POST, judge=False), self.request.POST, **question)

    def ended(self, call: Call) -> HttpResponse:
        """Say what the call became and how long it was, and lead to what comes next."""
        said = {"what": call.became, "length": words.length(call.length())}
        messages.info(self.request, _("Saved: %(what)s. The call lasted %(length)s.") % said)
        return redirect(address_of(call, self.request.user))


def answered(act: str) -> tuple[str, str]:
    """Return whether an official takes part, where a button says it, and the act that was asked about."""
    for answer, _label in TAKES_PART:
        if act.startswith(prefix := f"{OFFICIAL}{answer}-"):
            return answer, act.removeprefix(prefix)
    return "", act


def complete(said: CallTyped, *, whole: bool = True) -> None:
    """Raise ValidationError where something typed could not be read, with all else that is wrong."""
    if said.is_valid():
        return
    if whole:
        checked(said.complaint())
    raise ValidationError({})


class Beside(OfCall):
    """What stands beside the form while somebody types; what is typed is kept with the same press."""

    def post(self, request: HttpRequest, reference: str) -> HttpResponse:
        call = self.fetch(reference)
        said = CallTyped(request.POST, judge=False)
        try:
            call = hotline.keep_call(call, typed(request), by=request.user)
        except Conflict as error:
            return self.render("hotline/taken.html", {"why": error.message, "call": call})
        except ValidationError as error:
            return self.render("hotline/taken.html", {"why": " ".join(error.messages), "call": call})
        answer = self.render("hotline/found.html", {"call": call, **self.beside(call, said, request.POST)})
        add_never_cache_headers(answer)
        return answer


class TakeOver(OfCall):
    """Take a call that a colleague hands over, or back one's own, by one press."""

    def fetch(self, reference: str) -> Call:
        """Return the call; of one left also to who was slower to take it."""
        user: Any = self.request.user
        seen = Call.objects.visible_to(user) | Call.objects.taken_lately(user)
        return get_object_or_404(seen.select_related("by", "handed_to"), reference=reference.upper())

    def post(self, request: HttpRequest, reference: str) -> HttpResponse:
        call = self.fetch(reference)
        try:
            hotline.take_over(call, by=request.user)
        except Conflict as error:
            return self.gone(self.fetch(reference), status=409, why=error.message)
        return redirect("hotline:call", call.reference)
