"""The public pages: the report in steps, its code, and what becomes of it. No account, cookie or script; nothing is refused.

What was typed travels from page to page in the form itself. There is no session that a foreign page could use, so the
forms need no token; the code stands in no address, only in what is sent.
"""

from collections.abc import Mapping
from contextlib import suppress
from typing import Any
from uuid import uuid4

from django.conf import settings
from django.db import Error
from django.http import HttpRequest, HttpResponse, HttpResponseBase
from django.shortcuts import render
from django.utils import translation
from django.utils.translation import gettext as _
from django.views.decorators.csrf import csrf_exempt

from complaints.channels.public.forms import STEPS, Code, Money, More, Report
from complaints.channels.public.languages import NAMES, chosen
from complaints.channels.public.pace import Busy, paced, steady
from complaints.channels.public.receipt import digits_of, groups_of, misread
from complaints.channels.public.typed import typed
from complaints.channels.public.words import day_of, title_of, words_of
from complaints.models import PublicMessage
from complaints.services.public import Found, look_up, receive, say
from complaints.services.taking_in import take_in_own
from core.views import Page

ASKED = tuple(name for step in STEPS for name in step)
STAY = "speak"  # the same page in another language, with all that was typed
MORE = ("message", "money", "danger")
WRITES = ("message", "money")  # the buttons that send what was typed


