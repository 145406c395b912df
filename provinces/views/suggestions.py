"""Names offered while somebody types: JSON, or the options themselves for htmx."""

from __future__ import annotations

from typing import Any

from django.http import HttpRequest, HttpResponse, JsonResponse
from django.utils.cache import patch_vary_headers

from core.text import clean
from core.views import Page
from provinces.models import Commune, District, Province, Site
from provinces.services import find_places, find_province, find_sites, resolve_places

MOST = 60


class Suggestions(Page):
    """Answer `{"results": [...]}`; `above` and `typed` say under which names the form sends its fields."""

    def get(self, request: HttpRequest) -> HttpResponse:
        options = self.options()
        answer: HttpResponse
        if request.headers.get("HX-Request"):
            answer = self.render("provinces/options.html", {"options": options})
        else:
            answer = JsonResponse({"results": options})
        patch_vary_headers(answer, ("HX-Request",))
        return answer

    def options(self) -> list[dict[str, str]]:
        """Give value, label and the two names of each suggestion."""
        raise NotImplementedError

    def typed(self) -> str:
        """Give what stands in the field."""
        return clean(self.request.GET.get(self.request.GET.get("typed", "q"), ""))[:200]

    def above(self, number: int, name: str) -> str:
        """Give the value of the field above: the name is in `above`, else it is `name`."""
        names = self.request.GET.getlist("above")
        return clean(self.request.GET.get(names[number] if number < len(names) else name, ""))[:120]

    def province(self) -> Province | None:
        """Give the province chosen above, by code or name."""
        return find_province(self.above(0, "province"))


class DistrictNames(Suggestions):
    permission = "place.read"

    def options(self) -> list[dict[str, str]]:
        if province := self.province():
            return [of_place(place) for place in province.districts.current()]
        return [of_place(place) for place in find_places(self.typed()) if isinstance(place, District)]


class CommuneNames(Suggestions):
    permission = "place.read"

    def options(self) -> list[dict[str, str]]:
        province = self.province()
        if district := self.district(province):
            return [of_place(place) for place in district.communes.current()]
        found = find_places(self.typed(), province, limit=MOST)
        return [of_place(place) for place in found if isinstance(place, Commune)]

    def district(self, province: Province | None) -> District | None:
        """Give the district chosen above, None while it is not one."""
        try:
            return resolve_places(province=province, district=self.above(1, "district")).district
        except ValueError:
            return None


class SiteNames(Suggestions):
    permission = "site.read"

    def options(self) -> list[dict[str, str]]:
        found = find_sites(self.typed(), user=self.request.user, province=self.province())
        return [of_site(site) for site in found]


def of_place(place: District | Commune) -> dict[str, str]:
    """Give one district or commune; a name that stands more than once carries its code."""
    label = f"{place.other_name} · {place.get_kind_display()}"
    return {"code": place.code, "value": place.name, "label": label, **names(place)}


def of_site(site: Site) -> dict[str, str]:
    """Give one site; its reference stands behind the name, so that the form means this one."""
    where = " · ".join(str(part) for part in (site.other_name, site.district, site.province) if part)
    return {"reference": site.reference, "value": f"{site.name} · {site.reference}", "label": where, **names(site)}


def names(named: Any) -> dict[str, str]:
    """Give both names."""
    return {"name_km": named.name_km, "name_en": named.name_en}
