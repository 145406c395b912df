"""What pages show of a contact: its row in the inbox, its facts, and what is proposed for it."""

from dataclasses import dataclass, replace
from typing import Any
from urllib.parse import urlencode

from django.urls import reverse
from django.utils import timezone
from django.utils.safestring import SafeString
from django.utils.translation import gettext as _

from complaints.contact_workflow import CONTACT, NAMES
from complaints.likeness import Told
from complaints.models import (
    Contact,
    ContactStatus,
    PublicMessage,
    Reporter,
    Status,
    Urgency,
    is_more_urgent,
)
from complaints.models.complaint import first_words
from complaints.models.contact import ON_THE_CLOCK
from complaints.presenters.came import came_of
from complaints.presenters.hotline import length
from complaints.presenters.rows import language_of
from complaints.presenters.similar import Card, card_of
from complaints.services.kept_signs import signs_of
from complaints.services.message_pages import UNSAID
from complaints.signs import ProposedUrgency
from complaints.similar import similar
from core import display
from core.sealed import open_sealed
from core.templatetags.sangkroh import clock, urgency
from provinces.models import Province
from provinces.services.mentions import provinces_in
from workflow.models import Transition
from workflow.services import available_steps
from workflow.table import Step


@dataclass(frozen=True, slots=True)
class ContactRow:
    """A contact in the inbox, as flat strings."""

    reference: str
    url: str
    words: str
    words_lang: str
    kind: str
    channel: str
    language: str
    received: str
    clock: SafeString
    is_late: bool
    urgency: SafeString
    status: str
    complaint: str
    aside: str = ""
    answer_by: str = ""


def contact_rows(found: list[Contact], user: Any) -> list[ContactRow]:
    """Prepare the contacts of a page; of what was set aside also who did it and why, for who reads identities. One query for all."""
    aside = [row.pk for row in found if row.status == ContactStatus.SET_ASIDE]
    newest = _newest(Transition.objects.filter(object_id__in=aside, after=ContactStatus.SET_ASIDE)) if aside else {}
    notes = user.may("identity.read")
    return [replace(contact_row(row, user), aside=_aside(newest.get(row.pk), notes)) for row in found]


def _newest(steps: Any) -> dict[Any, Transition]:
    return {step.object_id: step for step in steps.select_related("by").order_by("recorded_at", "id")}


def _aside(step: Transition | None, notes: bool) -> str:
    if step is None:
        return ""
    return display.told(step.by.display_name, step.words) if notes and step.note else step.by.display_name


def contact_row(row: Contact, user: Any) -> ContactRow:
    """Prepare one contact; its first words for who reads identities."""
    words = words_of(row, user)
    return ContactRow(
        reference=row.reference,
        url=reverse("contacts:detail", args=[row.reference]),
        words=words,
        words_lang=language_of(words),
        kind=str(row.get_kind_display()),
        channel=str(row.get_channel_display()),
        language=row.language,
        received=display.moment(row.received_at, "short"),
        clock=clock(_began(row), row.due_at) if row.has_clock else SafeString(""),
        is_late=row.has_clock and row.due_at is not None and row.due_at < timezone.now(),
        urgency=urgency(row.haste) if row.status in ON_THE_CLOCK else SafeString(""),
        status=str(row.get_status_display()),
        complaint=row.complaint.reference if row.complaint else "",
        answer_by=display.day(row.answer_by, "short") if row.answer_by and row.status in ON_THE_CLOCK else "",
    )


def _began(row: Contact) -> Any:
    """Return when the clock of a contact began: with its receipt, or when it was brought back, which is before its limit."""
    moved = row.version > 1 and row.due_at is not None and row.received_at < row.status_at < row.due_at
    return row.status_at if moved and row.status == ContactStatus.WAITING else row.received_at


def words_of(row: Contact, user: Any) -> str:
    """Return the first words of a contact for who reads identities, else (or where it has none) what it is."""
    if row.narrative == UNSAID:
        return _("A message by the code")
    words = first_words(row.narrative) if user.may("identity.read") else ""
    return words or str(row.get_kind_display())


def facts_of(row: Contact, user: Any) -> list[dict[str, Any]]:
    """Return how it came in, and who told it only as what they are to the people in it."""
    teller = Reporter.objects.filter(contact=row).only("relation").first()
    return [
        {"key": _("Kind"), "value": row.get_kind_display()},
        {"key": _("Channel"), "value": row.get_channel_display()},
        {"key": _("Received"), "value": display.moment(row.received_at), "second": row.language},
        *came_of(row, user),
        {"key": _("Length of the call"), "value": length(row.seconds) if row.seconds is not None else ""},
        {"key": _("Logged by"), "value": row.logged_by.display_name},
        {"key": _("Province of report"), "value": str(row.province_of_report or "")},
        {"key": _("Urgency"), "value": row.get_urgency_display(), "second": _("as who logged it said")},
        {"key": _("Who tells us"), "value": teller.get_relation_display() if teller else ""},
    ]


