"""How django-allauth behaves here: no sign-up, one lockout (axes), every sign-in recorded."""

import base64
import os
from typing import Any, ClassVar

from allauth.account.adapter import DefaultAccountAdapter
from allauth.account.internal.flows.login import record_authentication
from allauth.mfa.adapter import DefaultMFAAdapter
from cryptography.hazmat.primitives.ciphers.aead import AESGCM
from django.http import HttpRequest
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from accounts.lockout import client_ip
from accounts.middleware import STARTED
from accounts.models import User
from audit.services import record
from core.sealed import key_for


class AccountAdapter(DefaultAccountAdapter):
    error_messages: ClassVar[dict[str, Any]] = {
        **DefaultAccountAdapter.error_messages,
        "username_password_mismatch": _("That name and password do not match."),
        "too_many_login_attempts": _("Too many wrong codes. Try again in 15 minutes."),
    }

    def is_open_for_signup(self, request: HttpRequest) -> bool:
        """Accounts are made by the administrator only."""
        return False

    def pre_authenticate(self, request: HttpRequest, **credentials: Any) -> None:
        """Leave counting of wrong passwords to axes; allauth's limit counts wrong codes only."""
        self._login_failed_rl_usage = None

    def login(self, request: HttpRequest, user: Any) -> None:
        """Open the session and start its absolute clock; who just signed in is not asked again at once."""
        super().login(request, user)
        record_authentication(request, user, method="sign_in", reauthenticated=True)
        request.session[STARTED] = int(timezone.now().timestamp())

    def set_password(self, user: Any, password: str) -> None:
        """Store a password that the person chose; a first password has served."""
        user.must_change_password = False
        super().set_password(user, password)

    def get_password_change_redirect_url(self, request: HttpRequest) -> str:
        """Go back to one's own account."""
        return reverse("account:home")

    def send_notification_mail(self, template_prefix: str, user: Any, *args: Any, **kwargs: Any) -> None:
        """Record what allauth would write a mail about: a second factor made or removed, new recovery codes."""
        record(template_prefix.rsplit("/", 1)[-1], by=user, about=user)

    def add_message(self, *args: Any, **kwargs: Any) -> None:
        """Say nothing: our pages show what happened themselves."""

    def get_client_ip(self, request: HttpRequest) -> str:
        """Give the address axes counts by."""
        return client_ip(request)


class SecondFactorAdapter(DefaultMFAAdapter):
    def get_totp_issuer(self) -> str:
        """Name the account in the person's authenticator application."""
        return "Sangkroh"

    def get_totp_label(self, user: User) -> str:
        return user.username

    def encrypt(self, text: str) -> str:
        """Seal the shared secret, so that a copied database opens no second factor."""
        nonce = os.urandom(12)
        box = AESGCM(key_for("second_factor")).encrypt(nonce, text.encode(), b"mfa_authenticator")
        return base64.b64encode(nonce + box).decode()

    def decrypt(self, encrypted_text: str) -> str:
        box = base64.b64decode(encrypted_text)
        return AESGCM(key_for("second_factor")).decrypt(box[:12], box[12:], b"mfa_authenticator").decode()
