"""What is shown of the services a person gets, to which reader: the one rule of page, link and API."""

from dataclasses import dataclass
from datetime import date
from typing import Any

from partners.models import PartnerKind
from referrals.models import Referral, ReferralStatus
from referrals.presenters import is_inside
from victims.models import Care
from victims.services.assistance import care_rows

CARED = (ReferralStatus.ACCEPTED, ReferralStatus.IN_PROGRESS, ReferralStatus.COMPLETED)


@dataclass(frozen=True, slots=True)
class CareShown:
    """A service as its reader sees it; `note` is empty where it is not for the reader."""

    pk: Any
    provider_id: Any
    service: str
    label: str
    given_by: str
    from_on: date
    until_on: date | None
    note: str


def is_cared(referral: Referral) -> bool:
    """Return whether the partner of the referral looks after a person, or did to the end."""
    return referral.victim is not None and referral.to_partner is not None and referral.status in CARED


def care_shown(referral: Referral, user: Any, *, words: bool) -> list[CareShown]:
    """Return the services of the person: inside the ministry all, to a partner its own while it looks after them.

    An embassy reads none: they tell of a shelter. `words`: the reader may have words of the referral.
    """
    if referral.victim is None:
        return []
    rows = care_rows(referral.victim)
    if not is_inside(user):
        if not is_cared(referral) or referral.to_partner.kind == PartnerKind.EMBASSY:  # type: ignore[union-attr]
            return []
        rows = rows.filter(provider=referral.to_partner)
    return [shown_of(row, user, words=words) for row in rows]


def shown_of(care: Care, user: Any, *, words: bool) -> CareShown:
    """Return one service; a partner reads only the notes that its own people wrote."""
    words = words and (is_inside(user) or (bool(user.partner_id) and care.by.partner_id == user.partner_id))
    return CareShown(
        pk=care.pk,
        provider_id=care.provider_id,
        service=care.service,
        label=care.get_service_display(),
        given_by=care.given_by,
        from_on=care.from_on,
        until_on=care.until_on,
        note=care.note if words else "",
    )
