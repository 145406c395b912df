"""The one filter of people sought and found, for page and API."""

from datetime import date, datetime, time, timedelta
from typing import Any

import django_filters
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from core.display import ZONE
from core.forms import DayField, Ticks
from core.text import ascii_digits, clean
from people.models import Sex
from people.search import persons_named
from provinces.models import Province
from victims.models import Decision, RescueStatus, Victim, VictimQuerySet


def provinces() -> list[tuple[str, str]]:
    """Return the provinces as choices, in the reader's language."""
    return [(province.code, province.name) for province in Province.objects.choosable()]


def day_begins(value: date) -> datetime:
    """Return the first moment of a day in Phnom Penh."""
    return datetime.combine(value, time(), tzinfo=ZONE)


class DayFilter(django_filters.Filter):
    field_class = DayField


class Several(django_filters.MultipleChoiceFilter):
    """Any of several values of a column of the row itself: nothing to make distinct, which costs most at a million."""

    def __init__(self, *args: Any, **options: Any) -> None:
        super().__init__(*args, **{"distinct": False, **options})


class VictimFilter(django_filters.FilterSet):
    """Narrow people; days are days in Phnom Penh, both ends included."""

    q = django_filters.CharFilter(label=_("Reference or name"), method="search", max_length=200)
    complaint = django_filters.CharFilter(label=_("Complaint (reference)"), method="of_complaint", max_length=20)
    province = django_filters.ChoiceFilter(
        label=_("Responsible province"), choices=provinces, field_name="province_id", empty_label=_("All provinces")
    )
    status = Several(
        label=_("Rescue status"), field_name="rescue_status", choices=RescueStatus.choices, widget=Ticks(look="plain")
    )
    sex = django_filters.ChoiceFilter(
        label=_("Sex"), field_name="person__sex", choices=Sex.choices, empty_label=_("All")
    )
    nationality = django_filters.CharFilter(
        label=_("Nationality"), field_name="person__nationality", lookup_expr="iexact", max_length=2
    )
    decision = Several(label=_("Identification"), choices=Decision.choices, widget=Ticks(look="plain"))
    pending = django_filters.ChoiceFilter(
        label=_("Waits for a second person"),
        choices=[("1", _("To be confirmed")), ("0", _("Not waiting"))],
        empty_label=_("All"),
        method="waiting",
    )
    found = django_filters.ChoiceFilter(
        label=_("Found"),
        choices=[("1", _("Found")), ("0", _("Not found yet"))],
        empty_label=_("All"),
        method="was_found",
    )
    received_from = DayFilter(label=_("Received from"), method="from_day")
    received_to = DayFilter(label=_("Received to"), method="to_day")

    class Meta:
        model = Victim
        fields: tuple[str, ...] = ()

    def get_form_class(self) -> Any:
        """Ask for the provinces once, however often the form reads its choices."""
        form_class = super().get_form_class()
        form_class.base_fields["province"].choices = provinces()
        return form_class

    def search(self, rows: VictimQuerySet, name: str, value: str) -> VictimQuerySet:
        """Keep one reference, or the people so named where the reader may know names."""
        text = clean(value)
        reference = "".join(ascii_digits(text).upper().split())
        if reference.startswith("V-"):
            return rows.filter(reference__startswith=reference)
        user: Any = self.request.user
        return rows.filter(person_id__in=persons_named(text)) if user.may("identity.read") else rows.none()

    def of_complaint(self, rows: VictimQuerySet, name: str, value: str) -> VictimQuerySet:
        """Keep the people of one complaint that the reader may see."""
        complaints: Any = Victim._meta.get_field("complaint").related_model
        seen = complaints.objects.visible_to(self.request.user).filter(reference=value.strip().upper())
        return rows.filter(complaint__in=seen)

    def waiting(self, rows: VictimQuerySet, name: str, value: str) -> VictimQuerySet:
        """Keep "declined" and "not found" that a second person has yet to confirm, or the others."""
        pending = Q(rescue_status__in=["declined", "not_found"], final_by=None)
        return rows.filter(pending if value == "1" else ~pending)

    def was_found(self, rows: VictimQuerySet, name: str, value: str) -> VictimQuerySet:
        """Keep who was brought out or found without having been reported, or the others."""
        there = Q(rescue_status="rescued") | Q(found_unreported=True)
        return rows.filter(there if value == "1" else ~there)

    def on(self) -> list[dict[str, str]]:
        """Return the filters that are on, each with the address of the list without it."""
        found = []
        for name, field in self.form.fields.items():
            for value in () if name in self.form.errors else filter(str.strip, self.data.getlist(name)):
                rest = self.data.copy()
                rest.setlist(name, [kept for kept in rest.getlist(name) if kept != value])
                rest.pop("cursor", None)
                word = dict(getattr(field, "choices", ())).get(value, value)
                found.append({"label": f"{field.label}: {word}", "url": f"?{rest.urlencode()}"})
        return found

    def from_day(self, rows: VictimQuerySet, name: str, value: date) -> VictimQuerySet:
        """Keep people whose complaint came in on this day or later."""
        return rows.filter(received_at__gte=day_begins(value)) if value else rows

    def to_day(self, rows: VictimQuerySet, name: str, value: date) -> VictimQuerySet:
        """Keep people whose complaint came in on this day or earlier."""
        return rows.filter(received_at__lt=day_begins(value + timedelta(days=1))) if value else rows
