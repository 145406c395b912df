"""Messages with who reported through the public form: on the page of the contact and on that of its complaint."""

from collections.abc import Iterable
from itertools import islice
from typing import Any, ClassVar
from uuid import uuid4

from django.contrib import messages
from django.core.exceptions import ValidationError
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.utils.cache import add_never_cache_headers
from django.utils.translation import gettext as _

from complaints.channels.public.words import title_of
from complaints.forms.messages import WriteForm
from complaints.models import Complaint, Contact
from complaints.services.answers import may_answer
from complaints.services.facts import may_change_facts
from complaints.services.message_pages import proposed_by_code
from complaints.services.writing import threads_of, write_to_reporter
from complaints.views.base import RecordPage
from complaints.views.contact import ContactPage, frame_of
from core.exceptions import Conflict, Unprocessable
from workflow.services import submit_once

MOST = 20  # reports shown of one complaint


class ContactMessages(ContactPage):
    """The messages of one contact, and one more."""

    permissions: ClassVar[dict[str, str]] = {"post": "reporter.reveal"}

    def get(self, request: HttpRequest, reference: str) -> HttpResponse:
        return self.show(self.fetch(reference))

    def post(self, request: HttpRequest, reference: str) -> HttpResponse:
        row = self.fetch(reference)
        form = WriteForm(request.POST)
        if wrong := refused(form, row, request):
            return self.show(row, form=form, status=wrong)
        return redirect("contacts:messages", row.reference)

    def show(self, row: Contact, *, form: WriteForm | None = None, status: int = 200) -> HttpResponse:
        """Render the messages; no cache keeps them."""
        before = "" if form is not None else self.request.GET.get("before", "")[:40]
        data = {**frame_of(row, self.request.user), **told([row], self.request.user, row, form, before=before)}
        answer = self.render("contacts/messages.html", data, status=status)
        add_never_cache_headers(answer)
        return answer


class ComplaintMessages(RecordPage):
    """The messages of every report of a complaint that came in through the public form."""

    permissions: ClassVar[dict[str, str]] = {"post": "reporter.reveal"}
    part = "messages"

    def get(self, request: HttpRequest, reference: str) -> HttpResponse:
        return self.show(self.fetch(reference))

    def post(self, request: HttpRequest, reference: str) -> HttpResponse:
        complaint, form = self.fetch(reference), WriteForm(request.POST)
        to = self.contacts(complaint).filter(reference=request.POST.get("to", "")[:20]).first()
        if to is None:
            return self.show(complaint, form=form, status=400)
        if wrong := refused(form, to, request):
            return self.show(complaint, to=to, form=form, status=wrong)
        return redirect("complaints:messages", complaint.reference)

    def contacts(self, complaint: Complaint) -> Any:
        """Return the contacts that came in through the public form, the newest first."""
        seen = Contact.objects.visible_to(self.request.user)  # type: ignore[arg-type]
        return seen.filter(complaint=complaint, public_report__isnull=False).order_by("-received_at")

    def show(
        self, complaint: Complaint, *, to: Contact | None = None, form: WriteForm | None = None, status: int = 200
    ) -> HttpResponse:
        """Render the messages; no cache keeps them."""
        data = {**self.frame(complaint, ""), **told(self.contacts(complaint), self.request.user, to, form)}
        data["proposes"] = proposed_by_code(complaint)
        data["may_change"] = may_change_facts(complaint, self.request.user)
        answer = self.render("complaints/messages.html", data, status=status)
        add_never_cache_headers(answer)
        return answer


def told(
    rows: Iterable[Contact], user: Any, to: Contact | None, form: WriteForm | None, *, before: str = ""
) -> dict[str, Any]:
    """Return the threads a page shows, each with a form; the words for who may open a reporter."""
    threads, shown = [], False
    for thread in threads_of(list(islice(rows, MOST)), by=user, before=before):
        mine = form if form is not None and to is not None and to.pk == thread.contact.pk else None
        shown |= mine is not None
        key = mine.data.get("idempotency_key", "") if mine else ""
        title = title_of(thread.state) if thread.state else ""
        threads.append({"thread": thread, "state": title, "form": mine or WriteForm(), "key": key or uuid4().hex})
    lost = None if shown else form  # its report stands here no more: the words come back all the same
    return {"threads": threads, "may_write": may_answer(user), "lost": lost, "before": before}


def refused(form: WriteForm, contact: Contact, request: HttpRequest) -> int:
    """Write the message once for the key the form carries; return the status of a refusal, 0 where it was written."""
    user: Any = request.user
    if not form.is_valid():
        return 400
    said = {name: form.said(name) for name in ("words", "asks")}

    def make() -> Contact:
        write_to_reporter(contact, by=user, **said)
        return contact

    key = request.POST.get("idempotency_key", "") or uuid4().hex
    route = f"contact.write:{contact.reference}"
    try:
        submit_once(key, by=user, route=route, body=said, make=make, find=lambda _reference: contact)
    except ValidationError as error:
        for name, words in (error.message_dict if hasattr(error, "error_dict") else {"words": error.messages}).items():
            form.add_error(name if name in form.fields else None, ValidationError(words))
        return 400
    except (Conflict, Unprocessable) as error:
        form.add_error(None, error.message)
        return 409
    except Http404:
        form.add_error(None, _("This is not open to you any more."))
        return 409
    messages.info(request, _("Sent. Who has the code reads it when they come back."))
    return 0
