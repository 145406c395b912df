"""Who is told about a complaint: those on duty, never a whole province."""

from datetime import datetime
from uuid import UUID

from django.db.models import Q, QuerySet
from django.utils import timezone

from accounts.models import Duty, Grant, Posting, User
from accounts.roles import ROLES

PROVINCIAL, SEALED = "provincial", "sealed"
ANSWERS = tuple(name for name, role in ROLES.items() if role.is_posted and "complaint.acknowledge" in role.permissions)


def duty_recipients(
    province_id: str, handling: str, complaint_id: UUID | None = None, *, at: datetime | None = None
) -> list[User]:
    """Name who is told about a complaint of this province and handling at that moment (default: now).

    Provincial: its duty officers, else its lead, else the supervisors. National-led: the supervisors and who was
    named for this complaint. Sealed: the integrity officers and who was named, nobody else.
    """
    if handling == PROVINCIAL:
        return list(_of_province(province_id, at or timezone.now()))
    team = Q(role="integrity" if handling == SEALED else "supervisor")
    return list(_active().filter(team | Q(pk__in=_named(complaint_id, at))).order_by("pk"))


def _of_province(province_id: str, at: datetime) -> QuerySet[User]:
    posted = Posting.objects.active(timezone.localdate(at)).filter(province_id=province_id)
    officers = _active().filter(role__in=ANSWERS)
    on_duty = Duty.objects.active(at).filter(province_id=province_id).values("user_id")
    for rule in (
        officers.filter(pk__in=on_duty).filter(pk__in=posted.values("user_id")),
        officers.filter(pk__in=posted.filter(lead=True).values("user_id")),
    ):
        if rule.exists():
            return rule.order_by("pk")
    return _active().filter(role="supervisor").order_by("pk")


def _active() -> QuerySet[User]:
    return User.objects.filter(is_active=True)


def _named(complaint_id: UUID | None, at: datetime | None) -> QuerySet[Grant]:
    grants = Grant.objects.active(at).filter(complaint_id=complaint_id, kind=Grant.Kind.NAMING)
    return grants.values("user_id")  # type: ignore[return-value]