class PublicPage(Page):
    """A page for somebody we know nothing of, in one of six languages; answered after what it stores is committed."""

    public = True
    atomic = False

    @classmethod
    def as_view(cls, **initkwargs: Any) -> Any:
        """Return the view without a token: there is no session to forge."""
        return csrf_exempt(super().as_view(**initkwargs))

    def dispatch(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponseBase:
        self.language = chosen(request)
        translation.activate(self.language)
        return super().dispatch(request, *args, **kwargs)

    def page(self, template: str, **data: Any) -> HttpResponse:
        """Render a page with what every one of them shows; always 200: what was sent is never wrong."""
        return self.render(f"report/{template}.html", {**frame(self.language), **data})


def frame(language: str) -> dict[str, Any]:
    """Return what every public page shows."""
    names = [{"code": code, "name": name, "current": code == language} for code, name in NAMES.items()]
    return {"language": language, "languages": names, "leave_url": settings.LEAVE_URL, "lines": settings.HOTLINES}


class Start(PublicPage):
    """What one may tell, and the numbers to call."""

    def get(self, request: HttpRequest) -> HttpResponse:
        return self.page("start")


class Clear(PublicPage):
    """How to take this page out of the browser's memory."""

    def get(self, request: HttpRequest) -> HttpResponse:
        return self.page("clear")


class Tell(PublicPage):
    """The report, a few questions a page; "Send now" is on each."""

    def get(self, request: HttpRequest) -> HttpResponse:
        return self.step({}, 0)

    def post(self, request: HttpRequest) -> HttpResponse:
        told = typed(request)
        here, go = _place(told.get("step", "")), told.get("go", "")
        if told.get(STAY):
            return self.step(told, here)
        if go == "back":
            return self.step(told, max(here - 1, 0))
        if go == "next" and here + 1 < len(STEPS):
            return self.step(told, here + 1)
        if not any(told.get(name) for name in ASKED):
            return self.step(told, 0, notice=_("Write a few words first, then send."))
        return self.send(told, here)

    def step(self, told: Mapping[str, str], place: int, *, notice: str = "") -> HttpResponse:
        """Show one step; what was typed on the others is carried along."""
        form = Report(dict(told), judge=False)
        return self.page(
            "form",
            fields=[form[name] for name in STEPS[place]],
            carried=[(name, told[name]) for name in ASKED if name not in STEPS[place] and told.get(name)],
            key=told.get("form") or uuid4().hex,
            place=place,
            number=place + 1,
            of=len(STEPS),
            is_last=place + 1 == len(STEPS),
            notice=notice,
        )

    def send(self, told: dict[str, str], here: int) -> HttpResponse:
        """Keep it, and show its code; where that is not possible now, everything typed stays in the page."""
        answers = {name: told[name] for name in ASKED if told.get(name)}
        try:
            receipt = receive(told.get("form") or uuid4().hex, {**answers, "language": self.language})
        except Error:
            later = _("It could not be kept just now. Everything stays here: press Send again in a minute, or call.")
            return self.step(told, here, notice=later)
        further(receipt)
        return self.page("sent", groups=list(enumerate(groups_of(receipt), 1)))


class FollowUp(PublicPage):
    """What became of a report, by its code; messages both ways."""

    def get(self, request: HttpRequest) -> HttpResponse:
        return self.ask(Code())

    def post(self, request: HttpRequest) -> HttpResponse:
        told = typed(request)
        form, digits = Code(told, judge=False), digits_of(told.get("code", ""))
        if why := misread(digits):
            return self.ask(form, notice="" if told.get(STAY) else why, told=told)
        try:
            with paced():
                answer = self.answer(form, digits, told)
        except Busy:
            return self.keep(form, digits, told)
        except Error:
            return self.ask(form, told=told, notice=_("Many people ask just now. Wait a minute, then press again."))
        further(digits)
        return answer

    def keep(self, form: Code, digits: str, told: dict[str, str]) -> HttpResponse:
        """Keep what was written though nobody can look now: the same answer for right and wrong codes, as soon."""
        try:
            with steady():
                done = self.write(digits, told)
        except Error:
            done = ""
        if not done:
            return self.ask(form, told=told, notice=_("Many people ask just now. Wait a minute, then press again."))
        kept = _("We have it if the code is right. Many people ask just now: wait a minute, then look again.")
        return self.ask(form, told=left_of(told), notice=kept)

    def answer(self, form: Code, digits: str, told: dict[str, str]) -> HttpResponse:
        """Keep what was written, and show where it stands with what was not sent; a wrong code is told by words alone."""
        done = self.write(digits, told)
        found = look_up(digits)
        if not found.state:
            why = _("No report has this code. Compare each group with what you wrote down.")
            return self.ask(form, notice=why, told=told)
        left = left_of(told) if done else told
        going = "" if done else told.get("go", "")
        said = {"more": More(left, judge=False), "money": Money(left, judge=False), "going": going}
        empty = going in WRITES and not told.get(STAY)
        notice = _("Write a few words first, then send.") if empty else done
        return self.page("follow_up", **shown(found), **said, code=digits, done=notice, key=uuid4().hex)

    def write(self, digits: str, told: dict[str, str]) -> str:
        """Keep a message, or that somebody asked for money; returns what is said of it. The other one stays in the page."""
        if told.get(STAY):
            return ""
        key, danger = told.get("form", ""), bool(told.get("danger"))
        if told.get("go") == "money" and told.get("money"):
            say(digits, key, told["money"], kind=PublicMessage.Kind.MONEY, danger=danger)
            return _("We have it. Do not pay. Nobody who helps you may ask for money.")
        if told.get("go") == "message" and (told.get("message") or danger):
            say(digits, key, told.get("message") or _("Somebody is in danger now."), danger=danger)
            return _("We have your message.")
        return ""

    def ask(self, form: Code, *, notice: str = "", told: Mapping[str, str] | None = None) -> HttpResponse:
        """Ask for the code; a message that was typed is not lost."""
        told = told or {}
        kept = [(name, told[name]) for name in (*MORE, "go", "form") if told.get(name)]
        return self.page("code", form=form, notice=notice, kept=kept, going=told.get("go", ""))


def left_of(told: Mapping[str, str]) -> dict[str, str]:
    """Return what was typed without what was sent: the other message stays in the page."""
    sent = {told.get("go", ""), "go", "danger"}
    return {name: value for name, value in told.items() if name not in sent}


def shown(found: Found) -> dict[str, Any]:
    """Return what a page shows of a report: its state in plain words, and the messages."""
    return {
        "title": title_of(found.state),
        "words": words_of(found.state),
        "messages": [
            {"words": one.words, "ours": one.ours, "day": day_of(one.at), "broken": one.broken}
            for one in found.messages
        ],
        "calls": found.state == "call_us",
    }


def further(receipt: str) -> None:
    """Let what this code has sent be taken in at once where this process may; the public surface alone leaves it to the worker.

    It is kept already: what is long, or fails here, the worker does in a few seconds, and the answer is shown all the same.
    What others sent is never the business of a request: nobody waits for their own code behind a flood.
    """
    if settings.SURFACE != "public":
        with suppress(Error):
            take_in_own(receipt)


def _place(text: str) -> int:
    return int(text) if text in {str(place) for place in range(len(STEPS))} else 0


def nothing_here(request: HttpRequest, exception: Exception | None = None) -> HttpResponse:
    """Answer 404 on the public surface: where the form is."""
    language = chosen(request)
    with translation.override(language):
        return render(request, "report/nothing.html", frame(language), status=404)


def broken(request: HttpRequest, exception: Exception | None = None) -> HttpResponse:
    """Answer 400 on the public surface."""
    answer = nothing_here(request)
    answer.status_code = 400
    return answer
