"""Whom an operation met: the quick count of the night, and taking an entry back."""

from typing import Any
from uuid import UUID

from django.contrib import messages
from django.core.exceptions import ValidationError
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from complaints.forms.operations import CountForm
from complaints.presenters import operations as words
from complaints.views.operations import OperationPage
from core.countries import country_names
from core.display import number
from core.exceptions import Conflict, Unprocessable
from victims.models import Entry, Operation, Victim
from victims.services.entries import count_found, free_heads
from victims.services.take_back import take_back
from workflow.services import submit_once


class QuickCount(OperationPage):
    """Men, women and children by nationality, on one screen; each becomes a row without a name."""

    permission = "victim.rescue"

    def get(self, request: HttpRequest, reference: str) -> HttpResponse:
        operation = self.fetch(reference)
        return self.show(operation, CountForm(usual=usual(operation, request.user)))

    def post(self, request: HttpRequest, reference: str) -> HttpResponse:
        operation, form = self.fetch(reference), CountForm(request.POST)
        if form.is_valid():
            try:
                n = self.once(operation, form)
            except ValidationError as error:
                for name, found in error.message_dict.items():
                    form.add_error(name if name in form.fields else None, found)
            except (Conflict, Unprocessable) as error:
                return self.show(operation, form, status=409, why=error.message)
            else:
                said = ngettext("%(n)s person entered.", "%(n)s people entered.", n) % {"n": number(n)}
                messages.info(request, said)
                return redirect("operations:detail", operation.reference)
        return self.show(operation, form, status=400)

    def once(self, operation: Operation, form: CountForm) -> int:
        """Enter the count once for the key the form carries; return how many people."""
        user, values, counted = self.request.user, form.cleaned_data, form.counted()
        said = {"reported": values["reported"], "came_out": values["came_out"] == "out"}

        def make() -> Operation:
            count_found(operation, counted, by=user, **said)
            return operation

        total = sum(one.total for one in counted)
        if not values["idempotency_key"]:
            make()
            return total
        body = {"reference": operation.reference, "counted": [str(one) for one in counted], **said}
        seen = Operation.objects.visible_to(user)  # type: ignore[arg-type]
        find = lambda found: seen.filter(reference=found).first()  # noqa: E731
        submit_once(values["idempotency_key"], by=user, route="operations.count", body=body, make=make, find=find)
        return total

    def show(self, operation: Operation, form: CountForm, *, status: int = 200, **more: Any) -> HttpResponse:
        """Render the form, with how many are reported and not listed yet."""
        complaints = {row.pk: row for row in words.complaints_of(operation, self.request.user)}
        under = complaints.get(operation.found_under_id)
        data = {
            "operation": operation,
            "form": form,
            "under": under,
            "free": free_heads(under) if under else 0,
            "countries": country_names(),
            **more,
        }
        return self.render("operations/count.html", data, status=status)


def usual(operation: Operation, user: Any) -> list[str]:
    """Return the nationalities of the people sought in the complaints of an operation, most frequent first."""
    complaints = [row.pk for row in words.complaints_of(operation, user)]
    seen = Victim.objects.visible_to(user).live().filter(complaint__in=complaints)  # type: ignore[misc]
    codes = list(seen.exclude(person__nationality="").values_list("person__nationality", flat=True)[:500])
    return sorted(set(codes), key=lambda code: (-codes.count(code), code))


class TakeBack(OperationPage):
    """Take an entry back: rows nobody touched since go, the others stay and are named."""

    permission = "victim.rescue"

    def get(self, request: HttpRequest, reference: str, entry: UUID) -> HttpResponse:
        operation = self.fetch(reference)
        found = get_object_or_404(Entry.objects.select_related("by"), operation=operation, pk=entry)
        return self.render("operations/take_back.html", {"operation": operation, "entry": found})

    def post(self, request: HttpRequest, reference: str, entry: UUID) -> HttpResponse:
        operation = self.fetch(reference)
        found = get_object_or_404(Entry, operation=operation, pk=entry)
        try:
            n, left = take_back(found, by=request.user)
        except Conflict as error:
            messages.warning(request, error.message)
        else:
            back = ngettext("%(n)s person taken back.", "%(n)s people taken back.", n) % {"n": number(n)}
            messages.info(request, back)
            if left:
                stay = _("Somebody has worked on these since, so they stay: %(references)s.")
                messages.warning(request, stay % {"references": ", ".join(left)})
        return redirect("operations:detail", operation.reference)
