"""The six languages of the public pages: chosen by the address, else by the browser, never kept."""

from collections.abc import Mapping

from django.http import HttpRequest
from django.utils.translation.trans_real import parse_accept_lang_header

NAMES = {
    "km": "ខ្មែរ",
    "en": "English",
    "vi": "Tiếng Việt",
    "zh-hans": "中文",
    "th": "ไทย",
    "id": "Bahasa Indonesia",
}
READ = ("km", "en")  # languages of the staff, who read them every day
UNREAD = tuple(code for code in NAMES if code not in READ)


def name_of(code: str) -> str:
    """Return a language's name as its speakers write it; empty for one we do not speak."""
    return NAMES.get(code, "")


def chosen(request: HttpRequest) -> str:
    """Return the language asked for by `?lang=`, else the first of the browser's that we speak, else Khmer."""
    asked = known(request.GET.get("lang", ""))
    return asked or accepted(request.META)


def accepted(meta: Mapping[str, str]) -> str:
    """Return the first language of Accept-Language that we speak, else Khmer."""
    for code, _quality in parse_accept_lang_header(meta.get("HTTP_ACCEPT_LANGUAGE", "")):
        if found := known(code):
            return found
    return "km"


def known(code: str) -> str:
    """Return our code of a language, whatever country or script is said with it; Chinese is always written simply."""
    first = code.lower().replace("_", "-").partition("-")[0]
    first = "zh-hans" if first == "zh" else first
    return first if first in NAMES else ""
