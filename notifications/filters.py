"""The one filter of deliveries, for page and API."""

from typing import Any

import django_filters
from django.utils.translation import gettext_lazy as _

from core.filters import TaggedFilterSet
from notifications.kinds import KINDS
from notifications.models import Channel, Notification, NotificationQuerySet, State


def kind_choices() -> list[tuple[str, Any]]:
    """List the kinds by their words."""
    return sorted(((kind.name, kind.label) for kind in KINDS.values()), key=lambda pair: str(pair[1]))


class DeliveryFilter(TaggedFilterSet):
    """Narrow deliveries; without a state, what failed or is uncertain."""

    state = django_filters.ChoiceFilter(
        label=_("State"), choices=State.choices, empty_label=_("Failed or uncertain"), method="in_state"
    )
    channel = django_filters.ChoiceFilter(label=_("Channel"), choices=Channel.choices, empty_label=_("All"))
    kind = django_filters.ChoiceFilter(label=_("What happened"), choices=kind_choices, empty_label=_("All"))

    class Meta:
        model = Notification
        fields = ("state", "channel", "kind")

    def in_state(self, rows: NotificationQuerySet, name: str, value: str) -> NotificationQuerySet:
        """Keep one state."""
        return rows.filter(state=value)

    @property
    def found(self) -> NotificationQuerySet:
        """The rows that were asked for; none where the question cannot be read."""
        if not self.is_valid():
            return Notification.objects.none()
        rows: NotificationQuerySet = self.qs
        return rows if self.form.cleaned_data.get("state") else rows.troubled()
