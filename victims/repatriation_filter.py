"""The one filter of returns, for board, list and API; and which returns are over the limit of their step."""

from datetime import timedelta
from typing import Any

import django_filters
from django import forms
from django.db.models import Q, Value
from django.db.models.lookups import LessThan
from django.utils.translation import gettext_lazy as _

from core.countries import country_choices
from core.display import today
from core.filters import Several, TaggedFilterSet, day_begins
from core.forms import Ticks
from core.text import ascii_digits, clean
from people.ages import CHILD_UNDER, age_of
from people.search import persons_named
from provinces.choices import choices_once, province_choices
from victims.models import Direction, Repatriation, RepatriationLimit, ReturnStatus
from victims.models.repatriation import COMING, RepatriationQuerySet

VIEWS = (
    ("waiting", _("Waiting to leave")),
    ("over", _("Over the limit")),
    ("child", _("Under 18")),
    ("unwilling", _("Does not want to return")),
    ("coming", _("Coming to Cambodia")),
)


def limits() -> dict[str, int]:
    """Return the days each step may take; one query."""
    return dict(RepatriationLimit.objects.values_list("step", "days"))


def over(known: dict[str, int]) -> Q:
    """Say that a return has stood in its step for more days than its limit."""
    found = Q(pk__in=())
    for step, days in known.items():
        found |= Q(status=step, status_at__lt=day_begins(today() - timedelta(days=days)))
    return found


def is_child() -> LessThan:
    """Say that a person is under 18 today."""
    return LessThan(age_of("victim__person__", Value(today())), CHILD_UNDER)


def countries() -> list[tuple[str, str]]:
    """Return every country but Cambodia as a choice, "all" first."""
    return [("", str(_("All"))), *country_choices()]


class RepatriationFilter(TaggedFilterSet):
    """Narrow returns."""

    q = django_filters.CharFilter(label=_("Reference or name"), method="search", max_length=200)
    view = django_filters.ChoiceFilter(label=_("Who waits"), choices=VIEWS, empty_label=_("All"), method="in_view")
    country = django_filters.CharFilter(
        label=_("Country"),
        lookup_expr="iexact",
        max_length=2,
        widget=forms.Select(choices=countries),  # type: ignore[arg-type]
    )
    status = Several(label=_("Step"), choices=ReturnStatus.choices, widget=Ticks(look="plain"))
    direction = django_filters.ChoiceFilter(
        label=_("Direction"), choices=Direction.choices, empty_label=_("Both directions")
    )
    province = django_filters.ChoiceFilter(
        label=_("Responsible province"),
        choices=province_choices,
        field_name="province_id",
        empty_label=_("All provinces"),
    )

    class Meta:
        model = Repatriation
        fields: tuple[str, ...] = ()

    def get_form_class(self) -> Any:
        """Ask for the provinces once, however often the form reads its choices."""
        form_class = super().get_form_class()
        form_class.base_fields["province"].choices = choices_once(self.request)
        return form_class

    def search(self, rows: RepatriationQuerySet, name: str, value: str) -> RepatriationQuerySet:
        """Keep one reference of a return or a person, or the people so named where the reader may know names."""
        text = clean(value)
        reference = "".join(ascii_digits(text).upper().split())
        if reference.startswith("RP-"):
            return rows.filter(reference__startswith=reference)
        if reference.startswith("V-"):
            return rows.filter(victim__reference__startswith=reference)
        user: Any = self.request.user
        return rows.filter(victim__person_id__in=persons_named(text)) if user.may("identity.read") else rows.none()

    def in_view(self, rows: RepatriationQuerySet, name: str, value: str) -> RepatriationQuerySet:
        """Keep who waits, those under 18, who is over a limit both ways, does not want to return, or comes to Cambodia."""
        match value:
            case "unwilling":
                return rows.filter(status=ReturnStatus.DECLINED, direction=Direction.OUT)
            case "coming":
                return rows.filter(status__in=COMING)
            case "over":
                return rows.open().filter(over(limits()))
            case "child":
                return rows.waiting().filter(is_child())
        return rows.waiting()
