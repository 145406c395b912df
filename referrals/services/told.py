"""Who is told of a referral: its receiver, its sender, the supervisors; never somebody who may not read it."""

from collections.abc import Iterable
from typing import Any
from uuid import NAMESPACE_OID, UUID, uuid5

from django.utils.translation import gettext_lazy as _

from accounts.models import User
from notifications.kinds import Sort, Target, register
from notifications.services import duty_recipients, notify
from referrals.models import MINISTRY, Referral

REFERRAL = Target("referrals.referral", "referrals:detail")
register("referral_sent", _("Referral: accept or return"), REFERRAL, sort=Sort.WORK)
register("transfer_sent", _("Transfer: accept or return"), REFERRAL, sort=Sort.WORK)
register("referral_emergency", _("Referred in an emergency, without consent"), REFERRAL, sort=Sort.WORK, urgent=True)
register("referral_unsafe", _("The partner is closed: find another place now"), REFERRAL, sort=Sort.WORK, urgent=True)
register("referral_accepted", _("Referral accepted"), REFERRAL)
register("referral_begun", _("Arrived where the person was referred to"), REFERRAL)
register("referral_returned", _("Referral returned: find somebody else"), REFERRAL, sort=Sort.WORK)
register("referral_completed", _("Referral completed"), REFERRAL)
register("referral_recalled", _("Referral recalled"), REFERRAL)
register("referral_changed", _("What was shared with you has changed"), REFERRAL)
register("referral_reminder", _("A referral waits for your answer"), REFERRAL, sort=Sort.TIME)
register("referral_ring", _("Nobody there can be reminded here: ring them"), REFERRAL, sort=Sort.TIME)
register("referral_expired", _("Referral not answered in time"), REFERRAL, sort=Sort.TIME)
register("referral_escalated", _("Referral still not answered"), REFERRAL, sort=Sort.TIME)


def receivers(referral: Referral) -> list[User]:
    """Name who answers: the partner's accounts, who is on duty in the province, or the ministry's intake."""
    if referral.to_partner is not None:
        found = User.objects.active().filter(role="partner", partner_id=referral.to_partner.reference)
        return [user for user in found if user.has_usable_password()]
    if referral.to_province_id == MINISTRY:
        return list(User.objects.active().filter(role__in=("intake", "supervisor")))
    return list(duty_recipients(str(referral.to_province_id), "provincial"))


def senders(referral: Referral) -> list[User]:
    """Name who waits: who sent it and who handles the complaint while they may read it, else who is on duty where it stands now."""
    complaint: Any = referral.complaint
    people = {user for user in (referral.sent_by, complaint.officer) if user is not None and user.role != "system"}
    return readers(referral, people) or readers(
        referral, duty_recipients(referral.province_id, referral.handling, referral.complaint_id)
    )


def supervisors(referral: Referral) -> list[User]:
    """Name who looks after what nobody answers; of a sealed complaint its own people."""
    if referral.handling == "sealed":
        return list(duty_recipients(referral.province_id, referral.handling, referral.complaint_id))
    return list(User.objects.active().filter(role="supervisor"))


def readers(referral: Referral, people: Iterable[User]) -> list[User]:
    """Keep those who are active and may read it now."""
    row = Referral.objects.filter(pk=referral.pk)
    return [user for user in set(people) if user.is_active and row.visible_to(user).exists()]


def tell(referral: Referral, people: Iterable[User], kind: str, transition: Any, by: Any = None) -> list[User]:
    """Tell those of them who may read it, but who did it; return whom."""
    seen = readers(referral, (user for user in people if by is None or user.pk != by.pk))
    notify(seen, kind, about=referral, transition=transition)
    return seen


def tell_receiver(referral: Referral, kind: str, transition: Any, by: Any = None) -> list[User]:
    """Tell the receiver; return whom: nobody where a partner has no account."""
    return tell(referral, receivers(referral), kind, transition, by)


def tell_sender(referral: Referral, kind: str, transition: Any, by: Any = None) -> None:
    """Tell the sender."""
    tell(referral, senders(referral), kind, transition, by)


def tell_supervisors(referral: Referral, kind: str, transition: Any, by: Any = None) -> None:
    """Tell the supervisors."""
    tell(referral, supervisors(referral), kind, transition, by)


def once(referral: Referral, what: str) -> UUID:
    """Return the key under which something is told once of a referral, however often the worker runs."""
    return uuid5(NAMESPACE_OID, f"{referral.pk}:{what}")