@dataclass(frozen=True)
class Proposals:
    """What the words of a contact propose; a person decides."""

    urgency: ProposedUrgency
    names_official: bool
    provinces: list[Province]

    @property
    def province(self) -> str:
        """Return the code of the province, where it can be but one."""
        return self.provinces[0].code if len(self.provinces) == 1 else ""


def proposals_of(row: Contact) -> Proposals:
    """Return what the words of a contact propose; four queries at most, and one more where the rules changed meanwhile."""
    signs = signs_of(row)
    return Proposals(signs.urgency, signs.names_official, provinces_in(row.narrative))


@dataclass(frozen=True)
class Written:
    """Where words came from that who reported wrote by the code: the report and its complaint, of those the reader sees."""

    report: str
    complaint: str
    url: str


def written_of(row: Contact, user: Any) -> Written | None:
    """Return where the words of a contact came from; None where it did not come by a code. Two queries at most."""
    of = PublicMessage.objects.filter(contact=row).values_list("report__contact", flat=True).first()
    if of is None:
        return None
    report = Contact.objects.visible_to(user).filter(pk=of).select_related("complaint").first()
    complaint = report.complaint if report is not None else None
    if row.status != ContactStatus.WAITING or complaint is None:
        return Written(report.reference if report else "", complaint.reference if complaint else "", "")
    raises = is_more_urgent(row.haste, complaint.urgency) and complaint.status != Status.CLOSED
    asked = {"complaint": complaint.reference, **({"urgency": row.haste} if raises else {})}
    url = reverse("contacts:step", args=[row.reference, "file"])
    return Written(report.reference if report else "", complaint.reference, f"{url}?{urlencode(asked)}")


def unread_of(row: Contact) -> int:
    """Count the messages by the code of a report that nobody was shown yet."""
    return PublicMessage.objects.unseen().filter(report__contact=row).count()


def typed_from(row: Contact) -> list[tuple[str, str]]:
    """Return the form of a new complaint as a contact fills it in: what was said, and what is proposed of it."""
    proposals, here = proposals_of(row), display.here(row.received_at)
    teller = Reporter.objects.filter(contact=row).only("relation").first()
    urgency = row.urgency or proposals.urgency.urgency
    return [
        ("contact", row.reference),
        ("narrative", row.narrative),
        ("channel", row.channel),
        ("received_at_0", f"{here.day}/{here.month}/{here.year}"),
        ("received_at_1", f"{here:%H:%M}"),
        ("urgency", row.haste if is_more_urgent(row.haste, urgency) else urgency),
        ("province_of_incident", proposals.province),
        ("province_of_report", row.province_of_report_id or ""),
        ("reporter-relation", teller.relation if teller else ""),
    ]


@dataclass(frozen=True)
class Candidate:
    """A complaint it may be about, and the urgency that adding it would raise it to (empty: as it is)."""

    card: Card
    raises: str
    raises_word: str


def candidates(row: Contact, user: Any, proposed: ProposedUrgency, phone: str) -> list[Candidate]:
    """Return the complaints, of those the reader may see, that it may be about, the likeliest first; `phone`: of who told it."""
    now, wanted = timezone.now(), Urgency(row.urgency or proposed.urgency)
    found = []
    for one in similar(Told(phones=(phone,) if phone else (), text=row.narrative), user):
        card = card_of(one, user, now)
        raises = wanted if not card.is_closed and is_more_urgent(wanted, one.complaint.urgency) else ""
        found.append(Candidate(card, raises, str(Urgency(raises).label) if raises else ""))
    return found


def phone_of(row: Contact, user: Any) -> str:
    """Return the telephone of who told it, to be compared and never shown; for who may open it."""
    teller = Reporter.objects.filter(contact=row).first() if user.may("reporter.reveal") else None
    return open_sealed(teller, "phone") if teller else ""


def acts_of(row: Contact, user: Any) -> list[dict[str, Any]]:
    """Return the steps that may be taken now: by one press, or on a page of their own; of a list of names its own step first."""
    acts = [
        {
            "name": step.name,
            "label": step.label,
            "url": _address(row, step),
            "at_once": _at_once(step),
            "is_first": step.name == NAMES and row.kind == Contact.Kind.NAMES,
        }
        for step in available_steps(CONTACT, row, user)
        if step.name != NAMES or user.may("complaint.create")
    ]
    return sorted(acts, key=lambda act: not act["is_first"])


def _address(row: Contact, step: Step) -> str:
    if step.name == NAMES:
        return reverse("contacts:names", args=[row.reference])
    return reverse("contacts:step", args=[row.reference, step.name])


def _at_once(step: Step) -> bool:
    return not step.asks and not step.note_required and step.name != NAMES
