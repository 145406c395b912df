"""The list of names of an operation: paste or upload, see row by row who it may be, enter all with one press."""

from typing import Any

from django import forms
from django.contrib import messages
from django.core.exceptions import ValidationError
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.utils.translation import gettext_lazy, ngettext

from complaints.forms.fields import Whole, Words
from complaints.presenters import operations as words
from complaints.presenters.operation_list import Preview, previews
from complaints.sheet import read_list
from complaints.views.operations import OperationPage
from core.display import number
from core.exceptions import Conflict, Unprocessable
from core.sheets import MOST_ROWS, sent_text
from victims.models import Operation
from victims.services.entries import free_heads
from victims.services.listed import enter_list, unnamed_of
from workflow.services import submit_once


class ListForm(forms.Form):
    """The list as text, or as a file; the file is turned into the text, so that it can be mended on the page."""

    sheet = forms.FileField(
        label=gettext_lazy("File"),
        help_text=gettext_lazy("XLSX, or CSV in UTF-8"),
        required=False,
        allow_empty_file=True,
    )
    text = Words(
        label=gettext_lazy("Or paste the list"),
        help_text=gettext_lazy(
            "One person a line: name, sex, age, nationality, passport. A first line may name the columns."
        ),
        widget=forms.Textarea({"rows": 8, "spellcheck": "false"}),
    )
    reported = Whole(
        label=gettext_lazy("How many of the new ones had been reported?"),
        help_text=gettext_lazy(
            "Left empty: as many as are reported and not listed yet. The others are counted beside."
        ),
    )
    name_counted = forms.BooleanField(
        label=gettext_lazy("Give these names to the rows of the quick count first"), required=False, initial=True
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
            values["rows"] = read_list(values["text"])
        except ValidationError as error:
            self.add_error("text", error)
        return values


class EnterList(OperationPage):
    """GET asks for the list; the first POST shows what would be done with each row, the second does it."""

    permission = "victim.rescue"

    def get(self, request: HttpRequest, reference: str) -> HttpResponse:
        return self.show(self.fetch(reference), ListForm())

    def post(self, request: HttpRequest, reference: str) -> HttpResponse:
        operation, data = self.fetch(reference), request.POST.copy()
        if "previewed" not in data:
            data["name_counted"] = "on"  # the first page does not ask yet
        form = ListForm(data, request.FILES)
        if not form.is_valid():
            return self.show(operation, form, status=400)
        rows = previews(operation, form.cleaned_data["rows"], request.POST, request.user)
        if "save" not in request.POST:
            return self.show(operation, form, rows)
        try:
            n = self.once(operation, form, rows)
        except ValidationError as error:
            self.take_errors(form, error)
            return self.show(operation, form, rows, status=400)
        except (Conflict, Unprocessable) as error:
            return self.show(operation, form, rows, status=409, why=error.message)
        said = ngettext("%(n)s person entered.", "%(n)s people entered.", n) % {"n": number(n)}
        messages.info(request, said)
        return redirect("operations:detail", operation.reference)

    def take_errors(self, form: ListForm, error: ValidationError) -> None:
        """Put the service's messages at their fields."""
        for name, found in error.message_dict.items():
            form.add_error(name if name in form.fields else None, found)

    def once(self, operation: Operation, form: ListForm, rows: list[Preview]) -> int:
        """Enter the rows that are kept, once for the key the form carries; return how many."""
        user, values = self.request.user, form.cleaned_data
        listed = [row.listed() for row in rows if row.enters]
        said = {"reported": values["reported"], "name_counted": values["name_counted"]}

        def make() -> Operation:
            enter_list(operation, listed, by=user, **said)
            return operation

        if not values["idempotency_key"]:
            make()
            return len(listed)
        sent = {row.name: self.request.POST.get(row.name, "") for row in rows}  # as it was sent: who is sought changes
        body = {"reference": operation.reference, "text": values["text"], "rows": sent, **said}
        seen = Operation.objects.visible_to(user)  # type: ignore[arg-type]
        find = lambda found: seen.filter(reference=found).first()  # noqa: E731
        submit_once(values["idempotency_key"], by=user, route="operations.list", body=body, make=make, find=find)
        return len(listed)

    def show(
        self,
        operation: Operation,
        form: ListForm,
        rows: list[Preview] | None = None,
        *,
        status: int = 200,
        **more: Any,
    ) -> HttpResponse:
        """Render the list with what would be done; `rows` None: it was not read yet."""
        user = self.request.user
        under = next((c for c in words.complaints_of(operation, user) if c.pk == operation.found_under_id), None)
        data = {
            "operation": operation,
            "form": form,
            "text": form.cleaned_data.get("text", "") if form.is_bound else "",
            "rows": rows,
            "n": sum(row.enters for row in rows or ()),
            "wrong": sum(bool(row.errors) for row in rows or ()),
            "under": under,
            "free": free_heads(under) if under else 0,
            "counted": len(unnamed_of(operation, user)),
            "most": MOST_ROWS,
            **more,
        }
        return self.render("operations/people.html", data, status=status)
