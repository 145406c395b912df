"""Where a report stands, in plain words: never an operation, a place or a name."""

from datetime import datetime
from typing import Any

from django.utils.formats import date_format
from django.utils.translation import get_language, pgettext_lazy
from django.utils.translation import gettext_lazy as _

from complaints.channels.public.languages import READ
from core import display

# By the states of `public_report_state` (complaints/sql.py): a title, and what it means.
STATES: dict[str, tuple[Any, Any]] = {
    "received": (
        pgettext_lazy("state of a report", "We have it"),
        _("Your report has arrived. Somebody reads it."),
    ),
    "looked_into": (
        pgettext_lazy("state of a report", "It is being looked into"),
        _("People work on it. We cannot say here what they do, so that nobody is put in danger."),
    ),
    "need_to_know": (
        pgettext_lazy("state of a report", "We need to know more"),
        _("Read what we ask below, and answer what you can."),
    ),
    "call_us": (
        pgettext_lazy("state of a report", "Call us"),
        _("Call when it is safe, and say that you have a code. You need not say your name."),
    ),
    "closed": (
        pgettext_lazy("state of a report", "It is closed"),
        _("Nobody works on it now. If something is not right, or there is more, write to us below."),
    ),
}


def title_of(state: str) -> Any:
    """Return a state in a few words."""
    return STATES[state][0]


def words_of(state: str) -> Any:
    """Return what a state means."""
    return STATES[state][1]


def day_of(value: datetime) -> str:
    """Write the day of a message in words: 3.11. is read as March by half of those who come here."""
    if get_language() in READ:
        return display.day(value)
    return date_format(display.day_of(value), "DATE_FORMAT")
