"""The directory, for programs. No address is ever in it."""

from typing import Any, ClassVar

from drf_spectacular.utils import extend_schema, extend_schema_view
from rest_framework import serializers
from rest_framework.request import Request
from rest_framework.response import Response

from core.api import Api, StrictSerializer, created
from core.countries import country_choices
from partners.filters import PartnerFilter
from partners.models import Partner, PartnerKind, PartnerQuerySet, Service, Takes
from partners.services import add_partner, edit_partner
from workflow.api import OnceMixin


class PhoneSerializer(serializers.Serializer[Any]):
    """A telephone; `confirmed` says whether one-time codes may go there."""

    e164 = serializers.CharField()
    label = serializers.CharField()  # type: ignore[assignment]
    takes_codes = serializers.BooleanField()
    confirmed = serializers.BooleanField(source="may_take_codes")


class PartnerSerializer(serializers.Serializer[Partner]):
    """A partner of the directory."""

    reference = serializers.CharField()
    kind = serializers.ChoiceField(choices=PartnerKind.choices)
    name_km = serializers.CharField()
    name_en = serializers.CharField()
    province = serializers.CharField(source="province_id", allow_null=True)
    country = serializers.CharField()
    seated_in = serializers.CharField()
    nationalities = serializers.ListField(child=serializers.CharField())
    services = serializers.ListField(child=serializers.ChoiceField(choices=Service.choices))
    takes = serializers.ListField(child=serializers.ChoiceField(choices=Takes.choices))
    languages = serializers.CharField()
    hours = serializers.CharField()
    email = serializers.CharField()
    note = serializers.CharField()
    beds_free = serializers.IntegerField(allow_null=True)
    beds_said_at = serializers.DateTimeField(allow_null=True)
    is_active = serializers.BooleanField()
    phones = serializers.SerializerMethodField()
    version = serializers.IntegerField()

    def get_phones(self, partner: Partner) -> list[dict[str, Any]]:
        """List the telephones that were not taken out."""
        live = [phone for phone in partner.phones.all() if phone.removed_at is None]
        rows: list[dict[str, Any]] = PhoneSerializer(live, many=True).data  # type: ignore[assignment]
        return rows


COUNTRIES = [(code, code) for code, _name in (*country_choices(), ("KH", "KH"))]


class PartnerFacts(StrictSerializer):
    """What can be said of a partner."""

    name_km = serializers.CharField(max_length=200, allow_blank=True, required=False)
    name_en = serializers.CharField(max_length=200, allow_blank=True, required=False)
    country = serializers.ChoiceField(choices=COUNTRIES, allow_blank=True, required=False)
    seated_in = serializers.ChoiceField(choices=COUNTRIES, required=False)
    nationalities = serializers.ListField(
        child=serializers.ChoiceField(choices=COUNTRIES), max_length=60, required=False
    )
    services = serializers.ListField(
        child=serializers.ChoiceField(choices=Service.choices), max_length=20, required=False
    )
    takes = serializers.ListField(child=serializers.ChoiceField(choices=Takes.choices), max_length=10, required=False)
    languages = serializers.CharField(max_length=200, allow_blank=True, required=False)
    hours = serializers.CharField(max_length=200, allow_blank=True, required=False)
    email = serializers.EmailField(allow_blank=True, required=False)
    note = serializers.CharField(max_length=5_000, allow_blank=True, required=False)
    is_active = serializers.BooleanField(required=False)


class PartnerSaid(PartnerFacts):
    """A new partner."""

    kind = serializers.ChoiceField(choices=PartnerKind.choices)


class PartnerChange(PartnerFacts):
    """What changes, and the version that was read."""

    needed: ClassVar = ("version",)
    version = serializers.IntegerField(min_value=1, max_value=2**31 - 1)


@extend_schema_view(
    create=extend_schema(request=PartnerSaid, responses={201: PartnerSerializer}),
    partial_update=extend_schema(request=PartnerChange, responses=PartnerSerializer),
)
class PartnerApi(OnceMixin, Api):
    """Partners: list, filter, page, show, add, change with `version`."""

    permission = "partner.read"
    permissions: ClassVar = {"create": "partner.manage", "partial_update": "partner.manage"}
    queryset = Partner.objects.all()
    serializer_class = PartnerSerializer
    filterset_class = PartnerFilter
    sorts: ClassVar = Partner.SORTS
    is_scoped = False

    def get_queryset(self) -> PartnerQuerySet:
        """Return the directory as the reader may know it."""
        return Partner.objects.visible_to(self.request.user).for_list()

    def create(self, request: Request) -> Response:
        """Add a partner; the same key with the same body answers the same partner."""
        said = self.said(PartnerSaid)
        made = self.once(
            "partners",
            said,
            lambda: add_partner(by=request.user, **said),
            lambda reference: self.get_queryset().filter(reference=reference).first(),
        )
        return created(self.get_serializer(made).data)

    def partial_update(self, request: Request, reference: str) -> Response:
        """Change a partner; `version` is the one that was read."""
        said = self.said(PartnerChange)
        edited = edit_partner(self.get_object(), by=request.user, version=said.pop("version"), **said)
        return Response(self.get_serializer(edited).data)


COLLECTIONS = (("partners", PartnerApi, "partner"),)
