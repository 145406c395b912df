"""Pages to record companies and measures at a site, and to correct them."""

from __future__ import annotations

from typing import Any
from uuid import UUID, uuid4

from django import forms
from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.utils.translation import gettext as _

from core.exceptions import Conflict
from core.views import Page
from provinces.measure_forms import CompanyForm, MeasureForm
from provinces.models import Company, Site
from provinces.presenters import edits_of, measures_of, said_of
from provinces.services import measures
from workflow.models import Edit
from workflow.services import submit_once


class AtSite(Page):
    """A form about a site: `row` is what it corrects, None for a new one."""

    permission = "measure.record"
    template = ""
    request: HttpRequest

    def get(self, request: HttpRequest, reference: str, pk: UUID | None = None) -> HttpResponse:
        site, row = self.fetch(reference, pk)
        return self.show(site, row, self.form(site, row))

    def post(self, request: HttpRequest, reference: str, pk: UUID | None = None) -> HttpResponse:
        site, row = self.fetch(reference, pk)
        form = self.form(site, row, request.POST)
        if not form.is_valid():
            return self.show(site, row, form, 400)
        try:
            self.keep(site, row, form)
        except forms.ValidationError as error:
            form.add_error(None, error)
            return self.show(site, row, form, 400)
        except Conflict as conflict:
            return self.conflict(site, row, form, conflict)
        messages.info(request, _("Saved: %(reference)s.") % {"reference": site.reference})
        return redirect("sites:detail", site.reference)

    def fetch(self, reference: str, pk: UUID | None) -> tuple[Site, Any]:
        """Return the site and the row, or 404; 403 where `by` does not record."""
        user = self.request.user
        sites = Site.objects.visible_to(user).live().for_page()
        site = get_object_or_404(sites, reference=reference.upper())
        row = get_object_or_404(self.rows(site), pk=pk) if pk else None
        if not measures.may_record(site, user):
            raise PermissionDenied(_("Measures at this site are recorded by its province or by the ministry."))
        return site, row

    def once(self, site: Site, form: forms.Form, route: str, make: Any) -> None:
        """Add once for the key the form carries."""
        body = {name: str(value) for name, value in form.cleaned_data.items()}
        submit_once(
            form.cleaned_data["idempotency_key"] or uuid4().hex,
            by=self.request.user,
            route=f"{route}:{site.reference}",
            body=body,
            make=lambda: (make(), site)[1],
            find=lambda reference: Site.objects.visible_to(self.request.user).filter(reference=reference).first(),
        )

    def rows(self, site: Site) -> Any:
        """Return the rows of the site that may be corrected."""
        raise NotImplementedError

    def form(self, site: Site, row: Any, data: Any = None) -> Any:
        """Return the form, with what is saved now."""
        raise NotImplementedError

    def keep(self, site: Site, row: Any, form: Any) -> None:
        """Save what was typed."""
        raise NotImplementedError

    def conflict(self, site: Site, row: Any, form: Any, conflict: Conflict) -> HttpResponse:
        """Show theirs beside mine; saving again then saves mine."""
        mine = form.data.copy()
        mine["version"] = str(self.rows(site).get(pk=row.pk).version)
        rows = [
            {
                "label": form.fields[name].label,
                "theirs": said_of(name, theirs),
                "mine": said_of(name, form.cleaned_data.get(name)),
            }
            for name, theirs in conflict.theirs.items()
        ]
        again = self.form(site, row, mine)
        last = Edit.objects.of(row).select_related("by").first()
        return self.show(site, row, again, 409, why=conflict.message, differences=rows, last=last)

    def show(self, site: Site, row: Any, form: Any, status: int = 200, **more: Any) -> HttpResponse:
        """Render the form, with the history of what it corrects."""
        self.audit("read", site, detail={"part": "measures"})
        data = {"site": site, "row": row, "form": form, "history": edits_of(row) if row else [], **more}
        return self.render(self.template, data, status=status)


class CompanyPage(AtSite):
    template = "provinces/company_form.html"

    def rows(self, site: Site) -> Any:
        """Return the companies at the site."""
        return Company.objects.visible_to(self.request.user).filter(sites=site)

    def form(self, site: Site, row: Any, data: Any = None) -> CompanyForm:
        """Return the form of a company."""
        names = ("name_km", "name_en", "registration", "version")
        first = {name: getattr(row, name) for name in names} if row else {"idempotency_key": uuid4().hex}
        return CompanyForm(data, initial=first)

    def keep(self, site: Site, row: Any, form: Any) -> None:
        """Add the company, or correct it."""
        by = self.request.user
        if row is None:
            self.once(site, form, "companies", lambda: measures.add_company(site, by=by, **form.values()))
        else:
            measures.change_company(row, site, by=by, version=form.cleaned_data["version"] or 0, **form.values())


class CompanyPart(CompanyPage):
    """Take a company away from a site."""

    def post(self, request: HttpRequest, reference: str, pk: UUID | None = None) -> HttpResponse:
        site, row = self.fetch(reference, pk)
        try:
            measures.part_company(row, site, by=request.user)
        except Conflict as conflict:
            return self.show(site, row, self.form(site, row), 409, why=conflict.message)
        messages.info(request, _("Saved: %(reference)s.") % {"reference": site.reference})
        return redirect("sites:detail", site.reference)

    def get(self, request: HttpRequest, reference: str, pk: UUID | None = None) -> HttpResponse:
        site, row = self.fetch(reference, pk)
        return redirect("sites:company", site.reference, row.pk)


class MeasurePage(AtSite):
    template = "provinces/measure_form.html"

    def rows(self, site: Site) -> Any:
        """Return the measures at the site."""
        return measures_of(site, self.request.user)

    def form(self, site: Site, row: Any, data: Any = None) -> MeasureForm:
        """Return the form of a measure."""
        names = ("kind", "authority", "sector", "since_on", "until_on", "note", "version")
        first = {name: getattr(row, name) for name in names} | {"company": row.company_id} if row else None
        return MeasureForm(site, data, initial=first or {"idempotency_key": uuid4().hex})

    def keep(self, site: Site, row: Any, form: Any) -> None:
        """Record the measure, or correct it."""
        by = self.request.user
        if row is None:
            self.once(site, form, "measures", lambda: measures.add_measure(site, by=by, **form.values()))
        else:
            measures.change_measure(row, by=by, version=form.cleaned_data["version"] or 0, **form.values())
