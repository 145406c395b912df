"""Pages of sites: list, one site, add, edit."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any
from uuid import uuid4

from django import forms
from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from core.exceptions import Conflict
from core.paging import Sort, capped_count, page_of
from core.templatetags.sangkroh import safe_url
from core.views import Page
from provinces.filters import SiteFilter
from provinces.forms import SiteForm
from provinces.models import Place, Site
from provinces.presenters import companies_of, measure_rows
from provinces.services import add_site, edit_site, places_of
from provinces.services.measures import may_record
from workflow.models import Edit
from workflow.services import submit_once

MOST_EDITS = 50
LEVELS = ("province", "district", "commune")
SORTS = {"updated": Sort("updated_at", descending=True, label=gettext_lazy("Last changed"))}
FIELD_LABELS = {
    "name_km": gettext_lazy("Khmer name"),
    "name_en": gettext_lazy("Name in Latin letters"),
    "aliases": gettext_lazy("Other names"),
    "province": gettext_lazy("Province"),
    "district": gettext_lazy("District"),
    "commune": gettext_lazy("Commune"),
    "national_led": gettext_lazy("National-led"),
    "merged": gettext_lazy("Merged with"),
}


class SiteList(Page):
    permission = "site.read"

    def get(self, request: HttpRequest) -> HttpResponse:
        sites = Site.objects.visible_to(request.user).live().for_list()
        filters = SiteFilter(request.GET, sites, request=request)
        found = filters.qs if filters.is_valid() else sites.none()
        page = page_of(found, request.GET, SORTS)
        self.audit(
            "list", Site, detail={"filters": sorted(filters.filters.keys() & request.GET), "rows": len(page.rows)}
        )
        return self.render(
            "provinces/site_list.html",
            {
                "page": page,
                "count": capped_count(found),
                "filter": filters,
                "tags": filters.on(),
                "may_add": request.user.may("site.add"),
                "shows_lead": request.user.is_ministry,
            },
        )


class SiteDetail(Page):
    permission = "site.read"

    def get(self, request: HttpRequest, reference: str) -> HttpResponse:
        sites = Site.objects.visible_to(request.user)
        site = get_object_or_404(sites.for_page(), reference=reference.upper())
        if site.merged_into:
            return redirect("sites:detail", site.merged_into.reference)
        self.audit("read", site)
        return self.render(
            "provinces/site.html",
            {
                "site": site,
                "facts": facts(site, shows_lead=request.user.is_ministry),
                "history": history(site) if request.user.is_ministry else [],
                "may_manage": request.user.may("site.manage"),
                "shows_lead": request.user.is_ministry,
                **what_stands(site, request.user),
            },
        )


class SiteAdd(Page):
    permission = "site.add"

    def get(self, request: HttpRequest) -> HttpResponse:
        return self.form(SiteForm(initial={"idempotency_key": uuid4().hex}))

    def post(self, request: HttpRequest) -> HttpResponse:
        form = SiteForm(request.POST)
        if not form.is_valid():
            return self.form(form, 400)
        try:
            site, _made = submit_once(
                form.cleaned_data["idempotency_key"] or uuid4().hex,
                by=request.user,
                route="sites:add",
                body={name: str(value) for name, value in form.values().items()},
                make=lambda: add_site(by=request.user, **form.values()),
                find=lambda reference: Site.objects.visible_to(request.user).filter(reference=reference).first(),
            )
        except forms.ValidationError as error:
            form.add_error(None, error)
            return self.form(form, 400)
        messages.info(request, _("Saved: %(reference)s.") % {"reference": site.reference})
        return redirect("sites:detail", site.reference)

    def form(self, form: SiteForm, status: int = 200) -> HttpResponse:
        """Show the form, with what was typed."""
        return self.render("provinces/site_form.html", {"form": form}, status=status)


class SiteEdit(Page):
    permission = "site.manage"

    def get(self, request: HttpRequest, reference: str) -> HttpResponse:
        site = self.site(reference)
        return self.form(site, SiteForm.of(site))

    def post(self, request: HttpRequest, reference: str) -> HttpResponse:
        site, form = self.site(reference), SiteForm(request.POST)
        if not form.is_valid():
            return self.form(site, form, 400)
        try:
            edit_site(site, by=request.user, version=form.cleaned_data["version"] or 0, **form.values())
        except Conflict as conflict:
            return self.conflict(site, form, conflict)
        except forms.ValidationError as error:
            form.add_error(None, error)
            return self.form(site, form, 400)
        messages.info(request, _("Saved: %(reference)s.") % {"reference": site.reference})
        return redirect("sites:detail", site.reference)

    def site(self, reference: str) -> Site:
        """Fetch a site that was not merged into another."""
        sites = Site.objects.visible_to(self.request.user).live()
        return get_object_or_404(sites.for_page(), reference=reference.upper())

    def form(self, site: Site, form: SiteForm, status: int = 200, **more: Any) -> HttpResponse:
        """Show the form, with what was typed."""
        return self.render("provinces/site_form.html", {"form": form, "site": site, **more}, status=status)

    def conflict(self, site: Site, form: SiteForm, conflict: Conflict) -> HttpResponse:
        """Show theirs beside mine; saving again then saves mine."""
        mine = form.data.copy()
        mine["version"] = str(site.version)
        names = places_of([mine.get("province", "")])
        rows = [
            {"label": FIELD_LABELS[name], "theirs": said(name, theirs), "mine": said(name, mine.get(name, ""), names)}
            for name, theirs in conflict.theirs.items()
        ]
        last = Edit.objects.of(site).select_related("by").first()
        return self.form(site, SiteForm(mine), 409, conflict=conflict.message, differences=rows, last=last)


def what_stands(site: Site, user: Any) -> dict[str, Any]:
    """Return companies and measures at a site, and the parts of its pages; three queries."""
    return {
        "companies": companies_of(site, user),
        "measures": measure_rows(site, user),
        "may_record": may_record(site, user),
        "parts": parts(site, user, "detail"),
    }


def parts(site: Site, user: Any, current: str) -> list[dict[str, Any]]:
    """Return the parts of a site's pages; what happened there is told by the room above, to who reads complaints."""
    found = [("detail", _("Site"), reverse("sites:detail", args=[site.reference]))]
    url = safe_url("site_cases", site.reference)
    if url and user.may("complaint.read"):
        found.append(("cases", _("What happened here"), url))
    return [{"label": label, "url": url, "current": name == current} for name, label, url in found]


