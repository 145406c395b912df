"""Tokens for the API: made and revoked by their owner, shown once."""

from datetime import timedelta
from typing import Any

from django.core.exceptions import ValidationError
from django.db import transaction
from django.utils.translation import gettext as _
from knox.models import AuthToken

from accounts.models import User
from audit.services import record

MOST = 10
LONGEST = 365


@transaction.atomic
def make_token(user: User, *, days: int) -> str:
    """Make a token that ends after so many days (1 to 365); its text is returned once and stored nowhere."""
    if not 1 <= days <= LONGEST:
        raise ValidationError(_("Choose from 1 to 365 days."))
    if AuthToken.objects.filter(user=user).count() >= MOST:
        raise ValidationError(_("You have ten tokens. Revoke one first."))
    _stored, text = AuthToken.objects.create(user=user, expiry=timedelta(days=days))
    record("token_made", by=user, about=user, detail={"days": days})
    return str(text)


@transaction.atomic
def revoke_token(user: User, *, key: str) -> bool:
    """Revoke one of a person's own tokens by its digest; False when there is none."""
    count, _rows = AuthToken.objects.filter(user=user, digest=key).delete()
    if count:
        record("token_revoked", by=user, about=user)
    return bool(count)


def revoke_tokens(user: User, **only: Any) -> int:
    """Revoke every token of a person; the caller records why."""
    count, _rows = AuthToken.objects.filter(user=user, **only).delete()
    return int(count)
