"""The list of activities and its file, one activity, and the form of it."""

from __future__ import annotations

from types import SimpleNamespace
from typing import Any
from uuid import uuid4

from django import forms
from django.contrib import messages
from django.core.exceptions import PermissionDenied, ValidationError
from django.db.models import QuerySet
from django.http import HttpRequest, HttpResponse, HttpResponseBase, QueryDict
from django.shortcuts import get_object_or_404, redirect
from django.utils.translation import gettext as _

from accounts.models import User
from audit.services import record
from core import display
from core.csv import Export, copy
from core.exceptions import Conflict
from core.paging import capped_count, ordered, page_of
from core.views import Page, require
from prevention.activity_forms import ActivityForm
from prevention.activity_presenters import activity_facts, edits_of, said_of
from prevention.columns import columns
from prevention.filters import ActivityFilter
from prevention.forms import put
from prevention.models import Activity
from prevention.services import add_activity, change_activity
from prevention.services.activities import may_write
from workflow.models import Edit
from workflow.services import submit_once

PERMISSION = "activity.read"


class ActivityList(Page):
    """The activities, newest first."""

    permission = PERMISSION

    def get(self, request: HttpRequest) -> HttpResponse:
        rows = Activity.objects.visible_to(request.user)
        filters = ActivityFilter(request.GET, rows, request=request)
        found = filters.qs if filters.is_valid() else rows.none()
        page = page_of(found.select_related("province"), request.GET, Activity.SORTS)
        said = sorted(filters.filters.keys() & request.GET)
        self.audit("list", Activity, detail={"filters": said, "rows": len(page.rows)})
        query = request.GET.copy()
        query.pop("cursor", None)
        data = {"page": page, "rows": page.rows, "count": capped_count(found), "filter": filters, "tags": filters.on()}
        return self.render("prevention/activities.html", {**data, "query": query.urlencode()})


def rows_for(params: QueryDict, user: Any) -> QuerySet[Activity]:
    """Return the rows of the list in its order; raises ValidationError by field for a bad filter or sort."""
    seen = Activity.objects.visible_to(user)
    filters = ActivityFilter(params, seen, request=SimpleNamespace(user=user))  # type: ignore[no-untyped-call]
    if not filters.is_valid():
        raise ValidationError({name: list(errors) for name, errors in filters.errors.items()})
    return ordered(filters.qs, params, Activity.SORTS)


class ActivityExport(Page):
    """The list as CSV, exactly what is filtered; nothing in it is about a person, so no purpose is asked."""

    permission = PERMISSION

    def get(self, request: HttpRequest) -> HttpResponseBase:
        params, pk = request.GET.copy(), request.user.pk
        params.pop("cursor", None)
        rows = rows_for(params, request.user).count()
        said = sorted(ActivityFilter.base_filters.keys() & params)
        self.audit("export", Activity, detail={"filters": said, "rows": rows})

        def prepare() -> Export:
            user = User.objects.active().people().for_request().filter(pk=pk).first()
            if user is None:
                raise PermissionDenied
            require(user, PERMISSION)
            return Export(user, rows_for(params, user), columns())

        def ended(rows: int, outcome: str) -> None:
            record("export_ended", by=SimpleNamespace(pk=pk), about=Activity, outcome=outcome, detail={"rows": rows})

        return copy(prepare, filename=f"sangkroh-activities-{display.today():%Y-%m-%d}.csv", ended=ended)


class ActivityPage(Page):
    """A page of one activity."""

    permission = PERMISSION

    def fetch(self, reference: str) -> Activity:
        """Return the activity, or 404."""
        rows = Activity.objects.visible_to(self.request.user).select_related("province")
        return get_object_or_404(rows, reference=reference.upper())


class ActivityDetail(ActivityPage):
    def get(self, request: HttpRequest, reference: str) -> HttpResponse:
        activity = self.fetch(reference)
        self.audit("read", activity)
        data = {
            "activity": activity,
            "facts": activity_facts(activity),
            "may_write": may_write(request.user, activity.province_id),
            "history": edits_of(activity),
        }
        return self.render("prevention/activity.html", data)


class ActivityWrite(ActivityPage):
    """Record an activity, or correct one."""

    permission = "activity.write"

    def get(self, request: HttpRequest, reference: str = "") -> HttpResponse:
        activity = self.own(reference)
        new = {"idempotency_key": uuid4().hex}
        form = ActivityForm.of(activity, request.user) if activity else ActivityForm(request.user, initial=new)
        return self.show(form, activity)

    def own(self, reference: str) -> Activity | None:
        """Return the activity that is corrected, None for a new one; 403 for one of another province."""
        activity = self.fetch(reference) if reference else None
        if activity and not may_write(self.request.user, activity.province_id):
            raise PermissionDenied(_("Activities of another province are corrected there, or by the ministry."))
        return activity

    def post(self, request: HttpRequest, reference: str = "") -> HttpResponse:
        activity, form = self.own(reference), ActivityForm(request.user, request.POST)
        if not form.is_valid():
            return self.show(form, activity, 400)
        try:
            done = self.keep(activity, form)
        except forms.ValidationError as error:
            put(form, error)
            return self.show(form, activity, 400)
        except Conflict as error:
            return self.conflict(form, activity, error)
        messages.info(request, _("Saved: %(reference)s.") % {"reference": done.reference})
        return redirect("activities:detail", done.reference)

    def keep(self, activity: Activity | None, form: ActivityForm) -> Activity:
        """Record it once for the key, or correct it."""
        by, said = self.request.user, form.values()
        if activity is not None:
            return change_activity(activity, by=by, version=form.cleaned_data["version"] or 0, **said)
        return submit_once(
            form.cleaned_data["idempotency_key"] or uuid4().hex,
            by=by,
            route="activities:new",
            body={name: str(value) for name, value in said.items()},
            make=lambda: add_activity(by=by, **said),
            find=lambda reference: Activity.objects.visible_to(by).filter(reference=reference).first(),
        )[0]

    def conflict(self, form: ActivityForm, activity: Activity | None, error: Conflict) -> HttpResponse:
        """Show theirs beside mine; the next press saves mine."""
        data = form.data.copy()
        if activity is not None:
            data["version"] = str(Activity.objects.get(pk=activity.pk).version)
        rows = [
            {
                "label": form.fields[name].label,
                "theirs": said_of(name, theirs),
                "mine": said_of(name, form.cleaned_data.get(name)),
            }
            for name, theirs in error.theirs.items()
        ]
        last = Edit.objects.of(activity).select_related("by").first() if activity else None
        again = ActivityForm(self.request.user, data)
        return self.show(again, activity, 409, why=error.message, differences=rows if last else [], last=last)

    def show(self, form: ActivityForm, activity: Activity | None, status: int = 200, **more: Any) -> HttpResponse:
        """Render the form."""
        return self.render("prevention/activity_form.html", {"form": form, "activity": activity, **more}, status=status)
