"""Take in what the public form received: a contact in the inbox, a sealed complaint, a message to who handles it.

Done by the system, apart from what a visitor may do: right after it came in where pages and form are served together, else by
the worker every few seconds. Each thing is taken in once, and what cannot be taken in does not hold up the rest.
"""

import json
import logging
from collections.abc import Callable, Iterable
from datetime import datetime, timedelta
from typing import Any

from django.conf import settings
from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, override

from accounts.services import system_user
from complaints.channels.public.languages import name_of
from complaints.checks import MAX_NARRATIVE, MAX_TOLD
from complaints.models import (
    Channel,
    Contact,
    ContactStatus,
    Handling,
    PublicMessage,
    PublicReport,
    Relation,
    Status,
    Urgency,
)
from complaints.models.public import STUCK_AFTER
from complaints.said import ComplaintSaid, ContactSaid, ReporterSaid
from complaints.services.hearers import WINDOW, handlers_of, reopeners_of, tell_held, tell_message, triagers, unsealers
from complaints.services.inbox import advance_contact, write_waiting
from complaints.services.register import register
from complaints.signs import proposed_urgency
from core.sealed import open_sealed
from notifications.kinds import CONTACT, Sort
from notifications.kinds import register as register_kind
from notifications.reaching import is_immediate
from notifications.services import notify
from workflow.notes import in_source

logger = logging.getLogger(__name__)
MOST = 200  # at a time
LONGEST = MAX_NARRATIVE - 2_000  # of the words that are shown; all of them stay sealed
LONGEST_REACH = MAX_TOLD - 200  # of how to reach who reported, and when that is safe
PAUSE = timedelta(minutes=10)  # before what failed often is tried once more
SAME_WORDS = 3  # of one wording within the window
BROUGHT_BACK = {ContactStatus.ANSWERED, ContactStatus.SET_ASIDE, ContactStatus.LISTED}
register_kind(
    "public_urgent", gettext_lazy("An urgent report from the public form"), CONTACT, sort=Sort.WORK, urgent=True
)
WROTE_AGAIN = gettext_lazy("who reported wrote again")
register_kind("reporter_wrote", gettext_lazy("Who reported wrote again"), CONTACT, sort=Sort.WORK)
register_kind("reporter_wrote_more", gettext_lazy("Who reported a complaint wrote again"), sort=Sort.WORK)
register_kind("reporter_wrote_closed", gettext_lazy("Who reported a closed complaint wrote again"), sort=Sort.WORK)


def take_in_all() -> int:
    """Take in everything that waits, the oldest first, what failed before last; returns how many were."""
    reports = PublicReport.objects.to_take(timezone.now() - PAUSE).order_by("tries", "received_at", "pk")
    messages = PublicMessage.objects.filter(taken_at=None, by=None, report__contact__isnull=False).order_by("at", "pk")
    done = _each(reports.values_list("pk", flat=True)[:MOST], _try_report)
    return done + _each(messages.values_list("pk", flat=True)[:MOST], _take_message)


def _each(pks: Iterable[Any], take: Callable[[Any], bool]) -> int:
    done = 0
    for pk in list(pks):
        try:
            done += take(pk)
        except Exception as error:  # one that is broken must not hold up the others; its words stay out of the log
            logger.error("a public report waits: it could not be taken in (%s)", type(error).__name__)
    return done


def _try_report(pk: Any) -> bool:
    """Count the try, for good, before it begins: a worker that is ended over a report counts nothing any more."""
    with transaction.atomic():
        row = PublicReport.objects.select_for_update(skip_locked=True).filter(pk=pk, taken_at=None).first()
        if row is None:
            return False
        row.tries, row.tried_at = row.tries + 1, timezone.now()
        row.save(update_fields=["tries", "tried_at"])
    return _take_report(pk)


@transaction.atomic
def _take_report(pk: Any) -> bool:
    row = PublicReport.objects.select_for_update(skip_locked=True).filter(pk=pk, taken_at=None).first()
    if row is None:
        return False
    told: dict[str, str] = json.loads(open_sealed(row, "said"))
    with override(settings.LANGUAGE_CODE):
        held = is_flood(bytes(row.words_hash), row.received_at)
        at_once = told.get("official") and not held
        row.contact = _sealed(told, row) if at_once else _waiting(told, row, held=held)
    row.said, row.taken_at = "", timezone.now()
    row.save(update_fields=["contact", "said", "taken_at"])
    return True


def _waiting(told: dict[str, str], row: PublicReport, *, held: bool) -> Contact:
    """Let it stand in the inbox, or apart where it is one of a flood, there sealed where it says that an official takes part.

    What is urgent is told at once.
    """
    said = ContactSaid(
        kind=Contact.Kind.NEW_REPORT,
        channel=Channel.PUBLIC_FORM,
        narrative=in_words(told),
        received_at=row.received_at,
        urgency=_urgency(told, row),
        language=name_of(told.get("language", "")),
        reporter=_reporter(told),
    )
    status = ContactStatus.HELD if held else ContactStatus.WAITING
    handling = Handling.SEALED if told.get("official") else Handling.PROVINCIAL
    contact = write_waiting(said, system_user(), status=status, handling=handling, raw=_whole(told))
    if held:
        tell_held(contact, row.received_at)
    elif is_immediate(contact):
        notify(triagers(), "public_urgent", about=contact, transition=row.pk)
    return contact


