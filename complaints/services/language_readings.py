"""Which languages of the public pages a native speaker has read, and the signing of it."""

from dataclasses import dataclass
from functools import cache
from hashlib import sha256
from pathlib import Path
from typing import Any

from django.conf import settings
from django.core.exceptions import PermissionDenied, ValidationError
from django.db import transaction
from django.utils.translation import gettext as _
from django.utils.translation import to_locale

from audit.services import record
from complaints.channels.public.languages import NAMES, UNREAD
from complaints.models import LanguageReading
from core.text import clean

SIGN = "language.sign"
LONGEST = 200


@dataclass(frozen=True)
class Language:
    """A language of the public pages, and who read it last; stale where its words have changed since."""

    code: str
    name: str
    reading: LanguageReading | None
    is_stale: bool

    @property
    def is_read(self) -> bool:
        """Return whether a native speaker has read it as it stands."""
        return self.reading is not None and not self.is_stale


@cache
def words_of(code: str) -> str:
    """Return the digest of a language's words, so that one signs for what one has read."""
    path = Path(settings.LOCALE_PATHS[0]) / to_locale(code) / "LC_MESSAGES" / "django.po"
    return sha256(path.read_bytes()).hexdigest() if path.is_file() else ""


def languages() -> list[Language]:
    """Return the languages that staff do not read every day; one query."""
    newest: dict[str, LanguageReading] = {}
    for row in LanguageReading.objects.filter(language__in=UNREAD).select_related("by").order_by("at", "pk"):
        newest[row.language] = row
    return [_language(code, newest.get(code)) for code in UNREAD]


def _language(code: str, row: LanguageReading | None) -> Language:
    return Language(code, NAMES[code], row, row is not None and row.words_sha256 != words_of(code))


@transaction.atomic
def sign_language(code: str, *, reader: str, by: Any) -> LanguageReading:
    """Sign that a native speaker, `reader`, has read the public pages in a language as they stand today.

    Raises PermissionDenied, ValidationError by field.
    """
    if not by.may(SIGN):
        raise PermissionDenied(_("Your role does not allow this. Ask your supervisor."))
    reader = clean(reader)
    if code not in UNREAD:
        raise ValidationError({"language": [_("Choose a language of the public pages.")]})
    if not reader or len(reader) > LONGEST:
        raise ValidationError({"reader": [_("Say who read it, in at most %(most)s characters.") % {"most": LONGEST}]})
    row = LanguageReading.objects.create(language=code, words_sha256=words_of(code), reader=reader, by=by)
    record("language.sign", by=by, about=row, detail={"language": code})
    return row
