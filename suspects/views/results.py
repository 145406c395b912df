"""Courts' results in bulk: paste or upload, see row by row what would be done, enter all with one press."""

import re
from typing import Any

from django import forms
from django.contrib import messages
from django.core.exceptions import ValidationError
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext

from core.display import number
from core.exceptions import Conflict, Unprocessable
from core.sheets import sent_text
from core.typed import Words
from core.views import Page
from suspects.models import Suspect
from suspects.presenters.results import Preview, done_rows, previews
from suspects.services.results import enter_results
from suspects.sheet import MOST_ROWS, read_results
from workflow.services import submit_once

REFERENCE = re.compile(r"S-[0-9A-Z]{4,16}")


class ResultsForm(forms.Form):
    """The sheet as text, or as a file; the file is turned into the text, so that it can be mended on the page."""

    sheet = forms.FileField(
        label=gettext_lazy("File"),
        help_text=gettext_lazy("XLSX, or CSV in UTF-8"),
        required=False,
        allow_empty_file=True,
    )
    text = Words(
        label=gettext_lazy("Or paste the sheet"),
        help_text=gettext_lazy(
            "One result a line: reference of the suspect (or case file and name), result, date, article, in absentia, months of "
            "prison … The first line names the columns: reference, case file, name, result, date, article, in absentia, prison, "
            "suspended, fine, compensation, note, confiscated riel, confiscated dollars."
        ),
        widget=forms.Textarea({"rows": 8, "spellcheck": "false"}),
    )
    idempotency_key = Words(widget=forms.HiddenInput)

    def clean(self) -> dict[str, Any]:
        """Read the file into the text, then the text into rows."""
        values = super().clean() or self.cleaned_data
        try:
            values["text"] = sent_text(values.get("text", ""), values.get("sheet"))
        except ValidationError as error:
            self.add_error("sheet", error)
            return values
        try:
            values["rows"] = read_results(values["text"])
        except ValidationError as error:
            self.add_error("text", error)
        return values


class Results(Page):
    """GET asks for the sheet, or shows what was entered; the first POST previews each row, the second enters all."""

    permission = "suspect.court"

    def get(self, request: HttpRequest) -> HttpResponse:
        references = [one for one in request.GET.get("done", "").upper().split(",") if REFERENCE.fullmatch(one)]
        done = done_rows(references[:MOST_ROWS], request.user) if references else []
        if done:
            self.audit("list", Suspect, detail={"page": "results", "rows": len(done)})
        return self.show(ResultsForm(), done=done)

    def post(self, request: HttpRequest) -> HttpResponse:
        form = ResultsForm(request.POST, request.FILES)
        if not form.is_valid():
            return self.show(form, status=400)
        if "save" not in request.POST:
            rows = previews(form.cleaned_data["rows"], request.POST, request.user)
            self.audit("search", Suspect, detail={"page": "results", "rows": len(rows)})
            return self.show(form, rows)
        try:
            entered = self.once(form)
        except (ValidationError, Conflict, Unprocessable) as error:
            why = " ".join(error.messages) if isinstance(error, ValidationError) else str(error.message)
            rows = previews(form.cleaned_data["rows"], request.POST, request.user)
            return self.show(form, rows, status=409, why=why)
        n = len(entered)
        messages.info(request, ngettext("%(n)s result entered.", "%(n)s results entered.", n) % {"n": number(n)})
        return redirect(f"{reverse('suspects:results')}?done={','.join(sorted(set(entered)))}")

    def once(self, form: ResultsForm) -> list[str]:
        """Enter the rows that are kept, once for the key the form carries; return their references."""
        user, values, sent = self.request.user, form.cleaned_data, self.request.POST
        names = {f"row-{row.line}": sent.get(f"row-{row.line}", "") for row in values["rows"]}
        entered: list[str] = []
        seen = Suspect.objects.visible_to(user)  # type: ignore[arg-type]

        def make() -> Any:
            rows = previews(values["rows"], sent, user)
            if any(not row.enters and REFERENCE.fullmatch(sent.get(row.name, "")) for row in rows):
                raise Conflict(_("Somebody changed one of them since. Read each row again; nothing was entered."))
            results = [row.result() for row in rows if row.enters]
            if not results:
                raise Conflict(_("No row can be entered now. Read the sheet again."))
            entered.extend(row.reference for row in enter_results(results, by=user))
            return seen.get(reference=entered[0])

        if not values["idempotency_key"]:
            make()
            return entered
        find = lambda found: seen.filter(reference=found).first()  # noqa: E731
        body = {"text": values["text"], "rows": names}
        submit_once(values["idempotency_key"], by=user, route="suspects.results", body=body, make=make, find=find)
        return entered or [value for value in names.values() if REFERENCE.fullmatch(value)]

    def show(
        self, form: ResultsForm, rows: list[Preview] | None = None, *, status: int = 200, **more: Any
    ) -> HttpResponse:
        """Render the sheet with what would be done; `rows` None: it was not read yet."""
        data = {
            "form": form,
            "text": form.cleaned_data.get("text", "") if form.is_bound else "",
            "rows": rows,
            "n": sum(row.enters for row in rows or ()),
            "wrong": sum(bool(row.errors) for row in rows or ()),
            **more,
        }
        return self.render("suspects/results.html", data, status=status)
