"""API tokens: shown once, stored as a digest, worth nothing without a second factor."""

import re
from hmac import compare_digest
from typing import Any

from django.conf import settings
from django.utils import timezone
from django.utils.translation import gettext as _
from knox.auth import TokenAuthentication
from knox.crypto import hash_token
from knox.models import AuthToken
from knox.settings import CONSTANTS
from rest_framework.exceptions import AuthenticationFailed, PermissionDenied

from accounts.models import User

SHAPE = re.compile(rb"[0-9a-f]{64}\Z")


class TokenWithSecondFactor(TokenAuthentication):
    """`Authorization: Token …`; a deactivated user's, an expired or a malformed token answers 401."""

    def authenticate_credentials(self, token: bytes) -> tuple[User, Any]:
        """Find the token and load its user with today's provinces; two queries."""
        found = find(token)
        user = found and User.objects.active().people().for_request().filter(pk=found.user_id).first()
        if not found or not user:
            raise AuthenticationFailed(_("This token is not valid."))
        if settings.SECOND_FACTOR_REQUIRED and not user.has_second_factor:
            raise PermissionDenied(_("Set up a second factor on your account page before using the API."))
        if user.must_change_password:
            raise PermissionDenied(_("Choose your own password on your account page before using the API."))
        return user, found


def find(token: bytes) -> Any:
    """Give the stored token that was presented, or None."""
    if not SHAPE.match(token):
        return None
    text, now = token.decode("ascii"), timezone.now()
    digest = hash_token(text)
    for stored in AuthToken.objects.filter(token_key=text[: CONSTANTS.TOKEN_KEY_LENGTH], expiry__gt=now):
        if compare_digest(digest, stored.digest):
            return stored
    return None