def facts(site: Site, *, shows_lead: bool) -> list[dict[str, Any]]:
    """Give what is known of a site besides its two names, in the order it is read."""
    rows = [
        {"key": FIELD_LABELS["aliases"], "value": " · ".join(site.other_names)},
        *({"key": FIELD_LABELS[level], "value": getattr(site, level)} for level in LEVELS),
    ]
    return rows + ([{"key": _("Handling"), "value": led(site.national_led)}] if shows_lead else [])


def history(site: Site) -> list[dict[str, Any]]:
    """Give the edits of a site as lines of a timeline, newest first, then its beginning."""
    edits = list(Edit.objects.of(site).select_related("by")[:MOST_EDITS])
    names = places_of(code for edit in edits if edit.field in LEVELS for code in (edit.before, edit.after))
    lines = [
        {
            "title": FIELD_LABELS.get(edit.field, edit.field),
            "by": edit.by,
            "at": edit.recorded_at,
            "note": f"{said(edit.field, edit.before, names) or '–'} → {said(edit.field, edit.after, names) or '–'}",
        }
        for edit in edits
    ]
    return [*lines, {"title": _("Added"), "at": site.created_at}]


def said(field: str, value: str, names: Mapping[str, Place] | None = None) -> str:
    """Say a kept value in words; `names` holds the places that codes stand for."""
    if field == "national_led":
        return led(value in ("True", "on"))
    if field in LEVELS:
        return str((names or {}).get(value, value))
    return value.replace("\n", ", ")


def led(nationally: bool) -> str:
    """Say who leads."""
    return _("National-led") if nationally else _("Provincial")
