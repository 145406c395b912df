"""The administrator's forms: a rule of urgency, and a text to try the rules on."""

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from complaints.models import Urgency, UrgencyRule
from complaints.services.rules import FIELDS, LONGEST_REASON
from complaints.signs import LONGEST
from core.forms import Rows
from core.text import refuse_broken

MOST_TYPED = 40_000
URGENCIES = [choice for choice in Urgency.choices if choice[0] != Urgency.NORMAL]


class Lines(forms.CharField):
    """Words, one a line."""

    widget = forms.Textarea

    def __init__(self, **options: Any) -> None:
        super().__init__(
            required=False, max_length=MOST_TYPED, widget=forms.Textarea({"rows": 12, "lang": ""}), **options
        )

    def prepare_value(self, value: Any) -> Any:
        return "\n".join(value) if isinstance(value, list | tuple) else value

    def clean(self, value: Any) -> Any:
        return super().clean(value).splitlines()


class RuleForm(forms.Form):
    """What is spoken of: its reason, its words, what does not count."""

    urgency = forms.ChoiceField(label=_("It proposes"), choices=URGENCIES, widget=Rows(look="chips"))
    reason_km = forms.CharField(label=_("Reason, in Khmer"), max_length=LONGEST_REASON)
    reason_en = forms.CharField(label=_("Reason, in English"), max_length=LONGEST_REASON)
    words = Lines(
        label=_("Words and phrases"),
        help_text=_(
            "One a line, in any language. A Latin word counts where it stands as a whole word, a Khmer word also at the beginning or end of a compound."
        ),
    )
    exceptions = Lines(
        label=_("Phrases that do not count"),
        help_text=_("One a line: longer phrases that hold one of the words and speak of something else."),
    )
    reads_ages = forms.BooleanField(label=_("An age under 18 counts too"), required=False)
    is_active = forms.BooleanField(label=_("In use"), required=False, initial=True)
    version = forms.IntegerField(required=False, widget=forms.HiddenInput, min_value=0, max_value=2**31 - 1)


class TryForm(forms.Form):
    """A text that is read once and not kept."""

    text = forms.CharField(
        label=_("Try it on this text"),
        max_length=LONGEST,
        widget=forms.Textarea({"rows": 4}),
        validators=[refuse_broken],
        help_text=_("Nothing of it is kept. Write no names of people."),
    )


def kept(rule: UrgencyRule) -> dict[str, Any]:
    """Return what a rule holds, as the form names it."""
    return {name: getattr(rule, name) for name in (*FIELDS, "version")}
