"""What of a message goes to who handles a complaint: words that somebody went over, an official asked about, whose telephone stands there."""

from typing import Any, NoReturn

from django.core.exceptions import ValidationError
from django.utils.translation import gettext as _

from complaints.contact_workflow import MOVE, TAKES_PART, WHOSE, YES
from complaints.models import Complaint, Contact, Handling
from complaints.said import ComplaintSaid
from complaints.services.kept_signs import signs_of
from complaints.services.message_pages import is_by_code, words_in
from complaints.services.officials import is_read_by_a_province, refuse
from complaints.triage import may_name_official
from complaints.ways import Way, ways_in
from core.text import clean


def going_on(contact: Contact, words: str) -> str:
    """Return the words that go to who handles a complaint; ValidationError where who reported wrote them and nobody went over them."""
    if not clean(words) and is_by_code(contact):
        why = _("Go over the words first: a telephone number or a name of who reported goes no further.")
        raise ValidationError({"words": [why]})
    return clean(words) or words_in(contact)


def takes_part(official: str, contact: Contact, row: Complaint, words: str = "") -> bool:
    """Return whether an official takes part; ValidationError where nobody said it and a province would read words of one."""
    if official and official not in [value for value, _label in TAKES_PART]:
        raise ValidationError({"official": [_("Choose one of the answers.")]})
    if not official and row.handling == Handling.PROVINCIAL:
        gone_over = bool(words) and may_name_official(words, contact.language)
        if gone_over or signs_of(contact).names_official:
            refuse("official")
    return official == YES


def ways_to_move(numbers: str, words: str, row: Complaint) -> list[Way]:
    """Return what of the words goes to the sealed reporter; ValidationError where nobody said whose it is and a province would read it."""
    if numbers and numbers not in [value for value, _label in WHOSE]:
        raise ValidationError({"numbers": [_("Choose one of the answers.")]})
    ways = ways_in(words) if row.handling == Handling.PROVINCIAL or numbers == MOVE else []
    if ways and not numbers:
        _refuse_numbers("numbers")
    return ways if numbers == MOVE else []


def ask_whose(said: ComplaintSaid, by: Any, row: Complaint | None = None) -> None:
    """Ask of a message that becomes a complaint, or is added to `row`, whose telephone or address a province would read in its words.

    Raises ValidationError at `numbers_kept`, where nobody said it and whoever sends it can be asked.
    """
    if said.asks_numbers and is_read_by_a_province(said, by, row) and ways_in(said.narrative):
        _refuse_numbers("numbers_kept")


def _refuse_numbers(field: str) -> NoReturn:
    why = _("A telephone number or address stands in the words, and the province would read it: say whose it is.")
    raise ValidationError({field: [why]})
