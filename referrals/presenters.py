"""What pages show of referrals: to whom, about whom, the clock, what the receiver reads, what may be done next."""

from dataclasses import dataclass
from datetime import datetime
from typing import Any

from django.urls import reverse
from django.utils.safestring import SafeString
from django.utils.translation import gettext as _
from django.utils.translation import pgettext

from core import display, glyphs
from people.presenters import about, names_of
from referrals.models import Referral
from referrals.shown import FACTS, facts_for
from referrals.telling import may_know_reporter
from referrals.workflow import OF_THE_SYSTEM, REFERRAL
from victims.models import Victim
from workflow.models import Edit, Transition
from workflow.services import available_steps
from workflow.story import as_items, edits_as_lines, line_of
from workflow.table import Step

GLYPHS = {
    "sent": "new",
    "seen": "acknowledged",
    "expired": "immediate",
    "accepted": "verifying",
    "in_progress": "decided",
    "completed": "closed",
    "returned": "declined",
    "recalled": "left_on_own",
}
LINES = 20


@dataclass(frozen=True, slots=True)
class ReferralRow:
    """A referral in a table, as flat strings; the clock is drawn while an answer is waited for."""

    reference: str
    url: str
    kind: str
    to: str
    person: str
    about: str
    glyph: SafeString
    status: str
    clock: SafeString | str
    sent: str
    complaint: str
    complaint_url: str


def receiver_name(referral: Referral) -> str:
    """Return whom it was sent to."""
    if referral.to_partner is not None:
        return str(referral.to_partner)
    if referral.limit_kind == "ministry":
        return _("Ministry")
    return str(referral.to_province)


def is_inside(user: Any) -> bool:
    """Return whether the reader reads records at all; a partner reads its referrals alone."""
    return bool(user.may("complaint.read"))


def reads(referral: Referral, user: Any, *, seen: bool) -> bool:
    """Return whether the reader may have words and names of it: never who reads coded data only, nor a receiver once it ended.

    `seen`: the reader sees the complaint or the person besides.
    """
    if not is_inside(user):
        return referral.is_running or user.partner_id == getattr(referral.from_partner, "reference", None)
    return bool(user.may("identity.read")) and (seen or referral.is_running)


def person_of(referral: Referral, user: Any, *, seen: bool) -> str:
    """Name the person for who may know; the whole complaint where it is about nobody in particular."""
    inside = is_inside(user)
    if referral.victim is None:
        return _("The complaint") if inside else _("A report")
    if (not inside and "name" not in _read_by(referral)) or not reads(referral, user, seen=seen):
        return referral.victim.reference if inside and seen else _("A person")
    return referral.victim.person.names_for()[0] or (referral.victim.reference if inside else _("unnamed"))


def _read_by(referral: Referral) -> set[str]:
    kind = referral.to_partner.kind if referral.to_partner else ""
    return {fact.name for fact in facts_for(kind, of_person=True)} if kind else set()


def clock_of(referral: Referral) -> SafeString | str:
    """Draw the time to answer; stopped once it was."""
    if not referral.is_unanswered:
        return ""
    return glyphs.bar(display.clock(referral.received_at, referral.due_at))


def row_of(referral: Referral, user: Any, seen: set[Any]) -> ReferralRow:
    """Prepare one row; `seen` are the complaints of the page that the reader may see."""
    sees = referral.complaint_id in seen
    reference = referral.complaint.reference if sees else ""
    of_person = is_inside(user) and referral.victim is not None and (sees or referral.is_running)
    return ReferralRow(
        reference=referral.reference,
        url=reverse("referrals:detail", args=[referral.reference]),
        kind=referral.get_kind_display(),
        to=receiver_name(referral),
        person=person_of(referral, user, seen=sees),
        about=about(referral.victim.person) if of_person and referral.victim else "",
        glyph=glyphs.named(GLYPHS[referral.status]),
        status=referral.get_status_display(),
        clock=clock_of(referral),
        sent=display.moment(referral.received_at, "short"),
        complaint=reference,
        complaint_url=reverse("complaints:detail", args=[reference]) if reference else "",
    )


def visible_complaints(rows: list[Referral], user: Any) -> set[Any]:
    """Return which complaints of these rows the reader may see; one query, none for a partner."""
    if not rows or not is_inside(user):
        return set()
    complaints: Any = Referral._meta.get_field("complaint").related_model
    found = complaints.objects.visible_to(user).filter(pk__in={row.complaint_id for row in rows})
    return set(found.values_list("pk", flat=True))


