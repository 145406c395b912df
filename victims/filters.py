"""The one filter of people sought and found, for page and API."""

from typing import Any

import django_filters
from django.db.models import Q
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from core.filters import FromDay, Several, TaggedFilterSet, ToDay
from core.forms import Ticks
from core.text import ascii_digits, clean
from people.models import Sex
from people.search import persons_named
from provinces.choices import choices_once, province_choices
from victims.models import PENDING, Decision, RescueStatus, Victim, VictimQuerySet


class VictimFilter(TaggedFilterSet):
    """Narrow people; days are days in Phnom Penh, both ends included."""

    q = django_filters.CharFilter(label=_("Reference or name"), method="search", max_length=200)
    complaint = django_filters.CharFilter(label=_("Complaint (reference)"), method="of_complaint", max_length=20)
    province = django_filters.ChoiceFilter(
        label=_("Responsible province"),
        choices=province_choices,
        field_name="province_id",
        empty_label=_("All provinces"),
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
    board = django_filters.ChoiceFilter(
        label=_("Who waits"),
        choices=[
            ("unscreened", _("Found, not screened for 72 hours")),
            ("held", _("Victims in detention now")),
            ("sought", _("Still sought")),
        ],
        empty_label=_("All"),
        method="on_board",
    )
    received_from = FromDay("received_at", label=_("Received from"))
    received_to = ToDay("received_at", label=_("Received to"))

    class Meta:
        model = Victim
        fields: tuple[str, ...] = ()

    def get_form_class(self) -> Any:
        """Ask for the provinces once, however often the form reads its choices."""
        form_class = super().get_form_class()
        form_class.base_fields["province"].choices = choices_once(self.request)
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
        return rows.filter(PENDING if value == "1" else ~PENDING)

    def on_board(self, rows: VictimQuerySet, name: str, value: str) -> VictimQuerySet:
        """Keep who was found and is not screened for too long, who is held, or who is still sought."""
        if value == "held":
            return rows.held()
        return (
            rows.unscreened(timezone.now()) if value == "unscreened" else rows.sought().filter(found_unreported=False)
        )

    def was_found(self, rows: VictimQuerySet, name: str, value: str) -> VictimQuerySet:
        """Keep who was brought out or found without having been reported, or the others."""
        there = Q(rescue_status="rescued") | Q(found_unreported=True)
        return rows.filter(there if value == "1" else ~there)
