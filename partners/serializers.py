"""The shape of a partner in the API. No address is ever in it."""

from typing import Any

from rest_framework import serializers

from partners.models import Partner, PartnerKind, Service, Takes


class PhoneSerializer(serializers.Serializer[Any]):
    """A telephone; `confirmed` says whether one-time codes may go there."""

    id = serializers.UUIDField()
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
