"""Who read an operation in the 48 hours before it: for the integrity unit, who sees neither place nor people here."""

import datetime
from typing import Any

from django import forms
from django.http import HttpRequest, HttpResponse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, pgettext

from accounts.models import User
from audit.models import AuditEvent
from core.views import Page
from victims.models import Operation

BEFORE = datetime.timedelta(hours=48)
MOST = 500
LOOKS = {"read", "list", "search"}


class ReadersForm(forms.Form):
    """The reference of an operation."""

    reference = forms.CharField(label=gettext_lazy("Reference of the operation"), max_length=20)


class OperationReaders(Page):
    """Every look at an operation from 48 hours before it was planned for until it began, newest first."""

    permission = "audit.read"

    def get(self, request: HttpRequest) -> HttpResponse:
        if "reference" not in request.GET:
            return self.render("operations/readers.html", {"form": ReadersForm()})
        form = ReadersForm(request.GET)
        operation = None
        if form.is_valid():
            reference = form.cleaned_data["reference"].strip().upper()
            operation = Operation.objects.for_audit(request.user).filter(reference=reference).first()
            if operation is None:
                form.add_error("reference", _("There is no operation of this reference."))
        if operation is None:
            return self.render("operations/readers.html", {"form": form}, status=400)
        self.audit("list", operation, detail={"page": "readers"})
        data = {"form": form, "operation": operation, "looks": looks_at(operation)}
        return self.render("operations/readers.html", data)


def looks_at(operation: Operation) -> list[dict[str, Any]]:
    """Return who looked when, with names and roles; two queries."""
    first, last = operation.planned_for - BEFORE, operation.day
    about = {"object_type": operation._meta.label_lower, "object_id": str(operation.pk)}
    events = list(AuditEvent.objects.filter(**about, at__gte=first, at__lte=last).order_by("-at", "-seq")[:MOST])
    known = {str(user.pk): user for user in User.objects.filter(pk__in={event.actor_id for event in events} - {""})}
    found = []
    for event in events:
        user = known.get(event.actor_id)
        found.append(
            {
                "at": event.at,
                "name": user.display_name if user else _("Nobody signed in"),
                "role": user.table.label if user else "",
                "what": _("Read") if event.verb in LOOKS else pgettext("audit", "Changed"),
                "outcome": "" if event.outcome == "done" else event.outcome,
            }
        )
    return found
