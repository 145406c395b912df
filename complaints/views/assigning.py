"""Several complaints of the ministry's tray to one province: ticked in the list, looked at, then assigned by one press."""

from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.http import HttpRequest, HttpResponse, QueryDict
from django.utils.translation import gettext_lazy

from complaints.presenters.rows import headline_of, language_of
from complaints.services.assigning import Assigning, assign_many, preview
from core.views import Page
from provinces.choices import province_choices


class AssignForm(forms.Form):
    """Which province answers for them."""

    province = forms.ChoiceField(label=gettext_lazy("Responsible province"), required=False)

    def __init__(self, *args: Any, **options: Any) -> None:
        super().__init__(*args, **options)
        self.fields["province"].choices = [("", gettext_lazy("Choose")), *province_choices()]  # type: ignore[attr-defined]


class AssignSeveral(Page):
    """GET says what would be done with each and why not; POST does it and says what was done."""

    permission = "complaint.assign"

    def get(self, request: HttpRequest) -> HttpResponse:
        return self.answer(request.GET, preview)

    def post(self, request: HttpRequest) -> HttpResponse:
        return self.answer(request.POST, assign_many)

    def answer(self, said: QueryDict, act: Any) -> HttpResponse:
        """Look, or do; a missing answer comes back with everything that was ticked."""
        form, rows, status = AssignForm(said if "province" in said else None), [], 200
        references = said.getlist("reference")
        if form.is_bound or references:
            try:
                rows = act(references, by=self.request.user, province=said.get("province", ""))
            except ValidationError as error:
                form = AssignForm(said)
                form.full_clean()
                for name, found in error.message_dict.items():
                    form.add_error("province" if name == "province" else None, found)
                status = 400
        return self.show(form, rows, references, done=act is assign_many and bool(rows), status=status)

    def show(
        self, form: AssignForm, rows: list[Assigning], references: list[str], *, done: bool, status: int
    ) -> HttpResponse:
        """Render what would be done, or was."""
        self.audit("list", None, detail={"page": "assign", "rows": len(rows)})
        shown = [self.line(row) for row in rows]
        fitting = [line for line in shown if line["row"].fits]
        data = {
            "form": form,
            "fitting": fitting,
            "others": [line for line in shown if not line["row"].fits],
            "n": len(fitting),
            "references": references[:200],
            "province": dict(province_choices()).get(form.data.get("province", ""), ""),
            "code": form.data.get("province", ""),
            "done": done,
            "again": bool(form.errors) or not rows,
        }
        return self.render("complaints/assign.html", data, status=status)

    def line(self, row: Assigning) -> dict[str, Any]:
        """Return a row with the words it is known by."""
        headline = headline_of(row.complaint, self.request.user) if row.complaint else ""
        return {"row": row, "headline": headline, "lang": language_of(headline)}
