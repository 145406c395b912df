"""Take in what the public form received: a contact in the inbox, a sealed complaint, a message to who handles it.

Done by the system, apart from what a visitor may do: by the worker every few seconds; what is short also right after it came
in, where pages and form are served together. Each thing is taken in once, and what cannot be taken in, or takes long, does not
hold up the rest.
"""

import json
import time
from datetime import datetime, timedelta
from typing import Any

from django.conf import settings
from django.db import transaction
from django.db.models import QuerySet
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, override, pgettext

from accounts.services import system_user
from complaints.channels.public.languages import name_of
from complaints.channels.public.receipt import hash_of
from complaints.checks import MAX_NARRATIVE, MAX_TOLD
from complaints.models import (
    Channel,
    Contact,
    ContactStatus,
    Handling,
    PublicMessage,
    PublicReport,
    Relation,
    Urgency,
)
from complaints.models.public import STUCK_AFTER
from complaints.said import ComplaintSaid, ContactSaid, ReporterSaid
from complaints.services.by_code import follow_seal, haste_of, sealed_meanwhile, take_further, wait_from_now_on
from complaints.services.hearers import WINDOW, tell_held, triagers
from complaints.services.inbox import write_waiting
from complaints.services.lines import Line, alone, each, keys, share, sized
from complaints.services.register import register
from complaints.signs import proposed_urgency
from core.sealed import open_sealed
from notifications.kinds import CONTACT, Sort
from notifications.kinds import register as register_kind
from notifications.reaching import is_immediate
from notifications.services import notify

BUDGET, SECOND_TRIES = 10.0, 5.0  # seconds of one run, and of what failed before: together well under the task's limit
SHORT = 16_000  # bytes: what is read in no time, some 5,000 letters of Khmer or 15,000 Latin ones
MOST_OWN = 5  # messages of one code that a request takes in
LONGEST = MAX_NARRATIVE - 2_000  # of the words that are shown; all of them stay sealed
LONGEST_REACH = MAX_TOLD - 200  # of how to reach who reported, and when that is safe
PAUSE = timedelta(minutes=10)  # before what failed often is tried once more
SAME_WORDS = 3  # of one wording within the window
register_kind(
    "public_urgent", gettext_lazy("An urgent report from the public form"), CONTACT, sort=Sort.WORK, urgent=True
)


def take_in_all() -> int:
    """Take in what waits, for `BUDGET` seconds: the next run goes on; returns how many were.

    Reports and messages, short ones and long ones share the time, so that a flood of one holds up no other. What failed before
    comes last and has seconds of its own: where it ends a worker the rest is done, and a flood does not keep it out. One
    worker does it at a time: the others ring bells.
    """
    with alone("take_in") as is_alone:
        return _run() if is_alone else 0


def _run() -> int:
    wait_from_now_on()
    each(sealed_meanwhile(), follow_seal)
    seen: set[Any] = set()
    until, done = time.monotonic() + BUDGET, 0
    while time.monotonic() < until and (left := _fresh(seen)):
        done += share(left, until, seen)
    since = timezone.now() - PAUSE
    reports, messages = (
        PublicReport.objects.order_by("tries", "received_at", "pk"),
        _messages().order_by("tries", "at", "pk"),
    )
    lines: list[tuple[Any, Any]] = [(_try_report, reports), (_try_message, messages)]
    again = [(take, keys(rows.to_take(since).filter(tries__gt=0).exclude(pk__in=seen))) for take, rows in lines]
    return done + share(again, time.monotonic() + SECOND_TRIES, seen)


def take_in_own(receipt: str) -> None:
    """Take in what this code has sent and is short, at once, and never what others sent; the worker takes in what is long."""
    hashed = hash_of(receipt)
    reports = PublicReport.objects.filter(receipt_hash=hashed, taken_at=None, tries=0)
    each(keys(sized(reports, "said").filter(size__lte=SHORT)), _try_report)
    messages = _messages().filter(report__receipt_hash=hashed, taken_at=None, tries=0).order_by("at", "pk")
    each(keys(sized(messages, "words").filter(size__lte=SHORT))[:MOST_OWN], _try_message)


