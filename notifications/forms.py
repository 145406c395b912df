"""The shapes of what a user settles about notices, and of what a supervisor filters deliveries by."""

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from core.forms import HourField, Ticks
from core.typed import Words
from notifications.kinds import Sort
from notifications.models import Channel, Reach


class AddressForm(forms.Form):
    """A telephone or chat; whether it is one is the service's to say."""

    value = Words(required=True)

    def __init__(self, channel: str, *args: Any, **options: Any) -> None:
        super().__init__(*args, auto_id=f"id_{channel}_%s", **options)
        field = self.fields["value"]
        field.label = _("Your telephone number") if channel == Channel.SMS else _("Number of your Telegram chat")
        field.widget.attrs = {"inputmode": "tel", "autocomplete": "tel" if channel == Channel.SMS else "off"}


class CodeForm(forms.Form):
    """The code that came."""

    code = Words(label=_("Code"), required=True)

    def __init__(self, channel: str, *args: Any, **options: Any) -> None:
        super().__init__(*args, auto_id=f"id_{channel}_%s", **options)
        self.fields["code"].widget.attrs = {"inputmode": "numeric", "autocomplete": "one-time-code"}


class ChoiceForm(forms.Form):
    """By sort of notice the channels that are on, and the quiet hours."""

    quiet_from = HourField(label=_("From"), required=False)
    quiet_until = HourField(label=_("Until"), required=False)

    def __init__(self, reach: Reach, channels: list[Channel], *args: Any, **options: Any) -> None:
        hours = {name: f"{hour:%H:%M}" for name in ("quiet_from", "quiet_until") if (hour := getattr(reach, name))}
        self.reach, self.channels = reach, channels
        super().__init__(*args, initial={**hours, **self._on()}, **options)
        for name in ("quiet_from", "quiet_until"):
            self.fields[name].widget = forms.TextInput({"inputmode": "numeric", "placeholder": "21:00"})
        for sort in Sort:
            self.fields[sort.value] = forms.MultipleChoiceField(
                label=sort.label,
                required=False,
                choices=[(channel.value, channel.label) for channel in channels],
                widget=Ticks(look="chips"),
            )

    def _on(self) -> dict[str, list[str]]:
        off = self.reach.muted
        return {sort.value: [one.value for one in self.channels if f"{sort}.{one}" not in off] for sort in Sort}

    @property
    def sorts(self) -> list[Any]:
        """The fields of the sorts, for the page."""
        return [self[sort.value] for sort in Sort]

    @property
    def muted(self) -> list[str]:
        """What is off now: what was not ticked, and what was off in channels that the page did not show."""
        shown = {channel.value for channel in self.channels}
        kept = [one for one in self.reach.muted if one.partition(".")[2] not in shown]
        off = [f"{sort}.{one}" for sort in Sort for one in shown if one not in self.cleaned_data[sort.value]]
        return kept + off
