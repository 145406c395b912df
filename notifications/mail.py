"""One e-mail: what it says (nothing but that there is something) and what became of sending it."""

import logging
from contextlib import suppress
from smtplib import SMTPException, SMTPRecipientsRefused, SMTPResponseException, SMTPServerDisconnected

from django.conf import settings
from django.core.mail import EmailMessage, get_connection
from django.utils import translation
from django.utils.translation import gettext as _

from accounts.models import User
from notifications.models import Notification, Problem, Reach, State
from notifications.outcome import Outcome

logger = logging.getLogger(__name__)
LANGUAGE = "km"


def send(row: Notification, reach: Reach) -> Outcome:
    """Send the e-mail of one row; never raises for what a mail server does.

    Before the message was handed over every failure is clear; from there on a broken line leaves it uncertain.
    """
    if not row.recipient.email:
        return Outcome(State.FAILED, Problem.NO_ADDRESS)
    server = get_connection()
    try:
        server.open()
    except (SMTPException, OSError) as error:
        logger.warning("mail server not reached: %s", type(error).__name__)
        return Outcome(State.PENDING, Problem.UNREACHABLE)
    try:
        server.send_messages([message(row)])
    except (SMTPException, OSError) as error:
        logger.warning("e-mail %s: %s", row.pk, type(error).__name__)
        return _refusal(error)
    finally:
        with suppress(SMTPException, OSError):
            server.close()
    return Outcome(State.SENT)


def message(row: Notification) -> EmailMessage:
    """Write the e-mail in the recipient's language: no reference, no province, no name."""
    with translation.override(row.recipient.language or LANGUAGE):
        return EmailMessage(
            subject=_("1 new item"),
            body=_("1 new item. Sign in: %(url)s") % {"url": settings.SITE_URL},
            to=[row.recipient.email],
            headers={"Message-ID": row.message_id, "Auto-Submitted": "auto-generated"},
        )


def _refusal(error: Exception) -> Outcome:
    """Tell a server's answer (nothing was taken) from a line that broke (nobody knows)."""
    code = 0
    if isinstance(error, SMTPResponseException):
        code = error.smtp_code
    elif isinstance(error, SMTPRecipientsRefused):
        code = max((answer[0] for answer in error.recipients.values()), default=0)
    elif isinstance(error, SMTPServerDisconnected | OSError):
        return Outcome(State.UNCERTAIN, Problem.BROKEN_OFF)
    return Outcome(State.FAILED if code >= 500 else State.PENDING, Problem.REFUSED)


def reachable(user: User) -> bool:
    """Say whether an e-mail to this user makes sense."""
    return bool(user.is_active and user.email)
