"""What is done about one partner, for programs: its telephones by two people, the beds of a shelter."""

from collections.abc import Callable
from typing import Any
from uuid import UUID

from django.http import Http404
from drf_spectacular.utils import extend_schema
from rest_framework import serializers
from rest_framework.decorators import action
from rest_framework.request import Request
from rest_framework.response import Response

from core.api import StrictSerializer, created
from partners.models import Partner, PartnerPhone
from partners.serializers import PartnerSerializer
from partners.services import MOST_BEDS, add_phone, confirm_phone, remove_phone, say_beds

ONE = "phones/(?P<pk>[0-9A-Fa-f-]{36})"


class BedsSaid(StrictSerializer):
    """How many beds are free now."""

    beds = serializers.IntegerField(min_value=0, max_value=MOST_BEDS)


class BedsSerializer(serializers.Serializer[Partner]):
    """The beds of a shelter, and when that was said."""

    reference = serializers.CharField()
    beds_free = serializers.IntegerField(allow_null=True)
    beds_said_at = serializers.DateTimeField(allow_null=True)


class PhoneSaid(StrictSerializer):
    """One more telephone; codes go there once a second person confirmed it."""

    phone = serializers.CharField(max_length=40)
    label = serializers.CharField(max_length=80, required=False, allow_blank=True)  # type: ignore[assignment]
    takes_codes = serializers.BooleanField(required=False)


class BedsMixin:
    """…/beds/: read and said by staff, and by the shelter about itself."""

    get_object: Callable[[], Partner]
    audit: Callable[..., None]
    said: Callable[[type[StrictSerializer]], dict[str, Any]]

    @extend_schema(methods=["GET"], responses=BedsSerializer)
    @extend_schema(methods=["POST"], request=BedsSaid, responses=BedsSerializer)
    @action(detail=True, methods=["get", "post"], pagination_class=None, filter_backends=[])
    def beds(self, request: Request, reference: str) -> Response:
        """Read the beds of a shelter; say how many are free now."""
        partner = self.get_object()
        self.audit("read", partner, detail={"part": "beds"})
        if request.method == "POST":
            partner = say_beds(partner, by=request.user, beds=self.said(BedsSaid)["beds"])
        return Response(BedsSerializer(partner).data)


class PhonesMixin:
    """…/phones/: add, confirm as a second person, take out; each answers the partner."""

    get_object: Callable[[], Partner]
    get_queryset: Callable[[], Any]
    get_serializer: Callable[..., Any]
    audit: Callable[..., None]
    said: Callable[[type[StrictSerializer]], dict[str, Any]]

    @extend_schema(request=PhoneSaid, responses={201: PartnerSerializer})
    @action(detail=True, methods=["post"], pagination_class=None, filter_backends=[])
    def phones(self, request: Request, reference: str) -> Response:
        """Add a telephone."""
        partner = self.get_object()
        add_phone(partner, by=request.user, **self.said(PhoneSaid))
        return created(self._shown(partner))

    @extend_schema(request=None, responses={204: None})
    @action(detail=True, methods=["delete"], url_path=ONE, url_name="phone", pagination_class=None, filter_backends=[])
    def phone(self, request: Request, reference: str, pk: str) -> Response:
        """Take a telephone out."""
        partner = self.get_object()
        remove_phone(partner, self._phone(partner, pk), by=request.user)
        return Response(status=204)

    @extend_schema(request=None, responses={200: PartnerSerializer})
    @action(detail=True, methods=["post"], url_path=f"{ONE}/confirm", pagination_class=None, filter_backends=[])
    def confirm_phone(self, request: Request, reference: str, pk: str) -> Response:
        """Confirm, as a second person who rang it, that one-time codes may go there."""
        partner = self.get_object()
        confirm_phone(partner, self._phone(partner, pk), by=request.user)
        return Response(self._shown(partner))

    def _phone(self, partner: Partner, pk: str) -> PartnerPhone:
        try:
            found = partner.phones.filter(pk=UUID(pk)).first()
        except ValueError:
            found = None
        if found is None:
            raise Http404
        return found

    def _shown(self, partner: Partner) -> Any:
        self.audit("read", partner)
        return self.get_serializer(self.get_queryset().get(pk=partner.pk)).data
