"""Change when and where a planned operation is, under a version; theirs beside mine where somebody was faster."""

from typing import Any

from django.contrib import messages
from django.core.exceptions import ValidationError
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.urls import reverse
from django.utils.translation import gettext as _

from complaints.forms.operations import WhenAndWhere
from complaints.views.operations import OperationPage
from core import display
from core.exceptions import Conflict
from victims.models import Operation
from victims.services.operations import change_operation
from workflow.models import Edit


class ChangeOperation(OperationPage):
    """A planned operation as a form."""

    permission = "operation.plan"

    def get(self, request: HttpRequest, reference: str) -> HttpResponse:
        operation = self.fetch(reference)
        return self.show(operation, WhenAndWhere(initial=shown(operation)))

    def post(self, request: HttpRequest, reference: str) -> HttpResponse:
        operation, form = self.fetch(reference), WhenAndWhere(request.POST)
        if form.is_valid():
            version = form.cleaned_data["version"] or 0
            try:
                change_operation(operation, by=request.user, version=version, changes=form.changes())
            except ValidationError as error:
                form.take_errors(error)
            except Conflict as error:
                return self.conflict(operation, form, error)
            else:
                messages.info(request, _("Saved: %(reference)s.") % {"reference": operation.reference})
                return redirect("operations:detail", operation.reference)
        return self.show(operation, form, status=400)

    def conflict(self, operation: Operation, form: WhenAndWhere, error: Conflict) -> HttpResponse:
        """Show theirs beside mine; saving again then saves mine."""
        theirs, mine = shown(operation), form.data.copy()
        said = {
            "planned_for": form.cleaned_data.get("planned_for"),
            "site": mine.get("site"),
            "place": mine.get("place"),
        }
        rows = [
            {"label": form.fields[name].label, "theirs": words(theirs[name]), "mine": words(said[name])}
            for name in error.theirs
        ]
        mine["version"] = str(operation.version)
        last = Edit.objects.of(operation).select_related("by").first()
        more: dict[str, Any] = {"differences": rows, "last": last, "why": error.message}
        return self.show(operation, WhenAndWhere(mine), status=409, **more)

    def show(self, operation: Operation, form: WhenAndWhere, *, status: int = 200, **more: Any) -> HttpResponse:
        """Render the form."""
        keep_url = reverse("operations:detail", args=[operation.reference])
        data = {"operation": operation, "form": form, "keep_url": keep_url, **more}
        return self.render("operations/change.html", data, status=status)


def shown(operation: Operation) -> dict[str, Any]:
    """Return when and where as the form shows it."""
    site = operation.site
    return {
        "planned_for": operation.planned_for,
        "site": f"{site} ({site.reference})" if site else "",
        "place": operation.place,
        "version": operation.version,
    }


def words(value: Any) -> str:
    """Say a value of the form."""
    return display.moment(value) if hasattr(value, "hour") else str(value or "—")
