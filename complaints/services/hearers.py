"""Who hears of what comes in, and how often: many bells are one, and what a stranger sends rings no bell without end."""

from collections.abc import Iterable
from datetime import datetime, timedelta
from typing import Any
from uuid import UUID, uuid5

from django.db.models import QuerySet
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from accounts.models import User
from accounts.roles import ROLES, Branch
from complaints.contact_workflow import HELD, OPENS, TRIAGE
from complaints.models import Complaint, Contact, Handling, PublicMessage, Status
from notifications.duty import duty_recipients, supervisors
from notifications.kinds import CONTACT, Sort
from notifications.kinds import register as register_kind
from notifications.reaching import is_immediate
from notifications.services import notify, unrung

WINDOW = timedelta(minutes=10)
QUIET = timedelta(days=1)  # one notice that was not read yet stands for all of a day
MOST_RUNG = 5  # messages of one code within the window; one more stands for the rest of it
WINDOWS = UUID("5b0c3c52-7f0e-4b8e-9a43-6f3d3d2f8c11")  # the space of the names of windows
ROLES_OF_TRIAGE = tuple(name for name, role in ROLES.items() if TRIAGE in role.permissions and name != "system")
ROLES_OF_SEALED = tuple(
    name
    for name, role in ROLES.items()
    if HELD in role.permissions and role.branch == Branch.SEALED and name != "system"
)
SEALED_HELD, SEALED_HELD_URGENT = "sealed_held", "sealed_held_urgent"
register_kind(SEALED_HELD, _("Reports that name an official are held apart"), CONTACT, sort=Sort.WORK)
register_kind(
    SEALED_HELD_URGENT,
    _("Reports that name an official are held apart: somebody is in danger now"),
    CONTACT,
    sort=Sort.WORK,
    urgent=True,
)
register_kind("public_held", _("Many reports at once: some are held apart"), CONTACT, sort=Sort.WORK)
register_kind(
    "public_held_urgent",
    _("Many reports at once: somebody in danger now is held apart"),
    CONTACT,
    sort=Sort.WORK,
    urgent=True,
)


def triagers() -> QuerySet[User]:
    """Return who answers the hotline and deals with the inbox."""
    found: QuerySet[User] = User.objects.active().filter(role__in=ROLES_OF_TRIAGE).order_by("pk")
    return found


def unsealers() -> QuerySet[User]:
    """Return who looks through the sealed reports that are held apart."""
    found: QuerySet[User] = User.objects.active().filter(role__in=ROLES_OF_SEALED).order_by("pk")
    return found


def handlers_of(complaint: Complaint) -> list[User]:
    """Name who handles a complaint now and may read it: its officer, else who is on duty for it."""
    officer = complaint.officer
    if officer and officer.is_active and Complaint.objects.visible_to(officer).filter(pk=complaint.pk).exists():
        return [officer]
    return duty_recipients(complaint.province_id, complaint.handling, complaint.pk)


def reopeners_of(complaint: Complaint) -> list[User]:
    """Name who hears of a closed complaint, since they may reopen it: the supervisors; of a sealed one who is named for it."""
    if complaint.handling == Handling.SEALED:
        return duty_recipients("", complaint.handling, complaint.pk)
    return supervisors()


def hearers_of(complaint: Complaint) -> list[User]:
    """Name who is told of what comes in about a complaint: who handles it; of a closed one, who may reopen it."""
    return reopeners_of(complaint) if complaint.status == Status.CLOSED else handlers_of(complaint)


def insiders_of(complaint: Complaint) -> list[User]:
    """Name who hears what a reporter wrote of a sealed complaint: who is named for it and may open a reporter.

    Where nobody may, the integrity officers, who name somebody: none of them reads it.
    """
    inside = duty_recipients("", complaint.handling, complaint.pk)
    return [user for user in inside if user.may(OPENS)] or inside


def tell_held(contact: Contact, at: datetime) -> None:
    """Ring once a window for all that is held apart in it, and once more where somebody of them is in danger now.

    Of what is sealed integrity officers are told: once a window of a danger, else once a day while they did not look.
    """
    if contact.handling == Handling.SEALED and is_immediate(contact):
        notify(unsealers(), SEALED_HELD_URGENT, about=contact, transition=_of_window("sealed", at))
        return
    if contact.handling == Handling.SEALED:
        asleep = unrung(unsealers(), SEALED_HELD, since=timezone.now() - QUIET)
        notify(asleep, SEALED_HELD, about=contact, transition=contact.pk)
        return
    kind = "public_held_urgent" if is_immediate(contact) else "public_held"
    notify(triagers(), kind, about=contact, transition=_of_window("held", at))


def tell_message(people: Iterable[User], kind: str, about: Contact | Complaint, message: PublicMessage) -> None:
    """Ring for a message of a reporter: one notice that was not read stands for all, and nobody rings without end."""
    same = PublicMessage.objects.filter(report=message.report_id, by=None, kind=PublicMessage.Kind.MESSAGE)
    lately = same.filter(at__gt=message.at - WINDOW, at__lte=message.at)[: MOST_RUNG + 1].count()
    once: Any = message.pk if lately <= MOST_RUNG else _of_window(str(about.pk), message.at)
    asleep = unrung(people, kind, since=timezone.now() - QUIET, about=about)
    notify(asleep, kind, about=about, transition=once)


def tell_danger(people: Iterable[User], kind: str, about: Contact | Complaint, message: PublicMessage) -> None:
    """Ring at once, once in a window, for a message of a reporter that speaks of danger: no earlier notice stands for it."""
    notify(people, kind, about=about, transition=_of_window(f"danger/{about.pk}", message.at))


def _of_window(name: str, at: datetime) -> UUID:
    """Name a window of time, the same for everybody: of two workers one rings."""
    return uuid5(WINDOWS, f"{name}/{int(at.timestamp() // WINDOW.total_seconds())}")
