"""Take the list along as a coded CSV at once: what it will hold, why it is taken, then exactly the rows of the list.

Words about people leave in no file of this page, whoever takes it: they are a job that a second person approves (0038).
"""

import logging
from types import SimpleNamespace
from typing import Any

import django_filters
from allauth.account.internal.flows.reauthentication import did_recently_reauthenticate
from allauth.core.exceptions import ReauthenticationRequired
from django import forms
from django.conf import settings
from django.core.exceptions import PermissionDenied, ValidationError
from django.db.models import QuerySet
from django.http import HttpRequest, HttpResponse, HttpResponseBase, QueryDict
from django.shortcuts import redirect
from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from accounts.models import User
from audit.services import record
from complaints.columns import columns
from complaints.filters import ComplaintFilter
from complaints.models import Complaint
from core import display
from core.csv import Export, coded_only, copy
from core.forms import Rows
from core.paging import ordered
from core.views import Page, require

logger = logging.getLogger(__name__)
PERMISSION = "complaint.export"
NOT_OF_THE_LIST = ("cursor", "page_size")
PURPOSES = [
    ("handling", _("Handling of these complaints")),
    ("figures", _("Figures or a report")),
    ("question", _("A question of the press, parliament or government")),
    ("court", _("A request of a court or prosecutor")),
    ("check", _("A check of what was entered")),
]


class PurposeForm(forms.Form):
    """Why the rows are taken; coded, because the audit holds no words about people."""

    purpose = forms.ChoiceField(label=_("What is the file for?"), choices=PURPOSES, widget=Rows())


def filtered(params: QueryDict, user: Any) -> ComplaintFilter:
    """Return the list's own filter over the branch that the list shows to `user`."""
    seen = Complaint.objects.all()
    branch = seen.shared_with(user) if params.get("shared") == "1" else seen.of_own_provinces(user)
    return ComplaintFilter(params, branch, request=SimpleNamespace(user=user))  # type: ignore[no-untyped-call]


def rows_for(params: QueryDict, user: Any) -> QuerySet[Complaint]:
    """Return the rows of the list in its order; raises ValidationError by field for a bad filter or sort."""
    filters = filtered(params, user)
    if not filters.is_valid():
        raise ValidationError({name: list(errors) for name, errors in filters.errors.items()})
    return ordered(filters.qs.live(), params, Complaint.SORTS)


def coded(params: QueryDict) -> dict[str, Any]:
    """Return the filters for the audit: codes as they are, of typed words only that there were some."""
    typed = {name for name, made in ComplaintFilter.base_filters.items() if isinstance(made, django_filters.CharFilter)}
    known = {*ComplaintFilter.base_filters, "sort", "shared"}
    said = {name: [value for value in values if value] for name, values in params.lists() if name in known}
    return {name: "given" if name in typed else values for name, values in sorted(said.items()) if values}


class ExportPage(Page):
    """Show what a file of the list would hold; hand it over once its purpose is said."""

    permission = PERMISSION

    def get(self, request: HttpRequest) -> HttpResponse:
        """Say how many rows and which columns the file has."""
        if settings.SECOND_FACTOR_REQUIRED and not did_recently_reauthenticate(request):
            raise ReauthenticationRequired
        return self.shown(PurposeForm())

    def post(self, request: HttpRequest) -> HttpResponseBase:
        """Hand the file over."""
        if settings.SECOND_FACTOR_REQUIRED and not did_recently_reauthenticate(request):
            return redirect(request.get_full_path())
        form = PurposeForm(request.POST)
        if not form.is_valid():
            return self.shown(form, status=400)
        return self.handed_over(self.params, form.cleaned_data["purpose"])

    @property
    def params(self) -> QueryDict:
        """Return the address of the list, without the place in it."""
        params = self.request.GET.copy()
        for name in NOT_OF_THE_LIST:
            params.pop(name, None)
        return params

    def shown(self, form: PurposeForm, *, status: int = 200) -> HttpResponse:
        """Render the page: the form, the rows counted, the filters in words, the columns and what is left out."""
        params, user = self.params, self.request.user
        count = rows_for(params, user).count()
        data = {
            "form": form,
            "count": count,
            "filters": filtered(params, user).on(),
            "shared": params.get("shared") == "1",
            "columns": [column.label for column in coded_only(columns())],
            "list_url": f"{reverse('complaints:list')}?{params.urlencode()}",
        }
        return self.render("complaints/export.html", data, status=status)

    def handed_over(self, params: QueryDict, purpose: str) -> HttpResponseBase:
        """Record the export, then stream it; the body decides again what its reader may have."""
        pk = self.request.user.pk
        detail = {
            "filters": coded(params),
            "rows": rows_for(params, self.request.user).count(),
            "columns": [column.name for column in coded_only(columns())],
        }
        self.audit("export", Complaint, purpose=purpose, detail=detail)

        def prepare() -> Export:
            user = User.objects.active().people().for_request().filter(pk=pk).first()
            if user is None:
                raise PermissionDenied
            require(user, PERMISSION)
            return Export(user, rows_for(params, user), coded_only(columns()))

        def ended(rows: int, outcome: str) -> None:
            record("export_ended", by=SimpleNamespace(pk=pk), about=Complaint, outcome=outcome, detail={"rows": rows})

        name = f"sangkroh-complaints-{display.today():%Y-%m-%d}.csv"
        return copy(prepare, filename=name, ended=ended)
