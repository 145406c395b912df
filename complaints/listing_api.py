"""Entering the list of names of a message, for programs: who each may be, then all of it or nothing, by the service of the page."""

from collections.abc import Callable, Mapping
from typing import Any
from uuid import uuid4

from django.core.exceptions import ValidationError
from django.utils.translation import gettext as _
from drf_spectacular.utils import extend_schema
from rest_framework import serializers
from rest_framework.decorators import action
from rest_framework.request import Request
from rest_framework.response import Response

from complaints.models import Contact, NameList
from complaints.names import with_names
from complaints.names_api import NameListSerializer
from complaints.presenters.names import name_previews, place_previews
from complaints.said_serializers import EMPTY
from complaints.services.names import MOST_PLACES, Named, Place, enter_names
from complaints.sheet import read_said
from core.api import StrictSerializer, created
from core.sheets import MOST_CELL, MOST_ROWS

FIELDS = {"province_of_incident": "places"}  # of an error, as the body has them


class ListedNameSerializer(StrictSerializer):
    """A row of the list; each cell is read as in a file (sex as M or F, a country by code or name, birth as a day or a year)."""

    name = serializers.CharField(max_length=MOST_CELL)
    other_name = serializers.CharField(**EMPTY, max_length=MOST_CELL)
    sex = serializers.CharField(**EMPTY, max_length=MOST_CELL)
    age = serializers.IntegerField(required=False, allow_null=True, min_value=0, max_value=120)
    born = serializers.CharField(**EMPTY, max_length=MOST_CELL)
    nationality = serializers.CharField(**EMPTY, max_length=MOST_CELL)
    passport = serializers.CharField(**EMPTY, max_length=60)
    place = serializers.CharField(**EMPTY, max_length=MOST_CELL)


class NameEnteredSerializer(ListedNameSerializer):
    """A row of the list, and the reference of the person it was found to be; without one it is somebody new."""

    known = serializers.CharField(**EMPTY, max_length=20)


class PlaceSaidSerializer(StrictSerializer):
    """Where the new names of a place go: a complaint that is there, or a new one about a province (empty: not known)."""

    place = serializers.CharField(allow_blank=True, max_length=MOST_CELL)
    complaint = serializers.CharField(**EMPTY, max_length=20)
    province = serializers.CharField(**EMPTY, max_length=2)


class ListReadSerializer(StrictSerializer):
    """A list of names, to be looked up."""

    rows = serializers.ListField(child=ListedNameSerializer(), allow_empty=False, max_length=MOST_ROWS)


class ListEnteredSerializer(StrictSerializer):
    """A list of names: who sent it (a partner's reference), its rows, and where each place goes."""

    partner = serializers.CharField(**EMPTY, max_length=20)
    rows = serializers.ListField(child=NameEnteredSerializer(), allow_empty=False, max_length=MOST_ROWS)
    places = serializers.ListField(child=PlaceSaidSerializer(), required=False, max_length=MOST_PLACES)


class LikelyPerson(serializers.Serializer[Any]):
    """A person the reader may see who may be meant: the reference to send as `known`, and who that is, in words."""

    person = serializers.CharField(source="value")
    words = serializers.CharField(source="label")


class LikelyRow(serializers.Serializer[Any]):
    """A row and who it may be, the likeliest first; nobody is chosen."""

    line = serializers.IntegerField(source="row.line")
    likely = LikelyPerson(many=True, source="options")


class ProposedPlace(serializers.Serializer[Any]):
    """A place of the list, how many names it has, and the province its words name (empty: none, or several)."""

    place = serializers.CharField()
    names = serializers.IntegerField(source="n")
    province = serializers.CharField(source="to.province")


class LikelyAnswer(serializers.Serializer[Any]):
    """What the page proposes of a list; there are no pages."""

    rows = LikelyRow(many=True)
    places = ProposedPlace(many=True)


class ListingMixin:
    """`POST …/names/` and `POST …/names/likely/`."""

    get_object: Callable[[], Contact]
    audit: Callable[..., None]
    said: Callable[[type[StrictSerializer]], dict[str, Any]]

    @extend_schema(request=ListEnteredSerializer, responses={201: NameListSerializer})
    @action(detail=True, methods=["post"], pagination_class=None, filter_backends=[])
    def names(self, request: Request, reference: str) -> Response:
        """Enter the list of a message that waits: all of it or nothing; the same key with the same body enters it once.

        What is wrong is said by row and column (`rows.3.sex`). 409 where the message was dealt with, or has its list.
        """
        contact, said = self.get_object(), self.said(ListEnteredSerializer)
        rows = read_said([_cells(row) for row in said["rows"]])
        known = [(one.get("known") or "").strip().upper() for one in said["rows"]]
        named = [Named(row, reference) for row, reference in zip(rows, known, strict=True)]
        key = request.headers.get("Idempotency-Key", "").strip() or uuid4().hex
        places = _places(said.get("places", ()), {row.place for row in rows})
        try:
            made = enter_names(contact, named, places, partner=said.get("partner") or "", by=request.user, key=key)
        except ValidationError as error:
            raise _as_sent(error) from None
        self.audit("read", made)
        seen = with_names(NameList.objects.visible_to(request.user))
        return created(NameListSerializer(seen.get(pk=made.pk)).data)

    @extend_schema(request=ListReadSerializer, responses=LikelyAnswer)
    @action(detail=True, methods=["post"], url_path="names/likely", pagination_class=None, filter_backends=[])
    def names_likely(self, request: Request, reference: str) -> Response:
        """Say who each name may be of those the reader may see, and which province a place names; nothing is written."""
        self.get_object()
        rows = read_said([_cells(row) for row in self.said(ListReadSerializer)["rows"]])
        found = name_previews(rows, {}, request.user)
        self.audit("search", NameList, detail={"page": "names", "rows": len(rows)})
        return Response(LikelyAnswer({"rows": found, "places": place_previews(found, {})}).data)


def _cells(said: Mapping[str, Any]) -> dict[str, str]:
    """Return the columns of a row with their texts."""
    return {name: str(value) for name, value in said.items() if name != "known" and value not in (None, "")}


def _places(said: Any, there: set[str]) -> dict[str, Place]:
    """Return where each place goes; raises ValidationError for one that no row has, or that is said twice."""
    found: dict[str, Place] = {}
    for n, one in enumerate(said):
        place = " ".join(one["place"].split())
        if place not in there or place in found:
            raise ValidationError({f"places.{n}.place": [_("Name each place of the rows once, as they have it.")]})
        found[place] = Place(complaint=one.get("complaint") or "", province=one.get("province") or "")
    return found


def _as_sent(error: ValidationError) -> ValidationError:
    """Name what is wrong as the body names it."""
    by_field = error.message_dict if hasattr(error, "error_dict") else {"detail": error.messages}
    return ValidationError({FIELDS.get(name, name): texts for name, texts in by_field.items()})