def _fresh(seen: set[Any]) -> list[Line]:
    """Return the lines of what was not tried yet, the oldest first, without those that are empty."""
    reports = sized(PublicReport.objects.filter(taken_at=None, tries=0), "said").order_by("received_at", "pk")
    messages = sized(_messages().filter(taken_at=None, tries=0), "words").order_by("at", "pk")
    lines: list[Line] = []
    for rows, take in ((reports, _try_report), (messages, _try_message)):
        left: QuerySet[Any] = rows.exclude(pk__in=seen)
        lines += [(take, keys(left.filter(size__lte=SHORT))), (take, keys(left.filter(size__gt=SHORT)))]
    return [line for line in lines if line[1]]


def _messages() -> Any:
    """Return what who reported wrote, of reports that are taken in."""
    return PublicMessage.objects.filter(by=None, report__contact__isnull=False)


def _try_report(pk: Any) -> bool:
    return _count(PublicReport, pk) and _take_report(pk)


def _try_message(pk: Any) -> bool:
    return _count(PublicMessage, pk) and _take_message(pk)


@transaction.atomic
def _count(model: type[PublicReport | PublicMessage], pk: Any) -> bool:
    """Count the try, for good, before it begins: a worker that is ended over a row counts nothing any more."""
    row = model._default_manager.select_for_update(skip_locked=True).filter(pk=pk, taken_at=None).first()
    if row is None:
        return False
    row.tries, row.tried_at = row.tries + 1, timezone.now()
    row.save(update_fields=["tries", "tried_at"])
    return True


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
    contact = write_waiting(
        said, system_user(), status=status, handling=handling, raw=_whole(told), reads=row.tries <= STUCK_AFTER
    )
    if held:
        tell_held(contact, row.received_at)
    elif is_immediate(contact):
        notify(triagers(), "public_urgent", about=contact, transition=row.pk)
    return contact


def _sealed(told: dict[str, str], row: PublicReport) -> Contact:
    """Register a sealed complaint at once: it names an official, and is no matter for the inbox."""
    whole = _whole(told)
    urgency = _urgency(told, row) or proposed_urgency(whole).urgency
    said = ComplaintSaid(
        channel=Channel.PUBLIC_FORM,
        narrative=in_words(told),
        received_at=row.received_at,
        urgency=urgency,
        names_official=True,
        reporter=_reporter(told),
    )
    return _registered(said, whole)


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
    return cut("\n".join(line for line in lines if line) or _ticked(told), LONGEST)


def _ticked(told: dict[str, str]) -> str:
    """Return what was ticked, of who wrote nothing: they may not be able to."""
    asked = (
        ("danger", _("Is somebody in danger now?"), _("Yes, now")),
        ("official", _("Does a police officer or another official take part in it?"), pgettext("takes part", "Yes")),
    )
    return "\n".join(f"{question} {answer}" for name, question, answer in asked if told.get(name)) or "—"


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
            take_further(row)
    row.taken_at = timezone.now()
    row.save(update_fields=["taken_at", "words", "urgency", "contact"])
    return True


def _register_demand(row: PublicMessage, contact: Contact) -> None:
    """Register a sealed complaint that somebody asked a reporter for money; here nothing stays but that it was taken in.

    One of a flood is held apart, sealed, as reports are.
    """
    about = contact.complaint.reference if contact.complaint else contact.reference
    title = _("Somebody asked a reporter for money. The report: %(reference)s.") % {"reference": about}
    whole = open_sealed(row, "words")
    words = f"{title}\n{cut(whole, LONGEST)}"
    channel, by, haste = Channel.PUBLIC_FORM, system_user(), haste_of(row, whole)
    if is_flood_of_demands(row):
        kind = Contact.Kind.NEW_REPORT
        new = ContactSaid(kind=kind, channel=channel, narrative=words, received_at=row.at, urgency=haste)
        tell_held(write_waiting(new, by, status=ContactStatus.HELD, handling=Handling.SEALED, raw=whole), row.at)
    else:
        said = ComplaintSaid(channel=channel, narrative=words, received_at=row.at, names_official=True, urgency=haste)
        _registered(said, whole)
    row.words = ""
