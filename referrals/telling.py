"""Who told the ministry: a partner that reports is a reporter, and a reporter's identity goes to no province by default."""

from typing import Any

from referrals.models import Referral

PERMISSION = "reporter.reveal"


def may_know_reporter(referral: Referral, user: Any) -> bool:
    """Return whether the reader may know which partner reported: itself, and who may open a reporter's identity."""
    if referral.from_partner is None:
        return True
    return bool(user.may(PERMISSION) or (user.partner_id and user.partner_id == referral.from_partner.reference))
