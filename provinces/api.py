"""Provinces and sites for programs: `COLLECTIONS` is what the router of the API registers."""

from __future__ import annotations

from typing import Any, ClassVar

from django.core.exceptions import ValidationError
from django.utils.translation import gettext as _
from drf_spectacular.utils import (
    extend_schema,
    extend_schema_field,
    extend_schema_serializer,
    extend_schema_view,
    inline_serializer,
)
from rest_framework import serializers
from rest_framework.decorators import action
from rest_framework.request import Request
from rest_framework.response import Response

from core.api import Api, StrictSerializer, created
from provinces.filters import SiteFilter
from provinces.models import Commune, District, Measure, Province, Sector, Site
from provinces.models.site import SiteQuerySet
from provinces.presenters import companies_of, measures_of
from provinces.services import add_site, edit_site, find_province, resolve_places
from provinces.services.sites import LONGEST_NAME, MOST_ALIASES
from provinces.views.sites import LEVELS, SORTS
from workflow.api import OnceMixin


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


def whole(name: str, rows: type[serializers.ModelSerializer[Any]]) -> Any:
    """Describe a list that is never cut into pages."""
    links = {link: serializers.URLField(allow_null=True) for link in ("next", "previous")}
    answer = inline_serializer(name, {**links, "results": rows(many=True)})
    return extend_schema_serializer(many=False)(type(answer))


class ProvinceApi(Api):
    """The provinces, their districts and communes; short lists that come whole."""

    permission = "place.read"
    queryset = Province.objects.choosable()
    serializer_class = ProvinceSerializer
    pagination_class = None  # type: ignore[assignment]
    lookup_field = "code"
    lookup_value_regex = "[0-9]{2}"

    def get_queryset(self) -> Any:
        """Return every province; their names are open to staff."""
        return Province.objects.choosable()

    @extend_schema(responses=whole("Provinces", ProvinceSerializer))
    def list(self, request: Request) -> Response:
        """List the provinces."""
        self.refuse_unknown_filters()
        return self.whole(self.get_queryset(), ProvinceSerializer)

    def retrieve(self, request: Request, code: str) -> Response:
        """Show one province."""
        return Response(self.get_serializer(self.get_object()).data)

    @extend_schema(responses=whole("Districts", DistrictSerializer))
    @action(detail=True)
    def districts(self, request: Request, code: str) -> Response:
        """List the districts of a province."""
        return self.whole(self.get_object().districts.current(), DistrictSerializer)

    @extend_schema(responses=whole("Communes", CommuneSerializer))
    @action(detail=True)
    def communes(self, request: Request, code: str) -> Response:
        """List the communes of a province."""
        communes = Commune.objects.current().filter(district__province=self.get_object())
        return self.whole(communes, CommuneSerializer)

    def whole(self, rows: Any, serializer: type[serializers.ModelSerializer[Any]]) -> Response:
        """Answer all rows in the shape of every collection."""
        return Response({"next": None, "previous": None, "results": serializer(rows, many=True).data})


class SiteSerializer(serializers.Serializer[Site]):
    """A site; who leads it is shown to the ministry only."""

    reference = serializers.CharField()
    name_km = serializers.CharField()
    name_en = serializers.CharField()
    aliases = serializers.ListField(child=serializers.CharField(), source="other_names")
    province = serializers.CharField(source="province_id")
    district = serializers.CharField(source="district_id", allow_null=True)
    commune = serializers.CharField(source="commune_id", allow_null=True)
    national_led = serializers.BooleanField(required=False)
    merged_into = serializers.CharField(source="merged_into.reference", default=None, allow_null=True)
    version = serializers.IntegerField()
    updated_at = serializers.DateTimeField()

    def to_representation(self, instance: Site) -> dict[str, Any]:
        """Leave out who leads for readers outside the ministry."""
        data: dict[str, Any] = super().to_representation(instance)
        if not self.context["request"].user.is_ministry:
            del data["national_led"]
        return data


class CompanySerializer(serializers.Serializer[Any]):
    """A company at a site."""

    name_km = serializers.CharField()
    name_en = serializers.CharField()
    registration = serializers.CharField()


