"""A copy on paper: its form, its language, its name, and whose it is."""

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

from django.http import HttpResponse, QueryDict
from django.urls import reverse
from django.utils.translation import get_language, override
from django.utils.translation import gettext as _

from reports.papers import FORMS
from reports.papers.shape import Paper
from reports.sentences import LANGUAGES

NAMES = {"docx": "DOCX", "xlsx": "XLSX", "pdf": "PDF"}


@dataclass(frozen=True)
class Copy:
    """What is asked for: docx, xlsx or pdf; km or en; the name of the file without its ending."""

    form: str
    language: str
    name: str


def language_of(params: QueryDict) -> str:
    """Return the language a copy is asked for in; the reader's own unless told."""
    asked = params.get("language", "")
    own = (get_language() or "km")[:2]
    return asked if asked in LANGUAGES else own if own in LANGUAGES else "km"


def copies(route: str, *args: str, query: str = "") -> list[dict[str, Any]]:
    """Return the addresses of the copies of a page: for each language its forms."""
    found = []
    for language in LANGUAGES:
        asked = "&".join(part for part in (query, f"language={language}") if part)
        links = [
            {"name": word, "url": f"{reverse(f'{route}_{form}', args=args)}?{asked}"} for form, word in NAMES.items()
        ]
        found.append({"language": language, "links": links})
    return found


def as_form(form: str, paper: Paper) -> bytes:
    """Write a paper in a form; raises NoPaper."""
    return FORMS[form][0](paper)


def written(copy: Copy, make: Callable[[], bytes]) -> HttpResponse:
    """Answer a copy as a file to keep, made in its language; raises NoPaper."""
    kind = FORMS[copy.form][1]
    with override(copy.language):
        body = make()
    named = f'attachment; filename="{copy.name}-{copy.language}.{copy.form}"'
    return HttpResponse(body, content_type=kind, headers={"Content-Disposition": named})


def reader(user: Any) -> str:
    """Say who asks for a copy, by name and as they sign in."""
    return f"{user.display_name} ({user.username})"


def source() -> str:
    """Say where the figures are from."""
    return f"{_('Sangkroh')}, {_('Ministry of Interior')}"
