"""The directory, for programs. No address is ever in it."""

from typing import Any, ClassVar

from drf_spectacular.utils import extend_schema, extend_schema_view
from rest_framework import serializers
from rest_framework.request import Request
from rest_framework.response import Response

from core.api import Api, StrictSerializer, created
from core.countries import country_choices
from partners.act_api import BedsMixin, PhonesMixin
from partners.filters import PartnerFilter
from partners.models import Partner, PartnerKind, PartnerQuerySet, Service, Takes
from partners.serializers import PartnerSerializer
from partners.services import add_partner, edit_partner
from workflow.api import OnceMixin

COUNTRIES = [(code, code) for code, _name in (*country_choices(), ("KH", "KH"))]


class PartnerFacts(StrictSerializer):
    """What can be said of a partner; without a province it sits abroad."""

    province = serializers.CharField(max_length=2, allow_null=True, required=False)
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
    compromised = serializers.BooleanField(
        required=False, help_text="with is_active false: rest it whatever runs there; the senders are told"
    )


@extend_schema_view(
    create=extend_schema(request=PartnerSaid, responses={201: PartnerSerializer}),
    partial_update=extend_schema(request=PartnerChange, responses=PartnerSerializer),
)
class PartnerApi(BedsMixin, PhonesMixin, OnceMixin, Api):
    """Partners: list, filter, page, show, add, change with `version`; their telephones and beds."""

    permission = "partner.read"
    permissions: ClassVar = {
        "create": "partner.manage",
        "partial_update": "partner.manage",
        "beds": "partner.beds",
        "phones": "partner.manage",
        "phone": "partner.manage",
        "confirm_phone": "partner.manage",
    }
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
        said = placed(self.said(PartnerSaid))
        made = self.once(
            "partners",
            said,
            lambda: add_partner(by=request.user, **said),
            lambda reference: self.get_queryset().filter(reference=reference).first(),
        )
        return created(self.get_serializer(made).data)

    def partial_update(self, request: Request, reference: str) -> Response:
        """Change a partner; `version` is the one that was read."""
        said = placed(self.said(PartnerChange))
        edited = edit_partner(self.get_object(), by=request.user, version=said.pop("version"), **said)
        return Response(self.get_serializer(edited).data)


def placed(said: dict[str, Any]) -> dict[str, Any]:
    """Name the province as the services do."""
    if "province" in said:
        said["province_id"] = said.pop("province") or None
    return said


COLLECTIONS = (("partners", PartnerApi, "partner"),)
