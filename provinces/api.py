"""Provinces and sites for programs: `COLLECTIONS` is what the router of the API registers."""

from __future__ import annotations

from typing import Any
from uuid import uuid4

from django.core.exceptions import ValidationError
from django.utils.translation import gettext as _
from drf_spectacular.utils import OpenApiParameter, extend_schema, inline_serializer
from rest_framework import serializers
from rest_framework.decorators import action
from rest_framework.request import Request
from rest_framework.response import Response

from core.api import Api, created
from provinces.filters import SiteFilter
from provinces.models import Commune, District, Province, Site
from provinces.services import add_site, edit_site, find_province, resolve_places
from provinces.services.sites import LONGEST_NAME, MOST_ALIASES
from provinces.views.sites import SORTS
from workflow.services import submit_once

KEY = OpenApiParameter("Idempotency-Key", str, OpenApiParameter.HEADER, description="8 to 80 plain characters")


class ProvinceSerializer(serializers.ModelSerializer[Province]):
    class Meta:
        model = Province
        fields = ("code", "iso", "name_km", "name_en", "kind")


class DistrictSerializer(serializers.ModelSerializer[District]):
    class Meta:
        model = District
        fields = ("code", "name_km", "name_en", "kind")


class CommuneSerializer(serializers.ModelSerializer[Commune]):
    class Meta:
        model = Commune
        fields = ("code", "district", "name_km", "name_en", "kind")


def whole(name: str, serializer: type[serializers.ModelSerializer[Any]]) -> Any:
    """Describe a list that is never cut into pages."""
    link = serializers.URLField(allow_null=True)
    return inline_serializer(name, {"next": link, "previous": link, "results": serializer(many=True)})


class ProvinceApi(Api):
    """The provinces, their districts and communes; short lists that come whole."""

    permission = "place.read"
    queryset = Province.objects.choosable()
    serializer_class = ProvinceSerializer
    lookup_field = "code"
    lookup_value_regex = "[0-9]{2}"

    def get_queryset(self) -> Any:
        """Return every province; their names are open to staff."""
        return Province.objects.choosable()

    @extend_schema(responses=whole("Provinces", ProvinceSerializer), parameters=[])
    def list(self, request: Request) -> Response:
        """List the provinces."""
        self.refuse_unknown_filters()
        return self.whole(self.get_queryset(), ProvinceSerializer)

    def retrieve(self, request: Request, code: str) -> Response:
        """Show one province."""
        return Response(self.get_serializer(self.get_object()).data)

    @extend_schema(responses=whole("Districts", DistrictSerializer))
    @action(detail=True, pagination_class=None)
    def districts(self, request: Request, code: str) -> Response:
        """List the districts of a province."""
        return self.whole(self.get_object().districts.current(), DistrictSerializer)

    @extend_schema(responses=whole("Communes", CommuneSerializer))
    @action(detail=True, pagination_class=None)
    def communes(self, request: Request, code: str) -> Response:
        """List the communes of a province."""
        communes = Commune.objects.current().filter(district__province=self.get_object())
        return self.whole(communes, CommuneSerializer)

    def whole(self, rows: Any, serializer: type[serializers.ModelSerializer[Any]]) -> Response:
        """Answer all rows in the shape of every collection."""
        return Response({"next": None, "previous": None, "results": serializer(rows, many=True).data})


class SiteSerializer(serializers.Serializer[Site]):
    """A site as it is read and, without reference and times, as it is sent."""

    reference = serializers.CharField(read_only=True)
    name_km = serializers.CharField(max_length=LONGEST_NAME, allow_blank=True, required=False)
    name_en = serializers.CharField(max_length=LONGEST_NAME, allow_blank=True, required=False)
    aliases = serializers.ListField(
        child=serializers.CharField(max_length=LONGEST_NAME),
        max_length=MOST_ALIASES,
        required=False,
        source="other_names",
    )
    province = serializers.CharField(max_length=120, source="province_id", help_text="code or any known name")
    district = serializers.CharField(max_length=120, source="district_id", allow_null=True, required=False)
    commune = serializers.CharField(max_length=120, source="commune_id", allow_null=True, required=False)
    national_led = serializers.BooleanField(required=False, help_text="shown to the ministry only")
    merged_into = serializers.CharField(read_only=True, source="merged_into.reference", default=None)
    version = serializers.IntegerField(required=False, min_value=1, max_value=2**31 - 1, help_text="needed to edit")
    updated_at = serializers.DateTimeField(read_only=True)

    def to_representation(self, instance: Site) -> dict[str, Any]:
        """Leave out who leads for readers outside the ministry."""
        data: dict[str, Any] = super().to_representation(instance)
        if not self.context["request"].user.is_ministry:
            del data["national_led"]
        return data


class SiteApi(Api):
    """Sites: list, filter, page, add, edit with `version`."""

    permission = "site.read"
    permissions = {"create": "site.add", "partial_update": "site.manage"}
    queryset = Site.objects.all()
    serializer_class = SiteSerializer
    filterset_class = SiteFilter
    sorts = SORTS

    def get_queryset(self) -> Any:
        """Return the sites staff may name; merged ones only by their reference."""
        sites = Site.objects.visible_to(self.request.user).for_page()
        return sites.live() if self.action in ("list", "partial_update") else sites

    @extend_schema(parameters=[KEY], responses={201: SiteSerializer})
    def create(self, request: Request) -> Response:
        """Add a site; the same key with the same body answers the same site."""
        serializer = self.get_serializer(data=request.data)
        serializer.is_valid(raise_exception=True)
        site, _made = submit_once(
            request.headers.get("Idempotency-Key") or uuid4().hex,
            by=request.user,
            route="sites",
            body=serializer.validated_data,
            make=lambda: add_site(by=request.user, **placed(serializer.validated_data, None)),
            find=lambda reference: Site.objects.visible_to(request.user).filter(reference=reference).first(),
        )
        return created(self.get_serializer(site).data)

    def partial_update(self, request: Request, reference: str) -> Response:
        """Change a site; `version` is the one that was read."""
        site = self.get_object()
        serializer = self.get_serializer(data=request.data, partial=True)
        serializer.is_valid(raise_exception=True)
        data = dict(serializer.validated_data)
        if "version" not in data:
            raise ValidationError({"version": [_("Send the version you read.")]})
        edited = edit_site(site, by=request.user, version=data["version"], **placed(data, site))
        return Response(self.get_serializer(edited).data)


def placed(data: dict[str, Any], site: Site | None) -> dict[str, Any]:
    """Turn what was sent into the fields of a site; codes and names become places that lie in each other."""
    fields = {name: data[name] for name in ("name_km", "name_en", "national_led") if name in data}
    if "other_names" in data:
        fields["aliases"] = data["other_names"]
    levels = ("province_id", "district_id", "commune_id")
    if not any(level in data for level in levels):
        return fields
    code = {level: data.get(level, getattr(site, level, None)) or "" for level in levels}
    province = find_province(code["province_id"])
    if province is None:
        raise ValidationError({"province": [_("Choose one of the 25 provinces.")]})
    found = resolve_places(province=province, district=code["district_id"], commune=code["commune_id"])
    return fields | found._asdict()


COLLECTIONS = (("provinces", ProvinceApi, "province"), ("sites", SiteApi, "site"))