def facts_of(referral: Referral, user: Any, *, words: bool) -> list[dict[str, Any]]:
    """Return what is known of the referral itself, nothing empty; `words`: what was typed for the receiver too."""
    inside, told = is_inside(user), may_know_reporter(referral, user)
    words = words and referral.to_partner is None and told
    lines = [
        (_("Sent to"), receiver_name(referral)),
        (_("Sent by"), _sender(referral, inside=inside) if told else _partner()),
        (_("Sent"), display.moment(referral.received_at)),
        (_("Seen"), display.moment(referral.seen_at) if referral.seen_at else ""),
        (_("To be answered by"), display.moment(referral.due_at) if referral.is_unanswered else ""),
        (_("Answered"), _answered(referral)),
        (_("Why it was returned"), referral.get_return_reason_display()),
        (_("How it ended"), referral.get_outcome_display()),
        (_("Emergency"), _("Sent without consent: a life was at stake") if referral.emergency and inside else ""),
        (_("What is asked"), referral.message if words else ""),
        (_("Our contact"), referral.contact if words else ""),
    ]
    return [{"key": key, "value": value} for key, value in lines if value]


def _partner() -> str:
    """Return how a partner is called whose name is not for the reader."""
    return pgettext("role", "Partner")


def _sender(referral: Referral, *, inside: bool) -> str:
    if referral.from_partner is not None:
        return str(referral.from_partner)
    return referral.sent_by.display_name if inside else _("Ministry of Interior")


def _answered(referral: Referral) -> str:
    if referral.answered_at is None:
        return ""
    timely = _("in time") if referral.in_time else _("late")
    return ", ".join(filter(None, (display.moment(referral.answered_at), timely, referral.answered_by)))


def read_by_receiver(referral: Referral, user: Any) -> list[dict[str, Any]]:
    """Return what the partner reads, for the sender's side to see too: nothing to who reads coded data only."""
    if referral.to_partner is None or not user.may("identity.read"):
        return []
    facts = facts_for(referral.to_partner.kind, of_person=referral.victim_id is not None)
    rows = [{"key": fact.label, "value": fact.value(referral)} for fact in facts]
    return [row for row in rows if row["value"]]


def asked_of_province(referral: Referral, user: Any, *, seen: bool) -> list[dict[str, Any]]:
    """Return what a province or the ministry is asked, for who may have words of it; the record itself it reads elsewhere."""
    told = may_know_reporter(referral, user)
    if referral.to_partner is not None or not told or not reads(referral, user, seen=seen):
        return []
    rows = [{"key": fact.label, "value": fact.value(referral)} for fact in facts_for("", of_person=False)]
    return [row for row in rows if row["value"]]


def steps_of(referral: Referral, user: Any) -> list[dict[str, Any]]:
    """Return the steps that may be taken now, the usual one first, as links."""
    steps = [step for step in available_steps(REFERRAL, referral, user) if step.name not in OF_THE_SYSTEM]
    return [button(referral, step) for step in steps]


def button(referral: Referral, step: Step) -> dict[str, Any]:
    """Return a step as a link to its page."""
    url = reverse("referrals:step", args=[referral.reference, step.name])
    return {"label": step.label, "url": url, "aside": step.aside}


def story_of(referral: Referral, user: Any, *, words: bool) -> list[dict[str, Any]]:
    """Return what happened to it, newest first; notes for both sides, since both write them for each other."""
    steps = Transition.objects.of(referral)
    if not is_inside(user):
        steps = steps.exclude(step="settle")  # what the sender's side decided after it
    rows = list(steps.select_related("by")[:LINES])
    edits = list(Edit.objects.of(referral).select_related("by")[:LINES])
    lines = [line_of(row, notes=words, people={}) for row in rows]
    if not may_know_reporter(referral, user):
        for line, row in zip(lines, rows, strict=True):
            line.by = _partner() if row.by.role == "partner" else line.by
    lines += edits_as_lines(edits, _labels() if words else {}, {"brought_at": _moment})
    if not is_inside(user):
        partners = {row.by.display_name for row in rows if row.by.role == "partner"}
        for line in lines:
            line.by = line.by if line.by in partners else str(_("Ministry of Interior"))
    return as_items(sorted(lines, key=lambda line: line.recorded_at or line.at, reverse=True)[:LINES])


def _labels() -> dict[str, Any]:
    """Return what the fields that may be changed are called."""
    return (
        {"brought_at": _("When the person is brought")}
        | {fact.typed: fact.label for fact in FACTS.values() if fact.typed and fact.typed != "brought_by"}
        | {"brought_by": Referral._meta.get_field("brought_by").verbose_name}
    )  # type: ignore[union-attr]


def _moment(text: str) -> str:
    return display.moment(datetime.fromisoformat(text)) if text else ""


def people_of(victims: list[Victim], user: Any) -> dict[Any, str]:
    """Return a name or a description for each, for a list to tick."""
    return {
        victim.pk: ", ".join(filter(None, (names_of(victim.person, user)[0] or victim.reference, about(victim.person))))
        for victim in victims
    }
