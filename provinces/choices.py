"""The provinces as a form or a question offers them."""

from collections.abc import Callable
from typing import Any

from provinces.models import Province


def province_choices(_about: object = None) -> list[tuple[str, str]]:
    """Return the provinces as (code, name), in the reader's language."""
    return [(province.code, province.name) for province in Province.objects.choosable()]


def choices_once(request: Any, make: Callable[[], list[tuple[str, str]]] = province_choices) -> list[tuple[str, str]]:
    """Return the choices of a table, asked once a request, however many filters of it are built."""
    name = make.__name__
    found: list[tuple[str, str]] | None = getattr(request, name, None)
    if found is None:
        found = make()
        setattr(request, name, found)
    return found