class MeasureSerializer(serializers.Serializer[Any]):
    """What an authority did at a site; `company` names who it was against, null for the whole site."""

    kind = serializers.ChoiceField(choices=Measure.Kind.choices)
    since_on = serializers.DateField()
    until_on = serializers.DateField(allow_null=True)
    sector = serializers.ChoiceField(choices=Sector.choices, allow_blank=True, help_text="empty: not stated")
    authority = serializers.CharField()
    company = serializers.CharField(source="company.name", default=None, allow_null=True)
    note = serializers.CharField()
    version = serializers.IntegerField()


class SiteDetailSerializer(SiteSerializer):
    """One site, with its companies and measures the reader may know of."""

    companies = serializers.SerializerMethodField()
    measures = serializers.SerializerMethodField()

    @extend_schema_field(CompanySerializer(many=True))
    def get_companies(self, site: Site) -> Any:
        """List the companies at the site."""
        return CompanySerializer(companies_of(site, self.context["request"].user), many=True).data

    @extend_schema_field(MeasureSerializer(many=True))
    def get_measures(self, site: Site) -> Any:
        """List the measures, newest first."""
        return MeasureSerializer(measures_of(site, self.context["request"].user), many=True).data


class SiteFacts(StrictSerializer):
    """What can be said of a site; places by code or any known name."""

    name_km = serializers.CharField(max_length=LONGEST_NAME, allow_blank=True, required=False)
    name_en = serializers.CharField(max_length=LONGEST_NAME, allow_blank=True, required=False)
    aliases = serializers.ListField(
        child=serializers.CharField(max_length=LONGEST_NAME), max_length=MOST_ALIASES, required=False
    )
    district = serializers.CharField(max_length=120, allow_null=True, allow_blank=True, required=False)
    commune = serializers.CharField(max_length=120, allow_null=True, allow_blank=True, required=False)
    national_led = serializers.BooleanField(required=False)


class SiteSaid(SiteFacts):
    """A new site."""

    province = serializers.CharField(max_length=120)


class SiteEdit(SiteFacts):
    """What changes, and the version that was read."""

    province = serializers.CharField(max_length=120, required=False)
    version = serializers.IntegerField(min_value=1, max_value=2**31 - 1)


@extend_schema_view(
    create=extend_schema(request=SiteSaid, responses={201: SiteDetailSerializer}),
    partial_update=extend_schema(request=SiteEdit, responses=SiteDetailSerializer),
)
class SiteApi(OnceMixin, Api):
    """Sites: list, filter, page, show, add, edit with `version`."""

    permission = "site.read"
    permissions: ClassVar = {"create": "site.add", "partial_update": "site.manage"}
    queryset = Site.objects.all()
    serializer_class = SiteSerializer
    filterset_class = SiteFilter
    sorts: ClassVar = SORTS

    def get_serializer_class(self) -> type[SiteSerializer]:
        """Show companies and measures of one site, not of a list."""
        return SiteSerializer if self.action == "list" else SiteDetailSerializer

    def get_queryset(self) -> SiteQuerySet:
        """Return the sites staff may name; merged ones only by their reference."""
        sites = Site.objects.visible_to(self.request.user).for_page()
        return sites.live() if self.action in ("list", "partial_update") else sites

    def create(self, request: Request) -> Response:
        """Add a site; the same key with the same body answers the same site."""
        said = self.said(SiteSaid)
        site = self.once(
            "sites",
            said,
            lambda: add_site(by=request.user, **placed(said, None)),
            lambda reference: self.get_queryset().filter(reference=reference).first(),
        )
        return created(self.get_serializer(site).data)

    def partial_update(self, request: Request, reference: str) -> Response:
        """Change a site; `version` is the one that was read."""
        site = self.get_object()
        said = self.said(SiteEdit)
        edited = edit_site(site, by=request.user, version=said.pop("version"), **placed(said, site))
        return Response(self.get_serializer(edited).data)


def placed(said: dict[str, Any], site: Site | None) -> dict[str, Any]:
    """Turn what was said into the fields of a site; codes and names become places that lie in each other."""
    fields = {name: value for name, value in said.items() if name not in LEVELS}
    if fields.keys() == said.keys():
        return fields
    text = {level: said.get(level, getattr(site, f"{level}_id", None)) or "" for level in LEVELS}
    province = find_province(text.pop("province"))
    if province is None:
        raise ValidationError({"province": [_("Choose one of the 25 provinces.")]})
    return fields | resolve_places(province=province, **text)._asdict()


COLLECTIONS = (("provinces", ProvinceApi, "province"), ("sites", SiteApi, "site"))
