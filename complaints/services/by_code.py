"""What who reported writes by the code, taken further: read by who may open a reporter and nobody else, sooner where it speaks of danger.

Where the report stands in no complaint, its own message waits (again). Where it is in a complaint that others read, what is
written waits in the inbox as a contact of its own, with a clock: who reads it there passes on what may be passed on. Of a
sealed complaint those inside are told. Rules propose how urgent it is; a person decides.
"""

import time
from datetime import datetime
from typing import Any

from django.db import transaction
from django.db.models import Q
from django.utils.translation import gettext_lazy

from accounts.services import system_user
from complaints.models import (
    Channel,
    Complaint,
    Contact,
    ContactStatus,
    Handling,
    PublicMessage,
    PublicReport,
    Stage,
    Urgency,
    UrgencyRule,
    is_more_urgent,
    turn_of,
)
from complaints.models.deadline import due
from complaints.models.public import STUCK_AFTER
from complaints.said import ComplaintSaid, ContactSaid
from complaints.services.contacts import write_contact
from complaints.services.hearers import (
    hearers_of,
    insiders_of,
    tell_danger,
    tell_held,
    tell_message,
    triagers,
    unsealers,
)
from complaints.services.inbox import advance_contact, write_waiting
from complaints.services.message_pages import UNSAID
from complaints.signs import LONGEST as READ_AT_A_TIME
from complaints.signs import parts_of, proposed_urgency
from complaints.triage import may_name_official
from core.sealed import open_sealed
from notifications.kinds import CONTACT, Sort
from notifications.kinds import register as register_kind
from workflow.notes import in_source

READ = 5 * READ_AT_A_TIME  # characters of a message that the rules read: its beginning, and its end
SECONDS = 2.0  # that they may take
MOST = 100  # in one sweep
BROUGHT_BACK = {ContactStatus.ANSWERED, ContactStatus.SET_ASIDE, ContactStatus.LISTED}
WROTE, WROTE_MORE, WROTE_CLOSED = "reporter_wrote", "reporter_wrote_more", "reporter_wrote_closed"
WROTE_AGAIN = gettext_lazy("who reported wrote again")
DANGER, DANGER_MORE = "reporter_danger", "reporter_danger_more"
register_kind(WROTE, gettext_lazy("Who reported wrote again"), CONTACT, sort=Sort.WORK)
register_kind(WROTE_MORE, gettext_lazy("Who reported a complaint wrote again"), sort=Sort.WORK)
register_kind(  # written before the ministry read them first
    WROTE_CLOSED, gettext_lazy("Who reported a closed complaint wrote again"), sort=Sort.WORK
)
register_kind(
    DANGER, gettext_lazy("Who reported wrote: somebody may be in danger now"), CONTACT, sort=Sort.WORK, urgent=True
)
register_kind(
    DANGER_MORE,
    gettext_lazy("Who reported a complaint wrote: somebody may be in danger now. The ministry has the words"),
    sort=Sort.WORK,
    urgent=True,
)


@transaction.atomic
def take_further(row: PublicMessage) -> None:
    """Let a message wait where somebody reads it, and tell them; sets what it waits in and how urgent its words look."""
    PublicReport.objects.select_for_update(no_key=True).get(pk=row.report_id)  # of two messages one after the other
    asked = Contact._base_manager.select_for_update(no_key=True, of=("self",)).select_related("complaint")
    contact = asked.get(public_report=row.report_id)
    words = open_sealed(row, "words")
    row.urgency = haste_of(row, words)
    if contact.complaint is None:
        _at_the_ministry(row, contact)
    elif contact.complaint.handling == Handling.SEALED:
        _inside(row, contact.complaint)
    else:
        row.contact = _waits(row, contact)
        _tell_of_waiting(row, row.contact, contact.complaint, words)


def haste_of(row: PublicMessage, words: str) -> Urgency:
    """Return how urgent a message looks: as ticked, else as the rules read it; what failed too often is not read again."""
    if row.danger:
        return Urgency.IMMEDIATE
    return Urgency.HIGH if row.tries > STUCK_AFTER else read_within(words)


def read_within(words: str, seconds: float = SECONDS) -> Urgency:
    """Read the rules on a text as long as the time lasts, its end too; what could not be read through is *high*."""
    began, rules, found = time.monotonic(), list(UrgencyRule.objects.spoken()), Urgency.NORMAL
    shown = words if len(words) <= READ else f"{words[: READ - READ_AT_A_TIME]}\n{words[-READ_AT_A_TIME:]}"
    for part in parts_of(shown):
        if time.monotonic() - began > seconds:
            return min(found, Urgency.HIGH, key=lambda one: one.rank)
        found = min(found, proposed_urgency(part, rules).urgency, key=lambda one: one.rank)
        if found == Urgency.IMMEDIATE:
            break
    return found


