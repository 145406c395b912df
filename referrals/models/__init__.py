"""Referrals, the links by which they are answered, and how long an answer may take."""

from referrals.models.limit import FIRST_LIMITS, ReferralLimit, times
from referrals.models.link import ReferralLink
from referrals.models.referral import MINISTRY, Referral, ReferralQuerySet, referral_reference
from referrals.models.words import (
    BACK,
    RUNNING,
    UNANSWERED,
    UNHELPED,
    LimitFor,
    ReferralKind,
    ReferralOutcome,
    ReferralStatus,
    ReturnReason,
)

__all__ = [
    "BACK",
    "FIRST_LIMITS",
    "MINISTRY",
    "RUNNING",
    "UNANSWERED",
    "UNHELPED",
    "LimitFor",
    "Referral",
    "ReferralKind",
    "ReferralLimit",
    "ReferralLink",
    "ReferralOutcome",
    "ReferralQuerySet",
    "ReferralStatus",
    "ReturnReason",
    "referral_reference",
    "times",
]
