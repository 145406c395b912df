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
    """Let the side that sent it, the receiver and a supervisor recall it, and a partner that reported take its word back."""
    require_waiting_transfer(referral)
    own = bool(by.partner_id) and referral.from_partner_id and by.partner_id == referral.from_partner.reference
    if not (own or sent_it(referral, by) or receives(referral, by)):
        raise PermissionDenied(_("Only the sender, the receiver or a supervisor recalls this."))


def sent_it(referral: Any, by: Any) -> bool:
    """Return whether `by` is of the side that sent it: of the ministry what the ministry sent, else who answers for the complaint.

    Supervisors look after all of them; in a sealed complaint whoever of the ministry is named for it stands in for its province.
    """
    if by.may("referral.recall"):
        return True
    if not by.may("referral.send") or referral.from_partner_id is not None:
        return False
    if by.is_ministry:
        return bool(referral.sent_by.is_ministry or referral.handling == "sealed")
    complaint = referral.complaint
    answers_for = type(complaint).objects.answered_for_by(by).filter(pk=complaint.pk)
    return not referral.sent_by.is_ministry and answers_for.exists()


def homeless(referral: Any, by: Any) -> None:
    """Insist that it came back or ended without help, and that nobody else was asked."""
    if not referral.is_without_help:
        raise Conflict(_("Somebody helps: there is nothing to settle."))
    if referral.settled or type(referral).objects.filter(after=referral).exists():
        raise Conflict(_("This is settled already."))