def _sealed(told: dict[str, str], row: PublicReport) -> Contact:
    """Register a sealed complaint at once: it names an official, and is no matter for the inbox."""
    words = in_words(told)
    urgency = _urgency(told, row) or proposed_urgency(words).urgency
    said = ComplaintSaid(
        channel=Channel.PUBLIC_FORM,
        narrative=words,
        received_at=row.received_at,
        urgency=urgency,
        names_official=True,
        reporter=_reporter(told),
    )
    return _registered(said, _whole(told))


def _registered(said: ComplaintSaid, whole: str) -> Contact:
    """Register a complaint; all that was said stays sealed with its contact, also what is too long to be shown."""
    contact = Contact._base_manager.get(complaint=register(said, system_user()))
    contact.raw = whole
    contact.save(update_fields=["raw"])
    return contact


def _urgency(told: dict[str, str], row: PublicReport) -> str:
    """Return how urgent it is where no rule has to be read: as said, or as what failed too often to be read again."""
    if told.get("danger"):
        return Urgency.IMMEDIATE
    return Urgency.HIGH if row.tries > STUCK_AFTER else ""


def is_flood(words_hash: bytes, received_at: datetime) -> bool:
    """Say whether a report is one of too many within ten minutes, or one wording sent over and over.

    Counted over everybody: nothing tells from where a report came, and nobody is turned away.
    """
    lately = PublicReport.objects.filter(received_at__gt=received_at - WINDOW, received_at__lte=received_at)
    same = lately.filter(words_hash=words_hash)[: SAME_WORDS + 1].count()
    return same > SAME_WORDS or lately[: settings.PUBLIC_RATE + 1].count() > settings.PUBLIC_RATE


def is_flood_of_demands(row: PublicMessage) -> bool:
    """Say whether a demand for money is one of too many: of one report, or of all, within ten minutes."""
    lately = PublicMessage.objects.filter(kind=PublicMessage.Kind.MONEY, at__gt=row.at - WINDOW, at__lte=row.at)
    same = lately.filter(report=row.report_id)[: SAME_WORDS + 1].count()
    return same > SAME_WORDS or lately[: settings.PUBLIC_RATE + 1].count() > settings.PUBLIC_RATE


def in_words(told: dict[str, str]) -> str:
    """Return what was told as it is read by staff; never how to reach who told it."""
    labels = (("where", _("Where")), ("people", _("Who is there")), ("last", _("Last heard of")))
    lines = [told.get("words", ""), *(f"{label}: {told[name]}" for name, label in labels if told.get(name))]
    return cut("\n".join(line for line in lines if line) or "—", LONGEST)


def cut(text: str, most: int) -> str:
    """Return a text, and where it was cut a line that says so."""
    words = _("Cut here: it is longer than can be shown.")
    return text if len(text) <= most else f"{text[:most]}\n[{words}]"


def _whole(told: dict[str, str]) -> str:
    return "\n".join(told.get(name, "") for name in ("words", "where", "people", "last") if told.get(name))


def _reporter(told: dict[str, str]) -> ReporterSaid:
    relation = told.get("relation", "")
    hours = {"hours": cut(told["hours"], LONGEST_REACH)} if told.get("hours") else {}
    return ReporterSaid(
        phone=cut(told.get("reach", ""), LONGEST_REACH),
        relation=relation if relation in Relation.values else Relation.ANONYMOUS,
        safe_contact=hours,
    )


@transaction.atomic
def _take_message(pk: Any) -> bool:
    waits = PublicMessage.objects.select_for_update(skip_locked=True, of=("self",)).filter(pk=pk, taken_at=None)
    row = waits.select_related("report__contact__complaint").first()
    if row is None or row.report.contact is None:
        return False
    with override(settings.LANGUAGE_CODE):
        if row.kind == PublicMessage.Kind.MONEY:
            _register_demand(row, row.report.contact)
        else:
            _tell(row, row.report.contact)
    row.taken_at = timezone.now()
    row.save(update_fields=["taken_at", "words"])
    return True


def _register_demand(row: PublicMessage, contact: Contact) -> None:
    """Register a sealed complaint that somebody asked a reporter for money; here nothing stays but that it was taken in.

    One of a flood is held apart, sealed, as reports are.
    """
    about = contact.complaint.reference if contact.complaint else contact.reference
    title = _("Somebody asked a reporter for money. The report: %(reference)s.") % {"reference": about}
    whole = open_sealed(row, "words")
    words = f"{title}\n{cut(whole, LONGEST)}"
    channel, by = Channel.PUBLIC_FORM, system_user()
    if is_flood_of_demands(row):
        new = ContactSaid(kind=Contact.Kind.NEW_REPORT, channel=channel, narrative=words, received_at=row.at)
        tell_held(write_waiting(new, by, status=ContactStatus.HELD, handling=Handling.SEALED, raw=whole), row.at)
    else:
        said = ComplaintSaid(channel=channel, narrative=words, received_at=row.at, names_official=True)
        _registered(said, whole)
    row.words = ""


def _tell(row: PublicMessage, contact: Contact) -> None:
    """Tell who handles it that there is a message; what was set aside or answered waits again."""
    complaint = contact.complaint
    if complaint is None:
        sealed = contact.handling == Handling.SEALED
        if contact.status in BROUGHT_BACK:
            step = "hold_again" if sealed else "bring_back"
            advance_contact(contact, step, by=system_user(), note=in_source(WROTE_AGAIN) if sealed else "")
        if contact.status == ContactStatus.HELD:
            tell_held(contact, row.at)
        else:
            tell_message(unsealers() if sealed else triagers(), "reporter_wrote", contact, row)
    elif complaint.status == Status.CLOSED:
        tell_message(reopeners_of(complaint), "reporter_wrote_closed", complaint, row)
    else:
        tell_message(handlers_of(complaint), "reporter_wrote_more", complaint, row)
