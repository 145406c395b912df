"""Bare referrals, partners and services, for tests of the scope (stories come from the services)."""

import secrets
from datetime import timedelta
from hashlib import sha256
from typing import Any

import factory
from django.utils import timezone

from accounts.services import system_user
from partners.models import Partner
from referrals.models import Referral, ReferralLink, times
from tests.factories.cases import ComplaintFactory
from victims.models import Care


class PartnerFactory(factory.django.DjangoModelFactory):
    class Meta:
        model = Partner

    kind = "shelter"
    name_km = "ដៃគូ"
    sort_name = "ដៃគូ"


class ReferralFactory(factory.django.DjangoModelFactory):
    class Meta:
        model = Referral

    complaint = factory.SubFactory(ComplaintFactory)
    province_id = factory.SelfAttribute("complaint.province_id")
    handling = factory.SelfAttribute("complaint.handling")
    from_province_id = factory.SelfAttribute("complaint.province_id")
    to_partner = factory.SubFactory(PartnerFactory)
    sent_by = factory.LazyFunction(system_user)
    received_at = factory.LazyFunction(timezone.now)

    @factory.lazy_attribute
    def _clock(self: Any) -> dict[str, Any]:
        return times("shelter", self.received_at)

    remind_at = factory.LazyAttribute(lambda row: row._clock["remind_at"])
    due_at = factory.LazyAttribute(lambda row: row._clock["due_at"])
    escalate_at = factory.LazyAttribute(lambda row: row._clock["escalate_at"])

    @classmethod
    def _create(cls, model_class: Any, *args: Any, **values: Any) -> Any:
        values.pop("_clock", None)
        return super()._create(model_class, *args, **values)


class CareFactory(factory.django.DjangoModelFactory):
    class Meta:
        model = Care

    complaint = factory.SelfAttribute("victim.complaint")
    province_id = factory.SelfAttribute("victim.province_id")
    handling = factory.SelfAttribute("victim.handling")
    service = "medical"
    by = factory.LazyFunction(system_user)
    from_on = factory.LazyFunction(timezone.localdate)


def link_to(referral: Referral) -> str:
    """Make a link that was not opened; returns its token."""
    token = secrets.token_urlsafe(24)
    until = timezone.now() + timedelta(days=7)
    digest = sha256(token.encode()).hexdigest()
    ReferralLink.objects.create(referral=referral, token_sha256=digest, made_by=referral.sent_by, until_at=until)
    return token
