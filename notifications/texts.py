"""A notice as SMS or Telegram message: that there is something, and where to sign in."""

from django.conf import settings
from django.utils import translation
from django.utils.translation import gettext as _

from core.sealed import open_sealed
from notifications import gateway
from notifications.models import Notification, Problem, Reach, State
from notifications.models.reach import FIELDS, Channel
from notifications.outcome import Outcome


def send(row: Notification, reach: Reach) -> Outcome:
    """Send one notice by its gateway; its key is the row's, the same at every attempt."""
    if not reach.proved_at(row.channel):
        return Outcome(State.FAILED, Problem.NO_ADDRESS)
    to = open_sealed(reach, FIELDS[Channel(row.channel)])
    return gateway.send(row.channel, to, text(row.recipient.language), key=row.pk.hex)


def text(language: str) -> str:
    """Write the message in a language, Khmer unless told: no reference, no province, no name."""
    with translation.override(language or gateway.LANGUAGE):
        return _("1 new item. Sign in: %(url)s") % {"url": settings.SITE_URL}
