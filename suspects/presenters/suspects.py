"""What pages show of suspects: names for those who may know them, coded facts for all."""

from dataclasses import dataclass
from typing import Any

from django.urls import reverse
from django.utils.safestring import SafeString
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from core import display, glyphs
from core.sealed import open_sealed
from people.presenters import about, lang_of, names_of
from suspects.models import ArrestKind, FirstContact, ProcessRole, Suspect, SuspectStatus
from workflow.models import Edit, Transition
from workflow.story import as_items, edits_as_lines, line_of


@dataclass(frozen=True, slots=True)
class SuspectRow:
    """A suspect in a table, as flat strings; `custody` is a drawn clock while somebody is held."""

    reference: str
    url: str
    name: str
    name_lang: str
    other: str
    other_lang: str
    about: str
    glyph: SafeString
    status: str
    since: str
    role: str
    custody: SafeString | str
    complaint: str
    complaint_url: str
    received: str


def roles_of(suspect: Suspect) -> str:
    """Say the roles in the process."""
    return ", ".join(str(ProcessRole(role).label) for role in suspect.roles)


def status_words(suspect: Suspect) -> str:
    """Say the status with its day."""
    word = str(SuspectStatus(suspect.status).label)
    days: dict[str, Any] = {
        SuspectStatus.ARRESTED: suspect.arrested_at,
        SuspectStatus.SENT_TO_COURT: suspect.sent_to_court_on,
        SuspectStatus.RELEASED: suspect.released_on,
        SuspectStatus.CHARGED: suspect.charged_on,
        SuspectStatus.ON_TRIAL: suspect.on_trial_on,
        **dict.fromkeys(
            (SuspectStatus.CONVICTED, SuspectStatus.ACQUITTED, SuspectStatus.DISMISSED), suspect.verdict_on
        ),
    }
    day = days.get(suspect.status)
    return f"{word} {display.day(day, 'short')}" if day else word


def custody_of(suspect: Suspect) -> SafeString | str:
    """Draw the custody clock of somebody held."""
    if suspect.status != SuspectStatus.ARRESTED or not (suspect.arrested_at and suspect.custody_ends_at):
        return ""
    return glyphs.bar(display.clock(suspect.arrested_at, suspect.custody_ends_at, exact=True))


def row_of(suspect: Suspect, user: Any, *, complaint: bool = False) -> SuspectRow:
    """Prepare one suspect; `complaint` adds the complaint they stand in."""
    name, other = names_of(suspect.person, user)
    shown = name or (_("Name not known") if user.may("identity.read") else suspect.reference)
    return SuspectRow(
        reference=suspect.reference,
        url=reverse("suspects:detail", args=[suspect.reference]),
        name=shown,
        name_lang=lang_of(name),
        other=other,
        other_lang=lang_of(other),
        about=about(suspect.person) or "—",
        glyph=glyphs.named(suspect.status),
        status=str(SuspectStatus(suspect.status).label),
        since=status_words(suspect),
        role=roles_of(suspect) or "—",
        custody=custody_of(suspect),
        complaint=suspect.complaint.reference if complaint else "",
        complaint_url=reverse("complaints:detail", args=[suspect.complaint.reference]) if complaint else "",
        received=display.day(suspect.received_at, "short"),
    )


def official_of(suspect: Suspect, user: Any) -> str:
    """Return function and unit of an official, of a sealed complaint alone: to the integrity unit and whom it named."""
    if suspect.handling != "sealed" or not user.may("identity.read"):
        return ""
    return open_sealed(suspect, "public_official")


def also_victim(suspect: Suspect, user: Any) -> list[dict[str, Any]]:
    """Return where the same person is a victim, of the rows the reader may see: one Person, two roles."""
    if not user.may("victim.read"):
        return []
    rows = suspect.person.victims.visible_to(user).filter(merged_into=None).order_by("reference")  # type: ignore[attr-defined]
    return [
        {
            "key": _("Also a victim"),
            "value": f"{row.reference}, {row.get_rescue_status_display()}",
            "second": row.get_decision_display(),
            "url": reverse("victims:detail", args=[row.reference]),
        }
        for row in rows
    ]


def before_the_complaint(suspect: Suspect) -> str:
    """Say that an arrest is older than the complaint: it may be right (others reported later), and it may be a slip."""
    complaint: Any = suspect.complaint
    if suspect.arrested_at is None or suspect.arrested_at >= complaint.received_at:
        return ""
    return _("before the complaint came in, %(when)s") % {"when": display.moment(complaint.received_at)}


def facts_of(suspect: Suspect, user: Any) -> list[dict[str, Any]]:
    """Return where a suspect stands; only what has a value. Free text is for who may know identities."""
    identity = user.may("identity.read")
    return [
        {"key": _("Role in the process"), "value": roles_of(suspect)},
        *also_victim(suspect, user),
        {"key": _("Official: function and unit"), "value": official_of(suspect, user)},
        {
            "key": _("First questioned or cautioned at"),
            "value": display.moment(suspect.first_contact_at),
            "second": FirstContact(suspect.first_contact_kind).label if suspect.first_contact_kind else "",
        },
        *_of_arrest(suspect, identity=identity),
        *_of_court(suspect, identity=identity),
        {"key": _("Released on"), "value": display.day(suspect.released_on)},
        {"key": _("Received"), "value": display.day(suspect.received_at)},
        {"key": _("Reference"), "value": suspect.reference},
    ]


def _of_arrest(suspect: Suspect, *, identity: bool) -> list[dict[str, Any]]:
    return [
        {
            "key": _("Arrested at"),
            "value": display.moment(suspect.arrested_at),
            "second": before_the_complaint(suspect),
        },
        {"key": _("Unit"), "value": suspect.arrest_unit if identity else ""},
        {"key": _("How?"), "value": ArrestKind(suspect.arrest_kind).label if suspect.arrest_kind else ""},
        {"key": _("Number of the warrant"), "value": suspect.warrant_number if identity else ""},
        {"key": _("Province of the arrest"), "value": str(suspect.arrested_in) if suspect.arrested_in else ""},
    ]


def _of_court(suspect: Suspect, *, identity: bool) -> list[dict[str, Any]]:
    return [
        {"key": _("Custody ends"), "value": display.moment(suspect.custody_ends_at)},
        {
            "key": _("Extension"),
            "value": suspect.extension_number if identity else "",
            "second": display.day(suspect.extended_on),
        },
        {"key": _("Sent to court on"), "value": display.day(suspect.sent_to_court_on)},
        {"key": _("Court"), "value": suspect.court.name if suspect.court else ""},
    ]


LABELS = {"roles": gettext_lazy("Role in the process"), "victims": gettext_lazy("Persons harmed")}


def said_roles(codes: str) -> str:
    """Say the roles of a line of history."""
    words = dict(ProcessRole.choices)
    return ", ".join(str(words.get(code, code)) for code in codes.split(", ") if code)


def story_of(suspect: Suspect, user: Any, most: int) -> list[dict[str, Any]]:
    """Return the newest steps and edits of a suspect as lines; two queries."""
    notes = user.may("identity.read")
    steps = Transition.objects.of(suspect).select_related("by")[:most]
    edits = Edit.objects.of(suspect).select_related("by")[:most]
    lines = [line_of(row, notes=notes, people={}) for row in steps]
    lines += edits_as_lines(edits, LABELS, {"roles": said_roles})
    return as_items(sorted(lines, key=lambda line: line.recorded_at or line.at, reverse=True)[:most])
