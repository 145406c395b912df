"""The words to the reporter: what was told, and the form that keeps one more."""

from typing import Any
from uuid import uuid4

from django.contrib import messages
from django.core.exceptions import ValidationError
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.utils.translation import gettext as _

from complaints.forms.answers import AnswerForm
from complaints.models import Complaint, Contact
from complaints.presenters import answers as words
from complaints.services.answers import may_answer, people_safe, record_answer
from complaints.views.base import RecordPage
from core.exceptions import Conflict, Unprocessable
from workflow.services import submit_once


class Answers(RecordPage):
    """Every word the reporter was told, and one more."""

    part = "answers"

    def get(self, request: HttpRequest, reference: str) -> HttpResponse:
        complaint = self.fetch(reference)
        return self.show(complaint, AnswerForm(safe=self.safe(complaint)))

    def post(self, request: HttpRequest, reference: str) -> HttpResponse:
        complaint = self.fetch(reference)
        form = AnswerForm(request.POST, self.safe(complaint))
        if not form.is_valid():
            return self.show(complaint, form, status=400)
        try:
            made = self.record(complaint, form)
        except ValidationError as error:
            form.take_errors(error)
            return self.show(complaint, form, status=400)
        except (Conflict, Unprocessable) as error:
            return self.show(self.fetch(reference), form, status=409, notice=error.message)
        messages.info(request, _("Kept: the reporter was told.") if made else _("This word was kept already."))
        return redirect("complaints:answers", complaint.reference)

    def seen(self) -> Any:
        """Bring along when the reporter was last told something."""
        return super().seen().annotate(last_word_at=words.last_word())

    def safe(self, complaint: Complaint) -> list[tuple[str, str]]:
        """Return of whom the reader may say that they are safe."""
        user: Any = self.request.user
        return words.safe_choices(people_safe(complaint, user), user) if may_answer(user) else []

    def record(self, complaint: Complaint, form: AnswerForm) -> bool:
        """Keep it once for the key the form carries; return whether it is new."""
        said, user = form.answer(), self.request.user

        def make() -> Complaint:
            record_answer(complaint, by=user, **said)
            return complaint

        body = {name: value for name, value in said.items() if name != "happened_at"}
        _row, made = submit_once(
            form.cleaned_data.get("idempotency_key") or uuid4().hex,
            by=user,
            route=f"complaint.answer:{complaint.reference}",
            body=body,
            make=make,
            find=lambda _reference: complaint,
        )
        return made

    def show(self, complaint: Complaint, form: AnswerForm, *, status: int = 200, **more: Any) -> HttpResponse:
        """Render what was told, and the form for who may speak to the reporter."""
        user: Any = self.request.user
        data = {
            **self.frame(complaint, ""),
            "form": form,
            "answers": words.answer_rows(complaint, user),
            "waits": words.waits_words(complaint),
            "may_record": may_answer(user),
            "reporter": Contact.objects.visible_to(user).filter(complaint=complaint, reporter__isnull=False).exists(),
            **more,
        }
        return self.render("complaints/answers.html", data, status=status)
