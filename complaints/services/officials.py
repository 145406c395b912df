"""Whether an official takes part is asked before a province reads words that may speak of one: of the inbox, a call, a form, a program."""

from dataclasses import replace
from typing import Any, NoReturn

from django.core.exceptions import ValidationError
from django.utils.translation import gettext as _

from accounts.scope import is_stricter
from complaints.checks import checked
from complaints.models import Complaint, Contact, Handling
from complaints.said import ComplaintSaid
from complaints.triage import handling_for, may_name_official

TAKES_PART = "takes_part"  # the field the question stands at


def refuse(field: str) -> NoReturn:
    """Raise ValidationError at `field`: somebody has to say whether an official takes part."""
    question = _("The words may speak of an official, and the province would read them: say whether one takes part.")
    raise ValidationError({field: [question]})


def ask_of(said: ComplaintSaid, by: Any, row: Complaint | None = None) -> None:
    """Ask of what is said for a new complaint, or to be added to `row`, where nobody said it and whoever sends it can be asked.

    Raises ValidationError with all else that is wrong first. A call is written down in words of the ministry's own, whatever
    language was spoken.
    """
    if not said.asks_official:
        return
    said = checked(said)
    if is_read_by_a_province(said, by, row) and may_name_official(_words(said), _language(said, by)):
        refuse(TAKES_PART)


def is_read_by_a_province(said: ComplaintSaid, by: Any, row: Complaint | None = None) -> bool:
    """Return whether a province will read the words of a new complaint, or of what is added to `row`."""
    handling = handling_for(said, by)
    stricter = row is not None and is_stricter(row.handling, handling)
    return not stricter and handling == Handling.PROVINCIAL


def unasked(said: ComplaintSaid, by: Any) -> ComplaintSaid:
    """Return what a program says that nobody can ask: what may speak of an official goes to the ministry first, never back.

    A handling that it says stands.
    """
    is_open = said.asks_official and not said.handling and is_read_by_a_province(said, by)
    if is_open and may_name_official(_words(said), _language(said, by)):
        said = replace(said, handling=Handling.NATIONAL_LED.value)
    return replace(said, asks_official=False)


def is_asked(error: ValidationError) -> bool:
    """Return whether nothing is wrong but that this is to be answered."""
    return hasattr(error, "error_dict") and set(error.error_dict) == {TAKES_PART}


def _words(said: ComplaintSaid) -> str:
    return f"{said.narrative}\n{said.exact_spot}"


def _language(said: ComplaintSaid, by: Any) -> str:
    if not said.contact:
        return "" if said.call else said.language
    seen = Contact.objects.visible_to(by).filter(reference=said.contact.upper()[:20])
    return seen.values_list("language", flat=True).first() or ""
