"""What every request of a signed-in person passes: time-outs, language, second factor."""

from collections.abc import Callable
from typing import Any

from django.conf import settings
from django.contrib.auth import logout
from django.http import HttpRequest, HttpResponseBase, JsonResponse
from django.shortcuts import redirect
from django.utils import timezone, translation
from django.utils.cache import patch_vary_headers
from django.utils.translation import gettext as _

from accounts.language import chosen_language
from core.context import enter

STARTED = "started"
SEEN = "seen"
SEEN_EVERY = 60
ALWAYS_OPEN = {"account_logout", "set_language", "account_reauthenticate", "account_change_password"}
ENROL = "mfa_activate_totp"
ENROLMENT = {"mfa_index", ENROL}

GetResponse = Callable[[HttpRequest], HttpResponseBase]


class SessionLimitsMiddleware:
    """End a session that was idle, or open, for too long; sign-in again keeps nothing of it.

    With the session the browser forgets its pages: on a shared computer "Back" shows nobody what was read.
    """

    def __init__(self, get_response: GetResponse) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponseBase:
        inside = self._is_inside(request)
        if inside:
            self._check(request)
        response = self.get_response(request)
        if inside and not self._is_inside(request):
            response.headers["Clear-Site-Data"] = '"cache"'
        return response

    def _is_inside(self, request: HttpRequest) -> bool:
        return "_auth_user_id" in request.session

    def _check(self, request: HttpRequest) -> None:
        now = int(timezone.now().timestamp())
        session = request.session
        started, seen = session.get(STARTED, now), session.get(SEEN, now)
        if now - started > settings.SESSION_ABSOLUTE_SECONDS or now - seen > settings.SESSION_IDLE_SECONDS:
            logout(request)
        elif SEEN not in session or now - seen >= SEEN_EVERY:
            session[STARTED], session[SEEN] = started, now


class LanguageMiddleware:
    """The person's choice, else the cookie, else Accept-Language, else Khmer; digits follow the context entered here."""

    def __init__(self, get_response: GetResponse) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponseBase:
        enter(request.user)
        language = chosen_language(request)
        translation.activate(language)
        request.LANGUAGE_CODE = language
        response = self.get_response(request)
        patch_vary_headers(response, ("Accept-Language", "Cookie"))
        response.headers.setdefault("Content-Language", translation.get_language() or language)
        return response


class SecondFactorMiddleware:
    """Let a person without their own password or second factor reach only what sets them up.

    `SECOND_FACTOR_REQUIRED` is off only with DEMO=1.
    """

    def __init__(self, get_response: GetResponse) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponseBase:
        return self.get_response(request)

    def process_view(self, request: HttpRequest, view: Any, args: Any, kwargs: Any) -> HttpResponseBase | None:
        """Redirect a page, refuse an API call; answer None where nothing is missing."""
        user: Any = request.user
        route = request.resolver_match.view_name if request.resolver_match else ""
        if not user.is_authenticated or route in ALWAYS_OPEN:
            return None
        missing = missing_setup(user)
        if missing is None or (missing == ENROL and route in ENROLMENT):
            return None
        return refuse(request, missing)


def missing_setup(user: Any) -> str | None:
    """Give the route where this person still has to set something up: an own password first, then a second factor."""
    if user.must_change_password:
        return "account_change_password"
    if settings.SECOND_FACTOR_REQUIRED and not user.has_second_factor:
        return ENROL
    return None


def refuse(request: HttpRequest, route: str) -> HttpResponseBase:
    """Send a page where the missing thing is set up; tell a program that it is missing."""
    if request.path.startswith("/api/"):
        return JsonResponse({"detail": _("Finish setting up your account on its page first.")}, status=403)
    return redirect(route)
