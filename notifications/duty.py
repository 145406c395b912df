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
    now = at or timezone.now()
    if handling == PROVINCIAL:
        return _of_province(province_id, now)
    team = Q(role="integrity" if handling == SEALED else "supervisor")
    if complaint_id is not None:
        naming = Grant.objects.active(now).filter(complaint_id=complaint_id, kind=Grant.Kind.NAMING)
        team |= Q(pk__in=naming.values("user_id"))
    return list(_active().filter(team))


def leads_of(province_id: str, *, at: datetime | None = None) -> list[User]:
    """Name who leads a province on that day."""
    posted = Posting.objects.active(timezone.localdate(at or timezone.now())).filter(province_id=province_id, lead=True)
    return list(_active().filter(role__in=ANSWERS, pk__in=posted.values("user_id")))


def of_desk(province_id: str, permission: str, *, lead: bool, at: datetime | None = None) -> list[User]:
    """Name who is on duty there at that moment and may do something; with `lead`, who leads the province on that day."""
    now = at or timezone.now()
    posted = Posting.objects.active(timezone.localdate(now)).filter(province_id=province_id)
    roles = [name for name, role in ROLES.items() if role.is_posted and permission in role.permissions]
    people = _active().filter(role__in=roles)
    if lead:
        return list(people.filter(pk__in=posted.filter(lead=True).values("user_id")))
    duty = Duty.objects.active(now).filter(province_id=province_id)
    return list(people.filter(pk__in=duty.values("user_id")).filter(pk__in=posted.values("user_id")))


def supervisors() -> list[User]:
    """Name the supervisors."""
    return list(_active().filter(role="supervisor"))


def in_line(
    province_id: str, handling: str, complaint_id: UUID | None = None, *, at: datetime | None = None
) -> list[tuple[str, User]]:
    """Name whom to ring about a complaint that is not sealed, with what they are in it: duty, lead, named, supervisor."""
    now, found = at or timezone.now(), []
    if handling == PROVINCIAL:
        on_duty = Duty.objects.active(now).filter(province_id=province_id)
        posted = Posting.objects.active(timezone.localdate(now)).filter(province_id=province_id)
        here = _active().filter(role__in=ANSWERS, pk__in=posted.values("user_id"))
        found += [("duty", user) for user in here.filter(pk__in=on_duty.values("user_id"))]
        found += [("lead", user) for user in here.filter(pk__in=posted.filter(lead=True).values("user_id"))]
    elif complaint_id is not None:
        naming = Grant.objects.active(now).filter(complaint_id=complaint_id, kind=Grant.Kind.NAMING)
        found += [("named", user) for user in _active().filter(pk__in=naming.values("user_id"))]
    found += [("supervisor", user) for user in supervisors()]
    first: dict[UUID, tuple[str, User]] = {}
    for place, user in found:
        first.setdefault(user.pk, (place, user))
    return list(first.values())


def _of_province(province_id: str, at: datetime) -> list[User]:
    posted = Posting.objects.active(timezone.localdate(at)).filter(province_id=province_id)
    on_duty = Duty.objects.active(at).filter(province_id=province_id)
    officers = _active().filter(role__in=ANSWERS)
    return (
        list(officers.filter(pk__in=on_duty.values("user_id")).filter(pk__in=posted.values("user_id")))
        or list(officers.filter(pk__in=posted.filter(lead=True).values("user_id")))
        or list(_active().filter(role="supervisor"))
    )


def _active() -> QuerySet[User]:
    active: QuerySet[User] = User.objects.filter(is_active=True).order_by("pk")
    return active
