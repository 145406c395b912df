"""What a letter, an e-mail, an official request or a visit has of its own: checked by field, and where each part is kept.

The office that sends an official request is no secret. Whoever writes a letter or comes to a counter tells us: their office, their
post and who came with them are sealed with the reporter.
"""

import dataclasses
import datetime
from typing import Any

from django.core.exceptions import ValidationError
from django.utils import timezone
from django.utils.translation import gettext as _

from complaints.models import Channel
from complaints.said import CAME_SEALED, CameSaid, ReporterSaid
from core.display import ZONE, number
from core.text import clean

MOST = {"letter_number": 80, "office": 200, "post": 200, "subject": 300, "counter": 200, "accompanied_by": 300}
CHANNELS = {
    "office": ("letter", "email", "official_request"),
    "post": ("letter", "email", "official_request", "walk_in"),
    "letter_number": ("letter", "official_request"),
    "dated_on": ("letter", "email", "official_request"),
    "subject": ("letter", "email", "official_request"),
    "answer_by": ("letter", "email", "official_request"),
    "counter": ("walk_in",),
    "accompanied_by": ("walk_in",),
}
KEPT = ("letter_number", "dated_on", "office", "subject", "answer_by", "counter")  # columns of a contact


def checked_came(said: CameSaid, received: datetime.datetime | None) -> CameSaid:
    """Return it cleaned; raises ValidationError by field, all at once."""
    errors: dict[str, list[Any]] = {}
    texts: dict[str, Any] = {}
    for name, most in MOST.items():
        try:
            texts[name] = clean(getattr(said, name))
        except ValidationError as error:
            errors[name] = error.messages
        else:
            if len(texts[name]) > most:
                errors[name] = [_("This is longer than %(most)s characters.") % {"most": number(most)}]
    now = timezone.now()
    came_on = (received or now).astimezone(ZONE).date()
    if said.dated_on and said.dated_on > now.astimezone(ZONE).date():
        errors["dated_on"] = [_("This day lies in the future. Give the day that stands on the paper.")]
    if said.answer_by and said.answer_by < came_on:
        errors["answer_by"] = [_("This day lies before it came in.")]
    if errors:
        raise ValidationError(errors)
    return dataclasses.replace(said, **texts)


def columns_of(said: CameSaid, channel: str) -> dict[str, Any]:
    """Return the columns of a contact that are said; an office stands there only of an official request."""
    found = {name: value for name in KEPT if (value := getattr(said, name))}
    if channel != Channel.OFFICIAL_REQUEST:
        found.pop("office", None)
    return found


def with_sealed(reporter: ReporterSaid | None, said: CameSaid, channel: str) -> ReporterSaid | None:
    """Return who tells us with what the paper or the visit tells of them; it is sealed as everything of a reporter."""
    parts = {name: value for name in CAME_SEALED if (value := getattr(said, name))}
    if channel == Channel.OFFICIAL_REQUEST:
        parts.pop("office", None)
    if not parts:
        return reporter
    known = reporter or ReporterSaid()
    return dataclasses.replace(known, safe_contact={**known.safe_contact, **parts})
