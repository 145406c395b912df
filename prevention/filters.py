"""The one filter of each list, for page, API and export."""

from typing import Any

import django_filters
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from core.filters import FromDay, TaggedFilterSet, ToDay
from core.text import clean
from prevention.models import (
    Activity,
    ActivityKind,
    ActivityQuerySet,
    Audience,
    Organiser,
    Survey,
    SurveyQuerySet,
    SurveyStatus,
)
from provinces.choices import province_choices


def said(rows: Any, value: str, *columns: str) -> Any:
    """Keep what holds the words in one of the columns, or has them as its reference."""
    text = clean(value)
    found = Q(reference=text.upper())
    for column in columns:
        found |= Q(**{f"{column}__icontains": text})
    return rows.filter(found)


class SurveyFilter(TaggedFilterSet):
    """Narrow the list of surveys."""

    q = django_filters.CharFilter(label=_("Title or reference"), method="search", max_length=200)
    status = django_filters.ChoiceFilter(label=_("Status"), choices=SurveyStatus.choices, empty_label=_("All"))

    class Meta:
        model = Survey
        fields = ("q", "status")

    def search(self, rows: SurveyQuerySet, name: str, value: str) -> Any:
        """Keep what the words mean."""
        return said(rows, value, "title_km", "title_en")


class ActivityFilter(TaggedFilterSet):
    """Narrow the list of activities."""

    q = django_filters.CharFilter(label=_("Words or reference"), method="search", max_length=200)
    kind = django_filters.ChoiceFilter(label=_("Kind"), choices=ActivityKind.choices, empty_label=_("All"))
    organiser = django_filters.ChoiceFilter(
        label=_("Who organised it"), choices=Organiser.choices, empty_label=_("All"), method="organised"
    )
    audience = django_filters.ChoiceFilter(
        label=_("For whom"), choices=Audience.choices, empty_label=_("All"), method="meant_for"
    )
    province = django_filters.ChoiceFilter(
        label=_("Province"), choices=province_choices, field_name="province_id", empty_label=_("All provinces")
    )
    held_from = FromDay("held_on", label=_("Held from"), moment=False)
    held_to = ToDay("held_on", label=_("Held until"), moment=False)

    class Meta:
        model = Activity
        fields = ("q", "kind", "organiser", "audience", "province", "held_from", "held_to")

    def search(self, rows: ActivityQuerySet, name: str, value: str) -> Any:
        """Keep what the words mean."""
        return said(rows, value, "title", "place", "subject")

    def organised(self, rows: ActivityQuerySet, name: str, value: str) -> ActivityQuerySet:
        """Keep what an organiser took part in."""
        return rows.filter(organisers__contains=[value])

    def meant_for(self, rows: ActivityQuerySet, name: str, value: str) -> ActivityQuerySet:
        """Keep what was for an audience."""
        return rows.filter(audience__contains=[value])
