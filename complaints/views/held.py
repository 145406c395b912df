"""Several reports that are held apart: ticked in the list, looked at, then let in or set aside by one press; and taken back."""

from typing import Any

from django.core.exceptions import ValidationError
from django.forms import Textarea
from django.http import HttpRequest, HttpResponse, QueryDict
from django.utils.translation import gettext_lazy

from complaints.contact_workflow import HELD
from complaints.forms.fields import Typed, Words
from complaints.models import Contact
from complaints.presenters.inbox import words_of
from complaints.presenters.rows import language_of
from complaints.services.held import ASKS, MOST, TAKE_BACK, Taking, preview, take_many
from complaints.views.contact import held_beside
from core.views import Page


class ReasonForm(Typed):
    """Why they are set aside, or held apart again; whether it is asked for is the service's to say."""

    note = Words(
        label=gettext_lazy("Why?"),
        help_text=gettext_lazy("It stands in the story of each. Write nothing of who told it."),
        widget=Textarea({"rows": 3}),
    )


class SeveralHeld(Page):
    """GET says that nothing is ticked; POST shows what would be done with each, and with `sure` does it."""

    permission = HELD

    def get(self, request: HttpRequest) -> HttpResponse:
        return self.show([], "", ReasonForm())

    def post(self, request: HttpRequest) -> HttpResponse:
        said, user = request.POST, request.user
        form, act, sure = ReasonForm(said if "note" in said else None), said.get("act", ""), "sure" in said
        try:
            if sure:
                form.full_clean()
                if form.is_bound and form.errors:
                    raise ValidationError(form.errors.as_data())
                rows = take_many(ticked(said), by=user, act=act, note=said.get("note", ""))
            else:
                rows = preview(ticked(said), by=user, act=act)
        except ValidationError as error:
            return self.refused(error, form, act)
        return self.show(rows, act, form, done=sure)

    def refused(self, error: ValidationError, form: ReasonForm, act: str) -> HttpResponse:
        """Show again what was ticked, with what is wrong beside it."""
        found = error.message_dict
        if "note" not in found:
            return self.show([], act, form, why=" ".join(error.messages), status=400)
        form = ReasonForm(self.request.POST)
        form.full_clean()
        if not form.errors:
            form.add_error("note", found["note"])  # type: ignore[arg-type]
        return self.show(preview(ticked(self.request.POST), by=self.request.user, act=act), act, form, status=400)

    def show(
        self, rows: list[Taking], act: str, form: ReasonForm, *, done: bool = False, why: str = "", status: int = 200
    ) -> HttpResponse:
        """Render what would be done, or was."""
        self.audit("list", Contact, detail={"page": "held", "rows": len(rows)})
        fitting = [self.line(row) for row in rows if row.fits]
        data = {
            "form": form,
            "act": act,
            "asks": act in ASKS,
            "fitting": fitting,
            "others": [self.line(row) for row in rows if not row.fits],
            "n": len(fitting),
            "back": [row.reference for row in rows if row.fits and row.goes_back] if act != TAKE_BACK else [],
            "sealed": any(row.contact is not None and row.contact.handling == "sealed" for row in rows),
            "done": done,
            "why": why,
            "most": MOST,
            "held": held_beside(self.request.user),
        }
        return self.render("contacts/several.html", data, status=status)

    def line(self, row: Taking) -> dict[str, Any]:
        """Return a row with its first words."""
        words = words_of(row.contact, self.request.user) if row.contact else ""
        return {"row": row, "words": words, "lang": language_of(words)}


def ticked(said: QueryDict) -> list[str]:
    """Return the references that were ticked, or all that stood on the page."""
    return said.getlist("shown") if said.get("all") else said.getlist("reference")
