"""The attempts to learn what is missing: what was tried, and the form that records one more."""

from typing import Any
from uuid import uuid4

from django.contrib import messages
from django.core.exceptions import ValidationError
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.utils.translation import gettext as _

from complaints.forms.attempts import AttemptForm
from complaints.models import Complaint
from complaints.presenters import attempts as words
from complaints.services.attempts import OPEN, may_attempt, record_attempt
from complaints.views.base import RecordPage
from core.exceptions import Conflict, Unprocessable
from workflow.services import submit_once


class Attempts(RecordPage):
    """What is missing, every attempt, and one more."""

    part = "attempts"

    def get(self, request: HttpRequest, reference: str) -> HttpResponse:
        return self.show(self.fetch(reference), AttemptForm())

    def post(self, request: HttpRequest, reference: str) -> HttpResponse:
        complaint, form = self.fetch(reference), AttemptForm(request.POST)
        if not form.is_valid():
            return self.show(complaint, form, status=400)
        try:
            made = self.record(complaint, form)
        except ValidationError as error:
            form.take_errors(error)
            return self.show(complaint, form, status=400)
        except (Conflict, Unprocessable) as error:
            return self.show(self.fetch(reference), form, status=409, notice=error.message)
        messages.info(request, _("Attempt recorded.") if made else _("This attempt was recorded already."))
        return redirect("complaints:attempts", complaint.reference)

    def record(self, complaint: Complaint, form: AttemptForm) -> bool:
        """Record it once for the key the form carries; return whether it is new."""
        said, user = form.attempt(), self.request.user

        def make() -> Complaint:
            record_attempt(complaint, by=user, **said)
            return complaint

        body = {name: value for name, value in said.items() if name != "happened_at"}
        _row, made = submit_once(
            form.cleaned_data.get("idempotency_key") or uuid4().hex,
            by=user,
            route=f"complaint.attempt:{complaint.reference}",
            body=body,
            make=make,
            find=lambda _reference: complaint,
        )
        return made

    def show(self, complaint: Complaint, form: AttemptForm, *, status: int = 200, **more: Any) -> HttpResponse:
        """Render what was tried, and the form while something may still be asked."""
        user: Any = self.request.user
        data = {
            **self.frame(complaint, ""),
            "form": form,
            "attempts": words.attempt_rows(complaint, user),
            "missing": words.missing_words(complaint),
            "next_attempt": words.next_words(complaint),
            "overdue": words.is_overdue(complaint),
            "tried": words.tried_words(complaint),
            "over": complaint.status not in OPEN,
            "may_record": may_attempt(user) and complaint.status in OPEN,
            **more,
        }
        return self.render("complaints/attempts.html", data, status=status)
