"""Closings drawn for a second reading: the list with its figures, and the reading of one."""

from typing import Any

from django import forms
from django.contrib import messages
from django.core.exceptions import ValidationError
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from complaints.forms.fields import Words
from complaints.models import Complaint, SecondReading
from complaints.presenters.approval import basis_of
from complaints.services.readings import MAX_WORDS, figures_for, may_read, read_again
from complaints.views.base import RELATED, frame_of
from core.exceptions import Conflict
from core.forms import Rows
from core.paging import page_of
from core.views import Page

SHOWN = ("complaint", "reader", "closed_by", "proposed_by")


class ReadingForm(forms.Form):
    """What the second reading found; why is needed where reopening is asked for."""

    finding = forms.ChoiceField(
        label=gettext_lazy("What did you find?"), choices=SecondReading.Finding.choices, widget=Rows(), required=False
    )
    words = Words(
        label=gettext_lazy("Why"),
        help_text=gettext_lazy("Needed where reopening is asked for."),
        widget=forms.Textarea({"rows": 4}),
    )


class Readings(Page):
    """What was drawn: what waits first; `?all=1` everything."""

    permission = "closing.reread"

    def get(self, request: HttpRequest) -> HttpResponse:
        user: Any = request.user
        everything = request.GET.get("all") == "1"
        seen = SecondReading.objects.of_own_provinces(user).select_related(*SHOWN)
        page = page_of(seen if everything else seen.waiting(), request.GET, SecondReading.SORTS)
        self.audit("list", SecondReading, detail={"rows": len(page.rows)})
        url = reverse("approvals:readings")
        tabs = [
            {"label": _("To be read"), "url": url, "current": not everything},
            {"label": _("All"), "url": f"{url}?all=1", "current": everything},
        ]
        data = {"page": page, "rows": page.rows, "tabs": tabs, "everything": everything, "figures": figures_for(user)}
        return self.render("approvals/readings.html", data)


class Reading(Page):
    """One closed complaint, what its closing rests on, and what the second reader finds."""

    permission = "closing.reread"

    def get(self, request: HttpRequest, reference: str) -> HttpResponse:
        return self.show(self.fetch(reference), ReadingForm())

    def post(self, request: HttpRequest, reference: str) -> HttpResponse:
        """Keep what was found."""
        row, form = self.fetch(reference), ReadingForm(request.POST)
        if not form.is_valid():
            return self.show(row, form, status=400)
        try:
            done = read_again(row, by=request.user, **form.cleaned_data)
        except ValidationError as error:
            for name, found in error.message_dict.items():
                form.add_error(name, found)
            return self.show(row, form, status=400)
        except Conflict as error:
            return self.show(self.fetch(reference), form, status=409, why=error.message)
        return self.finished(done)

    def finished(self, row: SecondReading) -> HttpResponse:
        """Lead to the reopening, for who may take it; else back to the list."""
        user: Any = self.request.user
        messages.info(self.request, _("Read: %(reference)s.") % {"reference": row.reference})
        if row.finding == SecondReading.Finding.REOPEN and user.may("complaint.reopen"):
            return redirect("complaints:step", row.reference, "reopen")
        return redirect("approvals:readings")

    def fetch(self, reference: str) -> SecondReading:
        """Return the reading through the scope, or 404."""
        seen = SecondReading.objects.of_own_provinces(self.request.user).select_related(*SHOWN)  # type: ignore[arg-type]
        row: SecondReading = get_object_or_404(seen, complaint__reference=reference.upper())
        return row

    def show(self, row: SecondReading, form: ReadingForm, *, status: int = 200, why: str = "") -> HttpResponse:
        """Render what the closing rests on; looking at it is recorded."""
        user: Any = self.request.user
        complaint = get_object_or_404(Complaint.objects.visible_to(user).select_related(*RELATED), pk=row.complaint_id)
        self.audit("read", complaint, detail={"part": "second_reading"})
        data = {
            **frame_of(complaint, user, ""),
            "reading": row,
            "form": form,
            "why": why,
            "basis": basis_of(complaint, user),
            "may_read": may_read(row, user),
            "most": MAX_WORDS,
            "words": row.words if user.may("identity.read") else "",
        }
        return self.render("approvals/reading.html", data, status=status)
