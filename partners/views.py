"""The pages of the directory: list, one partner, its telephones, beds and sealed address."""

from typing import Any
from uuid import UUID, uuid4

from django import forms
from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.utils.cache import add_never_cache_headers
from django.utils.translation import gettext as _

from core.exceptions import Conflict
from core.paging import capped_count, page_of
from core.views import Page
from partners import services
from partners.filters import PartnerFilter
from partners.forms import BedsForm, PartnerForm, PhoneForm, ReasonForm
from partners.models import Partner, PartnerKind
from partners.presenters import beds, facts_of, phones_of, row_of
from workflow.models import Edit
from workflow.services import submit_once


class PartnerList(Page):
    """The directory, 50 a page; two queries for the rows however many there are."""

    permission = "partner.read"

    def get(self, request: HttpRequest) -> HttpResponse:
        rows = Partner.objects.visible_to(request.user)
        filters = PartnerFilter(request.GET, rows, request=request)
        found = filters.qs if filters.is_valid() else rows.none()
        page = page_of(found.for_list(), request.GET, Partner.SORTS)
        said = sorted(filters.filters.keys() & request.GET)
        self.audit("list", Partner, detail={"filters": said, "rows": len(page.rows)})
        data = {"page": page, "rows": [row_of(row) for row in page.rows], "count": capped_count(found)}
        return self.render("partners/list.html", data | {"filter": filters, "tags": filters.on()})


class PartnerPage(Page):
    """A page of one partner."""

    permission = "partner.read"

    def fetch(self, reference: str) -> Partner:
        """Return the partner, or 404."""
        rows = Partner.objects.visible_to(self.request.user).for_list()  # type: ignore[arg-type]
        return get_object_or_404(rows, reference=reference.upper())

    def show(self, partner: Partner, *, status: int = 200, **more: Any) -> HttpResponse:
        """Render the partner with its forms."""
        user: Any = self.request.user
        self.audit("read", partner)
        data = {
            "partner": partner,
            "facts": facts_of(partner),
            "phones": phones_of(partner),
            "phone_form": PhoneForm(),
            "beds_form": BedsForm() if partner.kind == PartnerKind.SHELTER else None,
            "has_address": bool(partner.address),
            "may_reveal": user.may("stay.reveal"),
            "may_manage": user.may("partner.manage"),
            "may_beds": user.may("partner.beds"),
            "history": Edit.objects.of(partner).select_related("by")[:20] if user.may("partner.manage") else [],
            **more,
        }
        response = self.render("partners/detail.html", data, status=status)
        add_never_cache_headers(response)
        return response


class PartnerDetail(PartnerPage):
    def get(self, request: HttpRequest, reference: str) -> HttpResponse:
        return self.show(self.fetch(reference))


class PartnerAct(PartnerPage):
    """One act about a partner: its form, the service, back to the page, or the page again with what was wrong."""

    shown_as = ""

    def get(self, request: HttpRequest, reference: str, pk: UUID | None = None) -> HttpResponse:
        return redirect("partners:detail", self.fetch(reference).reference)

    def post(self, request: HttpRequest, reference: str, pk: UUID | None = None) -> HttpResponse:
        partner, form = self.fetch(reference), self.form(request)
        if form is not None and not form.is_valid():
            return self.show(partner, status=400, **{self.shown_as: form})
        try:
            done = self.act(partner, form, pk)
        except forms.ValidationError as error:
            if form is None:
                raise
            _put(form, error)
            return self.show(partner, status=400, **{self.shown_as: form})
        except Conflict as error:
            return self.show(self.fetch(reference), status=409, why=error.message)
        return done or self.back(partner)

    def form(self, request: HttpRequest) -> forms.Form | None:
        """Return the form of the act; None where there is nothing to type."""
        return None

    def act(self, partner: Partner, form: Any, pk: UUID | None) -> HttpResponse | None:
        """Do it; a page of its own may come back."""
        raise NotImplementedError

    def back(self, partner: Partner) -> HttpResponse:
        """Say that it is saved, and go back to the partner."""
        messages.info(self.request, _("Saved: %(reference)s.") % {"reference": partner.reference})
        return redirect("partners:detail", partner.reference)


def _put(form: forms.Form, error: forms.ValidationError) -> None:
    for name, texts in getattr(error, "message_dict", {"": error.messages}).items():
        form.add_error(name if name in form.fields else None, texts)


class AddPhone(PartnerAct):
    permission = "partner.manage"
    shown_as = "phone_form"

    def form(self, request: HttpRequest) -> PhoneForm:
        return PhoneForm(request.POST)

    def act(self, partner: Partner, form: Any, pk: UUID | None) -> None:
        services.add_phone(partner, by=self.request.user, **form.cleaned_data)


class ConfirmPhone(PartnerAct):
    permission = "partner.manage"

    def act(self, partner: Partner, form: Any, pk: UUID | None) -> None:
        phone = get_object_or_404(partner.phones.all(), pk=pk)
        services.confirm_phone(partner, phone, by=self.request.user)


