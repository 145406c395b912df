"""The one filter of referrals, for page and API."""

from typing import Any

import django_filters
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from core.filters import FromDay, Several, TaggedFilterSet, ToDay
from core.forms import Ticks
from core.text import clean
from partners.models import PartnerKind
from provinces.choices import choices_once, province_choices
from referrals.models import Referral, ReferralKind, ReferralQuerySet, ReferralStatus
from victims.models import Operation

FOR_ANSWER = [("answer", _("An answer")), ("late", _("An answer, late"))]


class ReferralFilter(TaggedFilterSet):
    """Narrow referrals; days are days in Phnom Penh, both ends included."""

    q = django_filters.CharFilter(label=_("Reference"), method="search", max_length=40)
    waits = django_filters.ChoiceFilter(
        label=_("Waits for"),
        choices=[*FOR_ANSWER, ("another", _("Another receiver: it came back"))],
        empty_label=_("All"),
        method="waiting",
    )
    status = Several(label=_("Status"), choices=ReferralStatus.choices, widget=Ticks(look="plain"))
    kind = django_filters.ChoiceFilter(label=_("Kind"), choices=ReferralKind.choices, empty_label=_("All"))
    to_kind = django_filters.ChoiceFilter(
        label=_("Sent to"),
        choices=[*PartnerKind.choices, ("province", _("Another province")), ("ministry", _("Ministry"))],
        empty_label=_("All"),
        method="sent_to",
    )
    province = django_filters.ChoiceFilter(
        label=_("Responsible province"),
        choices=province_choices,
        field_name="province_id",
        empty_label=_("All provinces"),
    )
    sent_from = FromDay(label=_("Sent from"), field_name="received_at")
    sent_to_day = ToDay(label=_("Sent until"), field_name="received_at")
    complaint = django_filters.CharFilter(label=_("Complaint (reference)"), method="of_complaint", max_length=20)
    operation = django_filters.CharFilter(label=_("Operation (reference)"), method="of_operation", max_length=20)
    person = django_filters.CharFilter(label=_("Person (reference)"), method="of_person", max_length=20)

    class Meta:
        model = Referral
        fields = ("q", "waits", "status", "kind", "to_kind", "province", "complaint", "operation", "person")

    def get_form_class(self) -> Any:
        """Ask for the provinces once, however many filters of this list are kept."""
        form_class = super().get_form_class()
        if province := form_class.base_fields.get("province"):
            province.choices = choices_once(self.request)
        return form_class

    def search(self, rows: ReferralQuerySet, name: str, value: str) -> ReferralQuerySet:
        """Keep the referral of a reference."""
        return rows.filter(reference=clean(value).upper())

    def waiting(self, rows: ReferralQuerySet, name: str, value: str) -> ReferralQuerySet:
        """Keep what waits for somebody."""
        match value:
            case "answer":
                return rows.unanswered()
            case "late":
                return rows.overdue(timezone.now())
        if self.request.GET.get("shared") == "1" and self.request.user.role != "partner":
            rows = rows.named_for(self.request.user)  # what we sent back is not ours to go on with
        return rows.homeless()

    def sent_to(self, rows: ReferralQuerySet, name: str, value: str) -> ReferralQuerySet:
        """Keep what was sent to a kind of receiver."""
        if value == "province":
            return rows.filter(to_province__isnull=False).exclude(to_province_id="00")
        return rows.filter(to_province_id="00") if value == "ministry" else rows.filter(to_partner__kind=value)

    def of_complaint(self, rows: ReferralQuerySet, name: str, value: str) -> ReferralQuerySet:
        """Keep what hangs on a complaint the reader may see."""
        complaints: Any = Referral._meta.get_field("complaint").related_model
        seen = complaints.objects.visible_to(self.request.user).filter(reference=clean(value).upper())
        return rows.filter(complaint_id__in=list(seen.values_list("pk", flat=True)))

    def of_operation(self, rows: ReferralQuerySet, name: str, value: str) -> ReferralQuerySet:
        """Keep what concerns the people met in an operation the reader may see."""
        seen = Operation.objects.visible_to(self.request.user).filter(reference=clean(value).upper())
        return rows.filter(victim__operation_id__in=list(seen.values_list("pk", flat=True)))

    def of_person(self, rows: ReferralQuerySet, name: str, value: str) -> ReferralQuerySet:
        """Keep what concerns a person the reader may see."""
        victims: Any = Referral._meta.get_field("victim").related_model
        seen = victims.objects.visible_to(self.request.user).filter(reference=clean(value).upper())
        return rows.filter(victim_id__in=list(seen.values_list("pk", flat=True)))


class PartnerFilter(ReferralFilter):
    """What a partner narrows its referrals by: never where a person is, of which complaint or operation, or which.

    Nor whether the sender still looks for somebody else once it came back.
    """

    waits = django_filters.ChoiceFilter(
        label=_("Waits for"), choices=FOR_ANSWER, empty_label=_("All"), method="waiting"
    )
    province = complaint = operation = person = None

    class Meta:
        model = Referral
        fields = ()


def filter_for(user: Any) -> type[ReferralFilter]:
    """Return the filter of a reader: a partner has fewer questions, on the page and in the API."""
    return PartnerFilter if getattr(user, "role", "") == "partner" else ReferralFilter
