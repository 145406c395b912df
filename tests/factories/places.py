"""Sites as tests need them; provinces, districts and communes come from the gazetteer itself."""

from typing import Any

from provinces.models import Commune, District, Province, Site
from provinces.services import add_site
from tests.factories.accounts import PSH


def a_site(by: Any, name_en: str = "Jin Bei", province: str = PSH, **fields: Any) -> Site:
    """Add a site through the service; `district` and `commune` are codes."""
    for level, model in (("district", District), ("commune", Commune)):
        if level in fields:
            fields[level] = model.objects.get(pk=fields[level])
    return add_site(by=by, province=Province.objects.get(pk=province), name_en=name_en, **fields)
