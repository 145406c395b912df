"""Wrong passwords: counted by name and address in the database, answered by one page; sign-ins are recorded here."""

from datetime import timedelta
from ipaddress import ip_address
from typing import Any

from axes.handlers.database import AxesDatabaseHandler
from django.conf import settings
from django.http import HttpRequest, HttpResponse
from django.utils.translation import gettext as _

from accounts.models import User
from audit.services import event
from core import errors

PAUSE = timedelta(minutes=15)


class RecordingHandler(AxesDatabaseHandler):
    """The database handler of axes, which also tells the audit; axes is the one listener to sign-ins there is."""

    def user_login_failed(self, sender: Any, credentials: Any, request: Any = None, **kwargs: Any) -> None:
        """Count a wrong password; the name typed is not recorded unless it is somebody's."""
        super().user_login_failed(sender, credentials, request, **kwargs)
        name = str(credentials.get("username") or "").lower()
        about = User.objects.filter(username=name).first()
        locked = bool(getattr(request, "axes_locked_out", False))
        tell(request, "sign_in", about=about, outcome="locked" if locked else "failed")

    def user_logged_in(self, sender: Any, request: Any, user: Any, **kwargs: Any) -> None:
        """Forget the wrong passwords before, and tell the audit."""
        super().user_logged_in(sender, request, user, **kwargs)
        tell(request, "sign_in", by=user, about=user)

    def user_logged_out(self, sender: Any, request: Any, user: Any, **kwargs: Any) -> None:
        """Tell the audit."""
        super().user_logged_out(sender, request, user, **kwargs)
        if user is not None:
            tell(request, "sign_out", by=user, about=user)


def tell(request: Any, verb: str, *, by: Any = None, about: Any = None, outcome: str = "done") -> None:
    """Queue an event where a request carries a queue (commands and tests' own sign-ins have none)."""
    queue = getattr(request, "audit_queue", None)
    if queue is not None:
        queue.append(event(verb, by=by, about=about, outcome=outcome))


def client_ip(request: HttpRequest) -> str:
    """Give the visitor's address: behind N proxies of ours the N-th from the right, else the peer's."""
    proxies = settings.TRUSTED_PROXIES
    forwarded = [part.strip() for part in request.META.get("HTTP_X_FORWARDED_FOR", "").split(",") if part.strip()]
    if proxies and len(forwarded) >= proxies and is_address(forwarded[-proxies]):
        return str(forwarded[-proxies])
    return str(request.META.get("REMOTE_ADDR") or "127.0.0.1")


def is_address(text: str) -> bool:
    """Say whether a header's text is an IP address (a column of that type refuses anything else)."""
    try:
        ip_address(text)
    except ValueError:
        return False
    return True


def pause(request: HttpRequest) -> timedelta:
    """Say how long a name is locked for an address after too many wrong passwords."""
    return PAUSE


def answer(request: HttpRequest, response: Any = None, credentials: Any = None) -> HttpResponse:
    """Answer 429 in the reader's language."""
    words = _("Too many wrong passwords for this name from here. Try again in 15 minutes, or ask an administrator.")
    page = errors.page(request, 429, words)
    page["Retry-After"] = str(int(PAUSE.total_seconds()))
    return page
