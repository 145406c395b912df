"""The one filter of contacts, for the inbox and the API."""

from typing import Any

import django_filters
from django.utils import timezone
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from complaints.message_search import messages_matching
from complaints.models import Channel, Contact, ContactStatus
from core.display import told
from core.filters import FromDay, TaggedFilterSet, ToDay, tonight

LATELY = (("lately", _("Lately, with words in it")),)
LATE = (("over", _("Over its time")), ("due", _("Over its time by tonight")))


class ContactFilter(TaggedFilterSet):
    """Narrow contacts; days include both ends."""

    q = django_filters.CharFilter(label=_("Words, phone or reference of a message"), method="by_search", max_length=200)
    status = django_filters.ChoiceFilter(label=_("Status"), choices=ContactStatus.choices, empty_label=_("All"))
    kind = django_filters.ChoiceFilter(label=_("Kind"), choices=Contact.Kind.choices, empty_label=_("All"))
    channel = django_filters.ChoiceFilter(label=_("Channel"), choices=Channel.choices, empty_label=_("All"))
    late = django_filters.ChoiceFilter(
        label=_("Time to deal with it"), choices=LATE, empty_label=_("All"), method="by_limit"
    )
    aside = django_filters.ChoiceFilter(
        label=pgettext_lazy("contact", "Set aside"), choices=LATELY, empty_label=_("All"), method="by_setting_aside"
    )
    received_from = FromDay("received_at", label=_("Received from"))
    received_to = ToDay("received_at", label=_("Received to"))

    class Meta:
        model = Contact
        fields: tuple[str, ...] = ()

    def by_search(self, rows: Any, _name: str, value: str) -> Any:
        """Keep what the words, the telephone number or the reference mean."""
        return messages_matching(rows, value, self.request.user)

    def by_limit(self, rows: Any, _name: str, value: str) -> Any:
        """Keep what waits and whose time is over, or over by tonight."""
        now = timezone.now()
        return rows.late(now if value == "over" else tonight(now))

    def by_setting_aside(self, rows: Any, _name: str, _value: str) -> Any:
        """Keep what was set aside lately though somebody said something."""
        return rows.aside_lately(timezone.now())


class InboxFilter(ContactFilter):
    """The filter of the page: its status is a tab, and no tag."""

    def on(self) -> list[dict[str, str]]:
        """Return the filters that are on as tags."""
        tab = told(self.filters["status"].label, dict(ContactStatus.choices).get(self.data.get("status", ""), ""))
        return [tag for tag in super().on() if tag["label"] != tab]
