"""What the steps of a referral insist on beyond role and state: who receives it, who may answer for whom."""

from typing import Any

from django.core.exceptions import PermissionDenied
from django.utils.translation import gettext as _

from core.exceptions import Conflict
from referrals.models.referral import MINISTRY
from referrals.models.words import UNANSWERED, ReferralKind


def receives(referral: Any, by: Any) -> bool:
    """Return whether `by` is the receiver: of the partner while it is in use, posted in the province, or at the ministry for what comes in."""
    if referral.to_partner_id is not None:
        partner = referral.to_partner
        return bool(by.partner_id) and by.partner_id == partner.reference and partner.is_active
    if referral.to_province_id == MINISTRY:
        return bool(by.is_ministry and by.may("complaint.assign"))
    return referral.to_province_id in by.posted_provinces


def require_waiting_transfer(referral: Any) -> None:
    """Refuse to answer, return or recall a transfer once it was accepted: responsibility has moved, and only another transfer moves it back."""
    if referral.kind == ReferralKind.TRANSFER and referral.status not in UNANSWERED:
        raise Conflict(_("Responsibility has moved already. A new transfer moves it back."))


def accepts(referral: Any, by: Any) -> None:
    """Insist on the receiver; of a transfer on another person than who sent it: nobody takes a complaint over alone."""
    answers(referral, by)
    if referral.kind == ReferralKind.TRANSFER and referral.sent_by_id == by.pk:
        raise PermissionDenied(_("You sent this transfer yourself. Another person of the province accepts it."))


def hands_over(referral: Any, by: Any) -> None:
    """Keep this to the system, which ends a transfer that was accepted."""
    if referral.kind != ReferralKind.TRANSFER or by.role != "system":
        raise Conflict(_("This follows by itself when the other province accepts the transfer."))


def answers(referral: Any, by: Any) -> None:
    """Insist on the receiver; a partner that answers by telephone is written down by the sender's side."""
    require_waiting_transfer(referral)
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
    require_waiting_transfer(referral)
    sent = by.may("referral.send") and referral.to_province_id not in by.posted_provinces
    own = bool(by.partner_id) and referral.from_partner_id and by.partner_id == referral.from_partner.reference
    if not (sent or own or receives(referral, by)):
        raise PermissionDenied(_("Only the sender, the receiver or a supervisor recalls this."))


def homeless(referral: Any, by: Any) -> None:
    """Insist that it came back and nobody else was asked."""
    if referral.settled or type(referral).objects.filter(after=referral).exists():
        raise Conflict(_("This is settled already."))
