"""The one filter of contacts, for the inbox and the API."""

import django_filters
from django.utils.translation import gettext_lazy as _

from complaints.models import Channel, Contact, ContactStatus
from core.display import told
from core.filters import FromDay, TaggedFilterSet, ToDay


class ContactFilter(TaggedFilterSet):
    """Narrow contacts; days include both ends."""

    status = django_filters.ChoiceFilter(label=_("Status"), choices=ContactStatus.choices, empty_label=_("All"))
    kind = django_filters.ChoiceFilter(label=_("Kind"), choices=Contact.Kind.choices, empty_label=_("All"))
    channel = django_filters.ChoiceFilter(label=_("Channel"), choices=Channel.choices, empty_label=_("All"))
    received_from = FromDay("received_at", label=_("Received from"))
    received_to = ToDay("received_at", label=_("Received to"))

    class Meta:
        model = Contact
        fields: tuple[str, ...] = ()


class InboxFilter(ContactFilter):
    """The filter of the page: its status is a tab, and no tag."""

    def on(self) -> list[dict[str, str]]:
        """Return the filters that are on as tags."""
        tab = told(self.filters["status"].label, dict(ContactStatus.choices).get(self.data.get("status", ""), ""))
        return [tag for tag in super().on() if tag["label"] != tab]
