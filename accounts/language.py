"""Which language and which digits a page is written in."""

from typing import Any

from django.conf import settings
from django.http import HttpRequest
from django.utils.translation import get_supported_language_variant
from django.utils.translation.trans_real import parse_accept_lang_header

STAFF_LANGUAGES = ("km", "en")


def chosen_language(request: HttpRequest) -> str:
    """Give the person's choice, else the cookie's, else the browser's, else Khmer."""
    user: Any = request.user
    if user.is_authenticated and user.language:
        return str(user.language)
    cookie = request.COOKIES.get(settings.LANGUAGE_COOKIE_NAME, "")
    return cookie if cookie in STAFF_LANGUAGES else accepted_language(request)


def accepted_language(request: HttpRequest) -> str:
    """Give the first language of Accept-Language that staff pages speak, else Khmer."""
    for code, _quality in parse_accept_lang_header(request.META.get("HTTP_ACCEPT_LANGUAGE", "")):
        try:
            variant = get_supported_language_variant(code)
        except LookupError:
            continue
        if variant in STAFF_LANGUAGES:
            return variant
    return "km"
