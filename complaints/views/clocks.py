"""The clocks, for the administrator: hours of each stage, office hours, who is told when, holidays."""

import datetime
from typing import Any

from django.contrib import messages
from django.core.exceptions import ValidationError
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.utils import timezone
from django.utils.translation import gettext as _

from complaints.forms.clocks import ClocksForm, HolidayForm, kept
from complaints.models import Holiday
from complaints.services.clocks import add_holiday, change_clocks, change_holiday, remove_holiday, version
from core import display
from core.exceptions import Conflict
from core.views import Page


class Clocks(Page):
    """All hours on one page, under a version."""

    permission = "clock.manage"

    def get(self, request: HttpRequest) -> HttpResponse:
        return self.show(ClocksForm(initial={**kept(), "seen": version()}))

    def post(self, request: HttpRequest) -> HttpResponse:
        form = ClocksForm(request.POST)
        if not form.is_valid():
            return self.show(form, status=400)
        try:
            changed = change_clocks(by=request.user, **form.said())
        except ValidationError as error:
            form.add_error(None, error)
            return self.show(form, status=400)
        except Conflict as error:
            return self.show(ClocksForm(initial={**kept(), "seen": version()}), status=409, notice=error.message)
        saved = _("Saved. Clocks that run keep their limit; the next ones run by these hours.")
        messages.info(request, saved if changed else _("Nothing was changed."))
        return redirect("clocks:list")

    def show(self, form: ClocksForm, *, status: int = 200, **more: Any) -> HttpResponse:
        """Render the tables."""
        data = {"form": form, "groups": form.groups(), "days": form.days(), "others": form.others(), **more}
        return self.render("complaints/clocks.html", data, status=status)


class Holidays(Page):
    """The holidays of one year, this one unless another is asked for."""

    permission = "clock.manage"

    def get(self, request: HttpRequest) -> HttpResponse:
        years = sorted({day.year for day in Holiday.objects.values_list("on", flat=True)})
        asked = request.GET.get("year", "")
        year = (
            int(asked)
            if asked.isascii() and asked.isdecimal() and len(asked) == 4 and int(asked)
            else timezone.localdate().year
        )
        rows = Holiday.objects.filter(on__year=year)
        tabs = [{"label": display.digits(str(one)), "url": f"?year={one}", "current": one == year} for one in years]
        data = {"rows": rows, "year": year, "tabs": tabs, "unchecked": any(not row.is_checked for row in rows)}
        return self.render("complaints/holidays.html", data)


class NewHoliday(Page):
    """A day on which offices stay closed."""

    permission = "clock.manage"

    def get(self, request: HttpRequest) -> HttpResponse:
        return self.show(HolidayForm())

    def post(self, request: HttpRequest) -> HttpResponse:
        form = HolidayForm(request.POST)
        if form.is_valid():
            said = dict(form.cleaned_data)
            try:
                made = add_holiday(by=request.user, on=said.pop("on"), said=said)
            except ValidationError as error:
                form.add_error(None, error)
            else:
                return saved(request, made)
        return self.show(form, status=400)

    def show(self, form: HolidayForm, *, status: int = 200) -> HttpResponse:
        """Render the form."""
        return self.render("complaints/holiday.html", {"form": form, "title": _("Add a holiday")}, status=status)


class ChangeHoliday(Page):
    """One holiday: its names, whether it was checked; or it is taken away."""

    permission = "clock.manage"

    def get(self, request: HttpRequest, day: str) -> HttpResponse:
        row = self.fetch(day)
        return self.show(
            row, self.form(initial={name: getattr(row, name) for name in ("name_km", "name_en", "is_checked")})
        )

    def post(self, request: HttpRequest, day: str) -> HttpResponse:
        row, form = self.fetch(day), self.form(request.POST)
        if "remove" in request.POST:
            remove_holiday(row, by=request.user)
            messages.info(request, _("Taken away: offices are open on that day."))
            return redirect("clocks:holidays")
        if not form.is_valid():
            return self.show(row, form, status=400)
        return saved(request, change_holiday(row, by=request.user, said=form.cleaned_data))

    def fetch(self, day: str) -> Holiday:
        """Return the holiday of a day written 2026-04-14."""
        try:
            on = datetime.date.fromisoformat(day)
        except ValueError:
            raise Http404 from None
        return get_object_or_404(Holiday, on=on)

    def form(self, data: Any = None, **options: Any) -> HolidayForm:
        """Return the form without the day."""
        form = HolidayForm(data, **options)
        del form.fields["on"]
        return form

    def show(self, row: Holiday, form: HolidayForm, *, status: int = 200) -> HttpResponse:
        """Render the form."""
        data = {"form": form, "title": display.day(row.on), "holiday": row}
        return self.render("complaints/holiday.html", data, status=status)


def saved(request: HttpRequest, holiday: Holiday) -> HttpResponse:
    """Say that a holiday is kept, and show its year."""
    messages.info(request, _("Saved: %(name)s.") % {"name": holiday.name})
    answer = redirect("clocks:holidays")
    answer["Location"] += f"?year={holiday.on.year}"
    return answer
