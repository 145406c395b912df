"""The languages callers speak: a code for tables, the name as its speakers write it (kept with a contact), and a name to choose by."""

from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

SPOKEN = {
    "km": ("ខ្មែរ", pgettext_lazy("language", "Khmer")),
    "vi": ("Tiếng Việt", pgettext_lazy("language", "Vietnamese")),
    "zh": ("中文", pgettext_lazy("language", "Chinese")),
    "th": ("ไทย", pgettext_lazy("language", "Thai")),
    "en": ("English", pgettext_lazy("language", "English")),
    "lo": ("ລາວ", pgettext_lazy("language", "Lao")),
    "my": ("မြန်မာ", pgettext_lazy("language", "Burmese")),
    "id": ("Bahasa Indonesia", pgettext_lazy("language", "Indonesian")),
    "tl": ("Tagalog", pgettext_lazy("language", "Tagalog")),
    "hi": ("हिन्दी", pgettext_lazy("language", "Hindi")),
    "bn": ("বাংলা", pgettext_lazy("language", "Bengali")),
}
LANGUAGES = tuple(own for own, _name in SPOKEN.values())
CHOICES = [(code, name) for code, (_own, name) in SPOKEN.items()]
OTHER = ("", _("Another language"))


def own_name(code: str) -> str:
    """Return a language's own name; nothing for a code that is none of them."""
    return SPOKEN[code][0] if code in SPOKEN else ""


def both_names() -> list[tuple[str, str]]:
    """Return the languages to choose from: the reader's word first, so that a letter typed finds it."""
    return [(code, str(name) if str(name) == own else f"{name} – {own}") for code, (own, name) in SPOKEN.items()]
