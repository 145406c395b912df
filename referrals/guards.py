"""What the steps of a referral insist on beyond role and state: who receives it, who may answer for whom."""

from typing import Any

from django.core.exceptions import PermissionDenied
from django.utils.translation import gettext as _

from core.exceptions import Conflict
from referrals.models.referral import MINISTRY


def receives(referral: Any, by: Any) -> bool:
    """Return whether `by` is the receiver: of the partner while it is in use, posted in the province, or at the ministry for what comes in."""
    if referral.to_partner_id is not None:
        partner = referral.to_partner
        return bool(by.partner_id) and by.partner_id == partner.reference and partner.is_active
    if referral.to_province_id == MINISTRY:
        return bool(by.is_ministry and by.may("complaint.assign"))
    return referral.to_province_id in by.posted_provinces


def answers(referral: Any, by: Any) -> None:
    """Insist on the receiver; a partner that answers by telephone is written down by the sender's side."""
    if receives(referral, by):
        return
    if referral.to_partner_id is None or not by.may("referral.send"):
        raise PermissionDenied(_("Only the receiver answers this."))


def sees(referral: Any, by: Any) -> None:
    """Insist on the receiver: nobody else's look counts as seen."""
    if not receives(referral, by):
        raise PermissionDenied(_("Only the receiver answers this."))


def recalls(referral: Any, by: Any) -> None:
    """Let the sender, the receiver and a supervisor recall it, and a partner that reported take its word back."""
    sent = by.may("referral.send") and referral.to_province_id not in by.posted_provinces
    own = bool(by.partner_id) and referral.from_partner_id and by.partner_id == referral.from_partner.reference
    if not (sent or own or receives(referral, by)):
        raise PermissionDenied(_("Only the sender, the receiver or a supervisor recalls this."))


def homeless(referral: Any, by: Any) -> None:
    """Insist that it came back and nobody else was asked."""
    if referral.settled or type(referral).objects.filter(after=referral).exists():
        raise Conflict(_("This is settled already."))
