"""What is typed of a message to who reported through the public form."""

from django.forms import Textarea
from django.utils.translation import gettext_lazy as _

from complaints.forms.fields import Choice, Typed, Words
from complaints.models import Asks
from core.forms import Rows


class WriteForm(Typed):
    """The words, and what they ask for; whether they may be is the service's to say."""

    words = Words(
        label=_("What do you write?"),
        help_text=_("Never a name, a place or what is planned: whoever holds the telephone reads it too."),
        widget=Textarea({"rows": 4}),
    )
    asks = Choice(Asks.choices, label=_("What does it ask for?"), widget=Rows(look="chips"))
