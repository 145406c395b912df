"""Complaints that look the same as what is typed, as cards."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from django.core.exceptions import ValidationError
from django.utils import timezone

from complaints.forms.people import row_numbers
from complaints.forms.places import find_site
from complaints.likeness import Likeness, Told
from complaints.models import Status
from complaints.presenters.rows import Row, row_of
from complaints.similar import similar
from core.text import clean
from victims.similar import known_from

MOST_PEOPLE = 20  # of a form: who is typed first is looked for
PERSON = ("name", "sex", "age", "nationality")


@dataclass(frozen=True)
class Card:
    """A complaint that may be the same: its row, why, and whether it is closed (words are added, and nothing else)."""

    row: Row
    reasons: list[str]
    is_closed: bool


def told_in_form(data: Mapping[str, Any]) -> Told:
    """Read what stands in the form of a new complaint while somebody types; what cannot be read is left out."""
    people = [
        known_from({name: data.get(f"people-{n}-{name}", "") for name in PERSON})
        for n in row_numbers(data)[:MOST_PEOPLE]
    ]
    return Told(
        people=tuple(one for one in people if one.names),
        phones=(_read(data, "reporter-phone"),),
        site=find_site(_read(data, "site"), _read(data, "province_of_incident")).reference,
        spot=_read(data, "exact_spot"),
        text=_read(data, "narrative"),
    )


def cards(data: Mapping[str, Any], user: Any) -> list[Card]:
    """Return the complaints, of those the reader may see, that look the same as what stands in the form."""
    now = timezone.now()
    return [card_of(found, user, now) for found in similar(told_in_form(data), user)]


def card_of(found: Likeness, user: Any, now: Any) -> Card:
    """Prepare one of them."""
    return Card(row_of(found.complaint, user, now), found.reasons, found.complaint.status == Status.CLOSED)


def _read(data: Mapping[str, Any], name: str) -> str:
    try:
        return clean(str(data.get(name, "")))
    except ValidationError:
        return ""
