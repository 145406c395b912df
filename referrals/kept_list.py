"""The filters of this list can be kept by name."""

from django.utils.translation import gettext_lazy as _

from accounts.kept_lists import KeptList, register
from referrals.filters import ReferralFilter
from referrals.models import Referral

KEPT = register(
    KeptList(
        key="referrals",
        label=_("Referrals"),
        permission="referral.read",
        route="referrals:list",
        model=Referral,
        filterset=ReferralFilter,
    )
)
