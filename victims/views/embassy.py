"""The sheet for an embassy: whom it would name, what it is for, then as a file or as a page to print."""

from typing import Any

from allauth.account.internal.flows.reauthentication import did_recently_reauthenticate
from allauth.core.exceptions import ReauthenticationRequired
from django import forms
from django.conf import settings
from django.core.exceptions import ValidationError
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.utils.cache import add_never_cache_headers
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from core import display
from core.countries import country_choices, country_name
from core.forms import Rows
from core.typed import Choice, Typed, Words
from core.views import Page, require
from partners.models import Partner
from victims.services.embassy_sheet import COLUMNS, LABELS, PERMISSION, SheetFor, Told, make_sheet, people_for, workbook

XLSX = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"


class SheetForm(Typed):
    """Which embassy, what for, and whom it calls."""

    country = Choice(label=gettext_lazy("Embassy of"))
    purpose = Choice(SheetFor.choices, label=gettext_lazy("What is the sheet for?"), widget=Rows())
    contact = Words(
        label=gettext_lazy("Our contact"),
        help_text=gettext_lazy("Whom the embassy calls at the ministry, and the number. Never the shelter's."),
        widget=forms.TextInput(),
    )

    def __init__(self, data: Any = None, **options: Any) -> None:
        super().__init__(data, **options)
        self.fields["country"].widget.choices = [("", gettext_lazy("Choose")), *country_choices()]


class EmbassySheet(Page):
    """Say whom the sheet of a country would name; hand it over once its purpose is said."""

    permission = PERMISSION

    def get(self, request: HttpRequest) -> HttpResponse:
        """Show the form, and how many people the sheet would name."""
        require(request.user, "identity.read")
        if settings.SECOND_FACTOR_REQUIRED and not did_recently_reauthenticate(request):
            raise ReauthenticationRequired
        country = request.GET.get("country", "").upper()[:2]
        return self.shown(SheetForm(initial={"country": country}), country)

    def post(self, request: HttpRequest) -> HttpResponse:
        """Hand the sheet over, as a file or as a page."""
        require(request.user, "identity.read")
        if settings.SECOND_FACTOR_REQUIRED and not did_recently_reauthenticate(request):
            return redirect(request.get_full_path())
        form, wanted = SheetForm(request.POST), "print" if request.POST.get("act") == "print" else "xlsx"
        country = str(request.POST.get("country", "")).upper()[:2]
        if not form.is_valid():
            return self.shown(form, country, status=400)
        said = {name: form.cleaned_data.get(name) or "" for name in ("country", "purpose", "contact")}
        try:
            lines = make_sheet(said.pop("country"), by=request.user, form=wanted, **said)
        except ValidationError as error:
            for name, texts in error.message_dict.items():
                form.add_error(name, texts)
            return self.shown(form, country, status=400)
        return self.paper(country, lines) if wanted == "print" else self.file(country, lines)

    def shown(self, form: SheetForm, country: str, *, status: int = 200) -> HttpResponse:
        """Render the form with the number of people and the columns."""
        known = country in dict(country_choices())
        rows, _lines = people_for(country, self.request.user, "") if known else ([], [])
        data = {
            "form": form,
            "country": country_name(country) if known else "",
            "count": len(rows),
            "columns": [LABELS[name] for name in COLUMNS],
        }
        return self.render("repatriations/sheet.html", data, status=status)

    def paper(self, country: str, lines: list[Told]) -> HttpResponse:
        """Render the sheet as a page for A4; no cache keeps it."""
        embassy = Partner.objects.active().serving(country).filter(country=country).first()
        cells = [[getattr(line, name) for name in COLUMNS if name != "our_contact"] for line in lines]
        data = {
            "country": country_name(country),
            "embassy": embassy,
            "columns": [LABELS[name] for name in COLUMNS if name != "our_contact"],
            "lines": cells,
            "contact": lines[0].our_contact if lines else "",
        }
        response = self.render("repatriations/paper.html", data)
        add_never_cache_headers(response)
        return response

    def file(self, country: str, lines: list[Told]) -> HttpResponse:
        """Answer the sheet as XLSX; no cache keeps it."""
        title = _("People of %(country)s who wish to return") % {"country": country_name(country)}
        response = HttpResponse(workbook(lines, title), content_type=XLSX)
        name = f"sangkroh-embassy-{country.lower()}-{display.today():%Y-%m-%d}.xlsx"
        response["Content-Disposition"] = f'attachment; filename="{name}"'
        add_never_cache_headers(response)
        return response
