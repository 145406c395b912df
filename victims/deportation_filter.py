"""The one filter of deportations, for list and API."""

from typing import Any

import django_filters
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from core.filters import FromDay, TaggedFilterSet, ToDay
from provinces.choices import choices_once, province_choices
from victims.models import Deportation, DeportationReason, DeportationStatus
from victims.models.deportation import DeportationQuerySet


class DeportationFilter(TaggedFilterSet):
    """Narrow deportations; days include both ends."""

    review = django_filters.ChoiceFilter(
        label=_("Non-punishment review"),
        choices=[("awaited", _("Waits: the person is protected"))],
        empty_label=_("All"),
        method="of_review",
    )
    status = django_filters.ChoiceFilter(label=_("Status"), choices=DeportationStatus.choices, empty_label=_("All"))
    reason = django_filters.ChoiceFilter(label=_("Reason"), choices=DeportationReason.choices, empty_label=_("All"))
    province = django_filters.ChoiceFilter(
        label=_("Responsible province"),
        choices=province_choices,
        field_name="province_id",
        empty_label=_("All provinces"),
    )
    ordered_from = FromDay("ordered_on", moment=False, label=_("Ordered from"))
    ordered_to = ToDay("ordered_on", moment=False, label=pgettext_lazy("deportation", "Ordered until"))

    class Meta:
        model = Deportation
        fields: tuple[str, ...] = ()

    def get_form_class(self) -> Any:
        """Ask for the provinces once, however often the form reads its choices."""
        form_class = super().get_form_class()
        form_class.base_fields["province"].choices = choices_once(self.request)
        return form_class

    def of_review(self, rows: DeportationQuerySet, name: str, value: str) -> DeportationQuerySet:
        """Keep the orders against somebody protected that nobody has reviewed."""
        return rows.awaiting_review()
