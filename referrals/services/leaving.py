"""Where a person is once a shelter or a hospital says that they are not there any more."""

import datetime

from accounts.services import system_user
from partners.models import PartnerKind
from referrals.models import Referral, ReferralStatus
from victims.guards import FOUND
from victims.models import PlaceKind
from victims.services.places import record_place, stay_of

PLACES = {PartnerKind.SHELTER: PlaceKind.SHELTER, PartnerKind.HOSPITAL: PlaceKind.HOSPITAL}


def leave_place(ended: Referral, day: datetime.date) -> None:
    """Write that nobody knows where the person is from a day on; not where they were recorded elsewhere since."""
    victim, partner = ended.victim, ended.to_partner
    if victim is None or partner is None or not (victim.rescue_status in FOUND or victim.found_unreported):
        return
    place, stay = PLACES.get(PartnerKind(partner.kind)), stay_of(victim)
    if place is None or stay is None or stay.kind != place or _is_at_another(ended):
        return
    record_place(victim, by=system_user(), kind=PlaceKind.UNKNOWN, since=max(day, stay.since))


def _is_at_another(ended: Referral) -> bool:
    """Return whether another partner of this kind wrote since that the person arrived there."""
    others = Referral.objects.filter(victim=ended.victim, status=ReferralStatus.IN_PROGRESS)
    return others.filter(to_partner__kind=ended.to_partner.kind).exclude(pk=ended.pk).exists()  # type: ignore[union-attr]
