"""The filter of deportations, for the API."""

import django_filters
from django.utils.translation import gettext_lazy as _

from core.filters import FromDay, TaggedFilterSet, ToDay
from victims.models import Deportation, DeportationReason, DeportationStatus


class DeportationFilter(TaggedFilterSet):
    """Narrow deportations; days include both ends."""

    status = django_filters.ChoiceFilter(label=_("Status"), choices=DeportationStatus.choices, empty_label=_("All"))
    reason = django_filters.ChoiceFilter(label=_("Reason"), choices=DeportationReason.choices, empty_label=_("All"))
    ordered_from = FromDay("ordered_on", moment=False, label=_("Day of the order"))
    ordered_to = ToDay("ordered_on", moment=False, label=_("Day of the order"))

    class Meta:
        model = Deportation
        fields: tuple[str, ...] = ()
