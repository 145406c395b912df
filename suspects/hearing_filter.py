"""The one filter of hearings, for page and API: the coming thirty days unless something else is asked."""

from datetime import timedelta
from typing import Any

import django_filters
from django import forms
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from core.display import today
from core.filters import FromDay, TaggedFilterSet, ToDay, day_begins
from core.text import ascii_digits, clean
from people.search import persons_named
from provinces.choices import choices_once
from suspects.models import Hearing, HearingKind, HearingQuerySet, HearingStatus
from suspects.words import court_choices

DAYS = 30
WHEN = [
    ("past", _("What was: nobody recorded what came of it")),
    ("adjourned", _("Adjourned, and no other day is set")),
    ("all", _("All hearings")),
]


class HearingFilter(TaggedFilterSet):
    """Narrow hearings; days are days in Phnom Penh, both ends included. Without days and `when`: what is set, 30 days on."""

    q = django_filters.CharFilter(label=_("Reference or name of the suspect"), method="search", max_length=200)
    when = django_filters.ChoiceFilter(
        label=_("When"),
        choices=WHEN,
        empty_label=_("The next 30 days"),
        method="of_time",
        widget=forms.Select(),
    )
    day_from = FromDay("at", label=_("From"))
    day_to = ToDay("at", label=_("To"))
    court = django_filters.ChoiceFilter(
        label=_("Court"), field_name="court_id", choices=court_choices, empty_label=_("All courts")
    )
    kind = django_filters.ChoiceFilter(label=_("What for"), choices=HearingKind.choices, empty_label=_("All"))

    class Meta:
        model = Hearing
        fields: tuple[str, ...] = ()

    def get_form_class(self) -> Any:
        """Ask for the courts once, however often the form reads its choices."""
        form_class = super().get_form_class()
        form_class.base_fields["court"].choices = choices_once(self.request, court_choices)
        return form_class

    def filter_queryset(self, queryset: Any) -> Any:
        """Keep the coming thirty days where nothing said which."""
        rows: Any = super().filter_queryset(queryset)
        said = self.form.cleaned_data
        if said.get("when") or said.get("day_from") or said.get("day_to"):
            return rows
        first = day_begins(today())
        return rows.filter(status=HearingStatus.SET, at__gte=first, at__lt=first + timedelta(days=DAYS + 1))

    def of_time(self, rows: HearingQuerySet, name: str, value: str) -> HearingQuerySet:
        """Keep what is over and has no result, what was adjourned without a day, or everything."""
        if value == "adjourned":
            return rows.undated()
        return rows.unrecorded(timezone.now()) if value == "past" else rows

    def search(self, rows: HearingQuerySet, name: str, value: str) -> HearingQuerySet:
        """Keep the hearings of one suspect by reference, or of the people so named where the reader may know names."""
        text = clean(value)
        reference = "".join(ascii_digits(text).upper().split())
        if reference.startswith("S-"):
            return rows.filter(suspect__reference__startswith=reference)
        user: Any = self.request.user
        return rows.filter(suspect__person__in=persons_named(text)) if user.may("identity.read") else rows.none()
