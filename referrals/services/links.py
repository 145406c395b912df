"""The link by which a partner without an account reads and answers one referral.

Held: the token has 192 bits and is kept as a digest; a code of six digits goes to the telephone that two people put into the
directory, lives ten minutes and five tries; a link forwarded opens nothing without a new code; it ends with its referral.
"""

import datetime
import hashlib
import re
import secrets
from typing import Any

from django.conf import settings
from django.core.exceptions import PermissionDenied, ValidationError
from django.db import transaction
from django.utils import timezone
from django.utils.crypto import constant_time_compare
from django.utils.translation import gettext as _

from accounts.models import User
from audit.services import record
from core.exceptions import Conflict
from core.sealed import keyed_hash
from core.text import ascii_digits
from notifications.gateway import send_code
from partners.models import Partner
from referrals.models import Referral, ReferralLink
from workflow.services import lock

CODE_LIVES = datetime.timedelta(minutes=10)
CODE_PAUSE = datetime.timedelta(seconds=60)
SESSION_LIVES = datetime.timedelta(minutes=30)
MOST_CODES, MOST_TRIES = 6, 5
SIX_DIGITS, BLANK = re.compile(r"[0-9]{6}"), re.compile(r"[\s\u200b-\u200d\u2060\ufeff]")


def link_user(partner: Partner) -> User:
    """Return the user as whom a partner's link acts: of the partner, without a password, so it never signs in."""
    user: User
    user, _made = User.objects.get_or_create(
        username=f"link.{partner.reference.lower()}",
        defaults={
            "role": User.Role.PARTNER,
            "partner_id": partner.reference,
            "name": partner.name_en or partner.name_km,
            "name_km": partner.name_km,
            "password": "!",
        },
    )
    return user


@transaction.atomic
def make_link(referral: Referral, *, by: Any) -> tuple[ReferralLink, str]:
    """Make a link and return it with its token, shown once; the one before ends. Raises Conflict with words."""
    if not by.may("referral.send"):
        raise PermissionDenied(_("Your role does not refer anybody. Ask your supervisor."))
    row = lock(referral, by)
    if row.to_partner is None or not row.is_running:
        raise Conflict(_("Only a referral to a partner that still runs has a link."))
    if row.to_partner.code_phone is None:
        raise Conflict(_("The directory has no confirmed telephone for one-time codes. Have one added first."))
    ReferralLink.objects.filter(referral=row, ended_at=None).update(ended_at=timezone.now())
    token = secrets.token_urlsafe(24)
    until = timezone.now() + datetime.timedelta(days=settings.REFERRAL_LINK_DAYS)
    link = ReferralLink.objects.create(referral=row, token_sha256=_digest(token), made_by=by, until_at=until)
    record("referral.link_make", by=by, about=row)
    return link, token


@transaction.atomic
def end_link(referral: Referral, *, by: Any) -> None:
    """End the link of a referral: who has it reads nothing from now on."""
    row = lock(referral, by)
    if not by.may("referral.send"):
        raise PermissionDenied(_("Your role does not refer anybody. Ask your supervisor."))
    ReferralLink.objects.filter(referral=row, ended_at=None).update(ended_at=timezone.now())
    record("referral.link_end", by=by, about=row)


def find(token: str) -> ReferralLink | None:
    """Return the link a token stands for while it and its referral run and the partner is in use; None for all others."""
    rows = ReferralLink.objects.alive(timezone.now()).select_related("referral__to_partner")
    link: ReferralLink | None = rows.filter(token_sha256=_digest(token)).first()
    if link is None or not link.referral.is_running or link.referral.to_partner is None:
        return None
    return link if link.referral.to_partner.is_active and link_user(link.referral.to_partner).is_active else None


def ask_code(link: ReferralLink, language: str) -> str:
    """Send a new code to the telephone of the directory; return its last digits.

    It is counted before it is sent, so that one that could not be sent counts too; nothing is held while the gateway is
    spoken to. Raises Conflict when too many were asked, or it could not be sent.
    """
    number, code = _counted_code(link)
    try:
        send_code(number, code, language)
    except Conflict:
        ReferralLink.objects.filter(pk=link.pk).update(code_sha256="", code_until=None)  # no page says it is on its way
        raise
    return number[-3:]


@transaction.atomic
def _counted_code(link: ReferralLink) -> tuple[str, str]:
    row = _held(link)
    now = timezone.now()
    phone = row.referral.to_partner.code_phone if row.referral.to_partner else None
    if phone is None:
        raise Conflict(_("No code can be sent. Ring who sent you this link."))
    if row.code_sent_at and now - row.code_sent_at < CODE_PAUSE:
        raise Conflict(_("A code was sent less than a minute ago. Wait for it."))
    if row.codes_sent >= MOST_CODES:
        raise Conflict(_("Too many codes were asked for. Ring who sent you this link: they can make a new one."))
    code = f"{secrets.randbelow(1_000_000):06d}"
    row.code_sha256, row.code_until = _code(row, code), now + CODE_LIVES
    row.codes_sent, row.code_sent_at, row.tries = row.codes_sent + 1, now, 0
    row.save(update_fields=["code_sha256", "code_until", "codes_sent", "code_sent_at", "tries"])
    record("referral.link_code", by=link_user(phone.partner), about=row.referral, detail={"codes": row.codes_sent})
    return phone.e164, code


@transaction.atomic
def open_with(link: ReferralLink, typed: str) -> str:
    """Take a code once; return the secret this browser shows from now on, for half an hour; empty for a wrong code.

    The try counts before it is compared, under the lock, so that guesses sent at once count too; what cannot be a code is
    no try. Raises ValidationError for that, and where no code can be taken any more.
    """
    code = SIX_DIGITS.fullmatch(BLANK.sub("", ascii_digits(typed)))
    if code is None:
        raise ValidationError({"code": [_("Write the six digits of the code.")]})
    row = _held(link)
    now = timezone.now()
    if not row.code_sha256 or row.code_until is None or now > row.code_until or row.tries >= MOST_TRIES:
        raise ValidationError({"code": [_("This code is used up or too old. Ask for a new one.")]})
    row.tries += 1
    if not constant_time_compare(row.code_sha256, _code(row, code[0])):
        row.save(update_fields=["tries"])
        partner: Any = row.referral.to_partner
        record("referral.link_wrong_code", by=link_user(partner), about=row.referral, detail={"tries": row.tries})
        return ""
    secret = secrets.token_urlsafe(24)
    row.session_sha256, row.session_until = _digest(secret), now + SESSION_LIVES
    row.code_sha256, row.code_until, row.opened_at = "", None, row.opened_at or now
    row.save(update_fields=["tries", "session_sha256", "session_until", "code_sha256", "code_until", "opened_at"])
    return secret


def is_open(link: ReferralLink, secret: str) -> bool:
    """Return whether this browser showed a code within the last half hour."""
    known = bool(secret and link.session_sha256 and link.session_until and link.session_until > timezone.now())
    return known and constant_time_compare(link.session_sha256, _digest(secret))


def _held(link: ReferralLink) -> ReferralLink:
    rows = ReferralLink.objects.select_for_update(no_key=True, of=("self",)).select_related("referral__to_partner")
    return rows.get(pk=link.pk)


def _digest(text: str) -> str:
    return hashlib.sha256(text.encode()).hexdigest()


def _code(link: ReferralLink, code: str) -> str:
    return keyed_hash("contact", f"{link.pk}:{code}").hex()
