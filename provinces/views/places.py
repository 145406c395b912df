"""The administrator's pages of the gazetteer: provinces, one province, and other names of places."""

from __future__ import annotations

from django import forms
from django.contrib import messages
from django.db.models import Count, Q
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.utils.translation import gettext as _

from core.views import Page
from provinces.forms import AliasForm
from provinces.models import Commune, District, Gazetteer, Place, PlaceAlias, Province
from provinces.services import add_alias, find_places, remove_alias

CURRENT = Q(districts__retired_on=None)


class PlaceList(Page):
    permission = "place.manage"

    def get(self, request: HttpRequest) -> HttpResponse:
        provinces = Province.objects.choosable().annotate(
            n_districts=Count("districts", filter=CURRENT, distinct=True),
            n_communes=Count("districts__communes", filter=CURRENT & Q(districts__communes__retired_on=None)),
        )
        text = request.GET.get("q", "")
        return self.render(
            "provinces/place_list.html",
            {
                "provinces": [] if text else provinces,
                "found": find_places(text, limit=50) if text else [],
                "text": text,
                "loaded": Gazetteer.objects.first(),
            },
        )


class PlaceDetail(Page):
    permission = "place.manage"

    def get(self, request: HttpRequest, code: str) -> HttpResponse:
        return self.page(place_of(code), AliasForm())

    def post(self, request: HttpRequest, code: str) -> HttpResponse:
        place, form = place_of(code), AliasForm(request.POST)
        if not form.is_valid():
            return self.page(place, form, 400)
        try:
            alias = add_alias(place, form.cleaned_data["text"], by=request.user)
        except forms.ValidationError as error:
            form.add_error("text", error.messages)
            return self.page(place, form, 400)
        messages.info(request, _("“%(name)s” now finds this place.") % {"name": alias.text})
        return redirect("places:detail", place.code)

    def page(self, place: Place, form: AliasForm, status: int = 200) -> HttpResponse:
        """Show the place, what lies in it and its names."""
        inside = {2: "districts", 4: "communes"}.get(len(place.code))
        return self.render(
            "provinces/place.html",
            {
                "place": place,
                "chain": chain(place),
                "inside": getattr(place, inside).current() if inside else [],
                "aliases": PlaceAlias.objects.filter(code=place.code),
                "form": form,
            },
            status=status,
        )


class AliasRemove(Page):
    permission = "place.manage"

    def post(self, request: HttpRequest, code: str, pk: int) -> HttpResponse:
        alias = get_object_or_404(PlaceAlias, pk=pk, code=code)
        remove_alias(alias, by=request.user)
        messages.info(request, _("“%(name)s” no longer finds this place.") % {"name": alias.text})
        return redirect("places:detail", code)


def place_of(code: str) -> Place:
    """Fetch a province, district or commune by its code."""
    model = {2: Province, 4: District, 6: Commune}.get(len(code))
    if model is None:
        raise Http404
    place: Place = get_object_or_404(model.objects.choosable(), code=code)
    return place


def chain(place: Place) -> list[Place]:
    """Give what lies above a place, the province first."""
    if isinstance(place, Commune):
        return [*chain(place.district), place.district]
    return [place.province] if isinstance(place, District) else []
