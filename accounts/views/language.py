"""The language switch, for everybody, signed in or not."""

from typing import Any

from django.conf import settings
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.utils.http import url_has_allowed_host_and_scheme

from accounts.language import STAFF_LANGUAGES
from accounts.services import choose_display
from core.views import Page

YEAR = 365 * 24 * 3600


class SetLanguage(Page):
    """Store the choice in the cookie and, for who is signed in, on the person; go back to where they were."""

    public = True

    def post(self, request: HttpRequest) -> HttpResponse:
        """Set the language; an unknown one changes nothing."""
        language = request.POST.get("language", "")
        user: Any = request.user
        response = HttpResponseRedirect(self.back())
        if language in STAFF_LANGUAGES:
            response.set_cookie(
                settings.LANGUAGE_COOKIE_NAME,
                language,
                max_age=YEAR,
                httponly=True,
                samesite="Lax",
                secure=request.is_secure(),
            )
            if user.is_authenticated:
                choose_display(user, language=language)
        return response

    def back(self) -> str:
        """Give the page to return to: `next` or the referring page when it is ours, else the work page."""
        for url in (self.request.POST.get("next", ""), self.request.headers.get("referer", "")):
            if url and url_has_allowed_host_and_scheme(url, {self.request.get_host()}, self.request.is_secure()):
                return url
        return "/"
