"""What a letter, an e-mail, an official request or a visit has of its own, folded in the forms of a message and of a complaint."""

from typing import Any

from django.utils.translation import gettext_lazy as _

from complaints.came import CHANNELS
from complaints.forms.fields import Typed, Words
from complaints.said import CameSaid
from core.forms import DayField

DAYS = ("dated_on", "answer_by")


class CameForm(Typed):
    """Everything may be missing; which fields a channel has says `CHANNELS`."""

    office = Words(label=_("Sending office or organisation"))
    post = Words(label=_("Post of who writes or signs"))
    letter_number = Words(label=_("Number of the letter"))
    dated_on = DayField(label=_("Date of the letter"), required=False)
    subject = Words(label=_("Subject"))
    answer_by = DayField(label=_("Answer due by"), required=False)
    counter = Words(label=_("At which office they came"))
    accompanied_by = Words(label=_("Who came with them"))

    def came(self) -> CameSaid:
        """Return what is said, unread parts left out."""
        days = {name: self.said(name, None) for name in DAYS}
        return CameSaid(**days, **{name: str(self.said(name)) for name in self.fields if name not in DAYS})

    @property
    def says_something(self) -> bool:
        """Say whether the folded part holds something, or something wrong."""
        return any(self[name].value() or self[name].errors for name in self.fields)

    @property
    def by_channel(self) -> list[tuple[Any, str]]:
        """Return the fields with the channels that have them."""
        return [(self[name], " ".join(CHANNELS[name])) for name in self.fields]