class RemovePhone(PartnerAct):
    permission = "partner.manage"

    def act(self, partner: Partner, form: Any, pk: UUID | None) -> None:
        phone = get_object_or_404(partner.phones.all(), pk=pk)
        services.remove_phone(partner, phone, by=self.request.user)


class SayBeds(PartnerAct):
    """Beds, said by who keeps the directory or refers people, or by the shelter itself, which has a page of its own."""

    permission = "partner.beds"
    shown_as = "beds_form"

    def get(self, request: HttpRequest, reference: str, pk: UUID | None = None) -> HttpResponse:
        if request.user.may("partner.read"):  # type: ignore[union-attr]
            return super().get(request, reference)
        return self.show(self.fetch(reference))

    def show(self, partner: Partner, *, status: int = 200, **more: Any) -> HttpResponse:
        """Render the directory's page, or for a shelter its beds alone."""
        if self.request.user.may("partner.read"):  # type: ignore[union-attr]
            return super().show(partner, status=status, **more)
        data = {"partner": partner, "beds": beds(partner), "beds_form": BedsForm(), **more}
        return self.render("partners/beds.html", data, status=status)

    def back(self, partner: Partner) -> HttpResponse:
        """Go back to the directory, or for a shelter to its work."""
        if self.request.user.may("partner.read"):  # type: ignore[union-attr]
            return super().back(partner)
        messages.info(self.request, _("Saved: %(reference)s.") % {"reference": partner.reference})
        return redirect("/")

    def form(self, request: HttpRequest) -> BedsForm:
        return BedsForm(request.POST)

    def act(self, partner: Partner, form: Any, pk: UUID | None) -> None:
        services.say_beds(partner, by=self.request.user, beds=form.cleaned_data["beds"])


class ShowAddress(PartnerAct):
    """Ask why, then show the address on this page only."""

    permission = "stay.reveal"
    shown_as = "reason_form"

    def get(self, request: HttpRequest, reference: str, pk: UUID | None = None) -> HttpResponse:
        return self.show(self.fetch(reference), reason_form=ReasonForm())

    def form(self, request: HttpRequest) -> ReasonForm:
        return ReasonForm(request.POST)

    def act(self, partner: Partner, form: Any, pk: UUID | None) -> HttpResponse:
        address = services.reveal_address(partner, by=self.request.user, reason=form.cleaned_data["reason"])
        return self.show(partner, address=address)


def differences(form: PartnerForm, error: Conflict) -> list[dict[str, Any]]:
    """Return theirs beside mine, by the names of the fields."""
    typed = {name: field.label for name, field in form.fields.items()}
    return [
        {"label": typed[name], "theirs": theirs, "mine": str(form.data.get(name, ""))}
        for name, theirs in error.theirs.items()
        if name in typed
    ]


class PartnerWrite(Page):
    """Add a partner, or change one."""

    permission = "partner.manage"

    def get(self, request: HttpRequest, reference: str = "") -> HttpResponse:
        partner = self.fetch(reference)
        form = PartnerForm.of(partner) if partner else PartnerForm(initial={"idempotency_key": uuid4().hex})
        return self.form(form, partner)

    def post(self, request: HttpRequest, reference: str = "") -> HttpResponse:
        partner, form = self.fetch(reference), PartnerForm(request.POST)
        if not form.is_valid():
            return self.form(form, partner, 400)
        try:
            done = self.keep(partner, form)
        except forms.ValidationError as error:
            _put(form, error)
            return self.form(form, partner, 400)
        except Conflict as error:
            return self.form(form, partner, 409, why=error.message, differences=differences(form, error))
        messages.info(request, _("Saved: %(reference)s.") % {"reference": done.reference})
        return redirect("partners:detail", done.reference)

    def fetch(self, reference: str) -> Partner | None:
        """Return the partner that is changed; None for a new one."""
        rows = Partner.objects.visible_to(self.request.user)  # type: ignore[arg-type]
        return get_object_or_404(rows, reference=reference.upper()) if reference else None

    def keep(self, partner: Partner | None, form: PartnerForm) -> Partner:
        """Add once for the key, or change."""
        by, said = self.request.user, form.values()
        if partner is not None:
            version, compromised = form.cleaned_data["version"] or 0, form.cleaned_data["compromised"]
            return services.edit_partner(partner, by=by, version=version, compromised=compromised, **said)
        made, _new = submit_once(
            form.cleaned_data["idempotency_key"] or uuid4().hex,
            by=by,
            route="partners:new",
            body={name: str(value) for name, value in said.items()},
            make=lambda: services.add_partner(by=by, **said),
            find=lambda reference: Partner.objects.filter(reference=reference).first(),
        )
        return made

    def form(self, form: PartnerForm, partner: Partner | None, status: int = 200, **more: Any) -> HttpResponse:
        """Show the form with what was typed; after a conflict the next press saves mine over theirs."""
        if status == 409 and partner is not None:
            data = form.data.copy()
            data["version"] = str(Partner.objects.get(pk=partner.pk).version)
            form = PartnerForm(data)
            more["last"] = Edit.objects.of(partner).select_related("by").first()
        return self.render("partners/form.html", {"form": form, "partner": partner, **more}, status=status)