def hasten(contact: Contact, haste: str, at: datetime) -> None:
    """Give what waits the place and the limit of a greater urgency; what was said of it stands, and nothing becomes later."""
    if not is_more_urgent(haste, contact.haste):
        return
    limit = due(Stage.INBOX, haste, at)
    limit = min(limit, contact.due_at) if contact.status == ContactStatus.WAITING and contact.due_at else limit
    contact.turn, contact.due_at = turn_of(haste, limit), limit
    contact.save(update_fields=["turn", "due_at"])


def _at_the_ministry(row: PublicMessage, contact: Contact) -> None:
    """Bring back what was answered or set aside, with a new place and limit where it speaks of danger, and tell who reads it."""
    sealed, was_held = contact.handling == Handling.SEALED, contact.status == ContactStatus.HELD
    if contact.status in BROUGHT_BACK:
        step, note = ("hold_again", in_source(WROTE_AGAIN)) if sealed else ("bring_back", "")
        contact = advance_contact(contact, step, by=system_user(), note=note)
    hasten(contact, row.urgency, row.at)
    people = unsealers() if sealed else triagers()
    if was_held:  # of what came back it is told anew: a notice of the flood rang for it once
        tell_held(contact, row.at)
    elif row.urgency == Urgency.IMMEDIATE:
        tell_danger(people, DANGER, contact, row)
    else:
        tell_message(people, WROTE, contact, row)


def _inside(row: PublicMessage, complaint: Complaint) -> None:
    """Tell who is named for a sealed complaint and may open a reporter; where nobody may, the integrity unit: it names somebody."""
    people = insiders_of(complaint)
    if row.urgency == Urgency.IMMEDIATE:
        tell_danger(people, DANGER_MORE, complaint, row)
    else:
        tell_message(people, WROTE_MORE, complaint, row)


def _waits(row: PublicMessage, report: Contact) -> Contact:
    """Let a message wait in the inbox: with what waits of the same report and nobody was shown yet, else for themselves."""
    mine = PublicMessage.objects.filter(report=row.report_id, contact__isnull=False)
    read = mine.filter(seen_at__isnull=False)  # somebody may be going over it now: nothing is added under their hands
    open_ones = Contact._base_manager.filter(status=ContactStatus.WAITING).select_for_update(no_key=True)
    found: Contact | None = (
        open_ones.filter(pk__in=mine.values("contact")).exclude(pk__in=read.values("contact")).first()
    )
    if found is None:
        found = write_waiting(_said(row, report), system_user())
    hasten(found, row.urgency, row.at)
    return found


def _said(row: PublicMessage, report: Contact) -> ContactSaid:
    """Return what waits, without its words: they stay sealed with the messages, and are opened for who reads them."""
    return ContactSaid(
        kind=Contact.Kind.MORE,
        channel=Channel.PUBLIC_FORM,
        narrative=UNSAID,
        received_at=row.at,
        urgency=Urgency.IMMEDIATE if row.danger else "",
        language=report.language,
    )


def _tell_of_waiting(row: PublicMessage, waits: Contact, complaint: Complaint, words: str) -> None:
    """Tell who deals with the inbox; of a danger also who handles the complaint, unless the words may speak of an official."""
    if row.urgency != Urgency.IMMEDIATE:
        tell_message(triagers(), WROTE, waits, row)
        return
    told = list(triagers())
    tell_danger(told, DANGER, waits, row)
    if len(words) <= READ and not may_name_official(words, waits.language):
        tell_danger([user for user in hearers_of(complaint) if user not in told], DANGER_MORE, complaint, row)


def wait_from_now_on() -> None:
    """Take in anew what nobody read before its report, or what it waited in, came into a complaint: it waits from now on."""
    written = PublicMessage.objects.unseen().filter(taken_at__isnull=False, report__contact__complaint__isnull=False)
    left = Q(contact=None) | Q(contact__status__in=[ContactStatus.FILED, ContactStatus.LISTED])
    unread = written.filter(left).exclude(report__contact__complaint__handling=Handling.SEALED)
    keys = list(unread.values_list("pk", flat=True)[:MOST])
    PublicMessage.objects.filter(pk__in=keys).update(taken_at=None, tries=0)


def sealed_meanwhile() -> list[Any]:
    """Return the keys of what waits, and whose complaint was sealed since."""
    waiting = Contact._base_manager.filter(status=ContactStatus.WAITING)
    sealed = waiting.filter(by_code__report__contact__complaint__handling=Handling.SEALED)
    return list(sealed.values_list("pk", flat=True).distinct()[:MOST])


@transaction.atomic
def follow_seal(pk: Any) -> bool:
    """Let what waits become the sealed complaint's; its words stay sealed, with the messages of the report."""
    contact = Contact._base_manager.select_for_update(no_key=True).filter(pk=pk, status=ContactStatus.WAITING).first()
    of = PublicMessage.objects.filter(contact=pk).select_related("report__contact__complaint").order_by("-at").first()
    complaint = of.report.contact.complaint if of is not None and of.report.contact is not None else None
    if contact is None or of is None or complaint is None:
        return False
    said = ComplaintSaid(channel=contact.channel, received_at=contact.received_at, contact=contact.reference)
    write_contact(complaint, said, system_user(), kind=Contact.Kind.MORE)
    _inside(of, complaint)
    return True
