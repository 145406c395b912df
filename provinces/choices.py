"""The provinces as a form or a question offers them."""

from provinces.models import Province


def province_choices(_about: object = None) -> list[tuple[str, str]]:
    """Return the provinces as (code, name), in the reader's language."""
    return [(province.code, province.name) for province in Province.objects.choosable()]
