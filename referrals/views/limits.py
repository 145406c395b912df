"""How long an answer may take, for who keeps the clocks."""

from typing import Any

from django import forms
from django.contrib import messages
from django.core.exceptions import ValidationError
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.utils.translation import gettext as _

from core.display import told
from core.typed import Typed, Whole
from core.views import Page
from referrals.models import LimitFor, ReferralLimit
from referrals.services.limits import COLUMNS, change_limits


class LimitsForm(Typed):
    """Three numbers of hours for each kind of receiver."""

    def __init__(self, data: Any = None, **options: Any) -> None:
        super().__init__(data, **options)
        self.limits = sorted(ReferralLimit.objects.all(), key=lambda row: LimitFor.values.index(row.kind))
        for row in self.limits:
            for column in COLUMNS:
                label = told(row.get_kind_display(), ReferralLimit._meta.get_field(column).verbose_name)  # type: ignore[union-attr]
                self.fields[f"{row.kind}-{column}"] = Whole(label=label, initial=getattr(row, column))

    @property
    def kinds(self) -> list[tuple[str, list[forms.BoundField]]]:
        """Return the bound fields of each kind under its name."""
        return [(row.get_kind_display(), [self[f"{row.kind}-{column}"] for column in COLUMNS]) for row in self.limits]


class Limits(Page):
    """The hours of every kind on one page."""

    permission = "clock.manage"

    def get(self, request: HttpRequest) -> HttpResponse:
        return self.show(LimitsForm())

    def post(self, request: HttpRequest) -> HttpResponse:
        form = LimitsForm(request.POST)
        if not form.is_valid():
            return self.show(form, 400)
        try:
            change_limits(form.cleaned_data, by=request.user)
        except ValidationError as error:
            for name, texts in error.message_dict.items():
                form.add_error(name, texts)
            return self.show(form, 400)
        messages.info(request, _("The limits are saved."))
        return redirect("referrals:limits")

    def show(self, form: LimitsForm, status: int = 200) -> HttpResponse:
        """Render the form."""
        return self.render("referrals/limits.html", {"form": form}, status=status)
