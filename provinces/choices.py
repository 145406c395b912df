"""The provinces as a form or a question offers them."""

from typing import Any

from provinces.models import Province


def province_choices(_about: object = None) -> list[tuple[str, str]]:
    """Return the provinces as (code, name), in the reader's language."""
    return [(province.code, province.name) for province in Province.objects.choosable()]


def choices_once(request: Any) -> list[tuple[str, str]]:
    """Return the same, asked once a request, however many filters of it are built."""
    found: list[tuple[str, str]] | None = getattr(request, "province_choices", None)
    if found is None:
        found = request.province_choices = province_choices()
    return found
