"""What the page of one complaint shows: step line, next step in words, facts."""

from collections.abc import Collection, Mapping
from typing import Any

from django.db.models import Q
from django.urls import reverse
from django.utils.html import format_html
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext
from django_countries import countries

from accounts.roles import Branch
from complaints.guards import is_unassigned
from complaints.models import Channel, Complaint, ExploitationForm, Finding, Handling, Outcome, Status
from complaints.presenters import answers
from complaints.presenters.came import came_with
from complaints.presenters.field_words import labels
from complaints.workflow import BY_TWO
from core import display, glyphs
from core.sealed import open_sealed
from core.templatetags.sangkroh import safe_url
from workflow.models import Transition

WHERE = ["district", "commune", "province_of_incident"]
Taken = Mapping[str, Transition]
LINE = ("register", "acknowledge", "record_outcome", "confirm_outcome", "propose_outcome", "propose_closing", "close")
REACHED = {
    Status.NEW: 0,
    Status.ACKNOWLEDGED: 1,
    Status.VERIFYING: 2,
    Status.INFORMATION_NEEDED: 2,
    Status.OUTCOME_PROPOSED: 2,
    Status.DECIDED: 3,
    Status.CLOSING_PROPOSED: 4,
    Status.CLOSED: 5,
}


def taken_steps(complaint: Complaint) -> Taken:
    """Return the newest transition of each step the line shows; one query."""
    return {row.step: row for row in _newest_of_each(complaint).select_related("by")}


def _newest_of_each(complaint: Complaint) -> Any:
    rows = Transition.objects.of(complaint).filter(field="status", step__in=LINE)
    return rows.order_by("step", "-recorded_at").distinct("step")


def steps_told(complaint: Complaint, most: int) -> tuple[Taken, list[Transition]]:
    """Return the newest transition of each step of the line, and the newest of the whole story; one query for both."""
    story = Transition.objects.of_complaint(complaint)
    wanted = Q(pk__in=story.values("pk")[:most]) | Q(pk__in=_newest_of_each(complaint).values("pk"))
    rows = list(story.filter(wanted).select_related("by"))
    mine = [row for row in rows if row.object_id == complaint.pk and row.field == "status" and row.step in LINE]
    return {row.step: row for row in reversed(mine)}, rows[:most]


def _note(row: Transition | None, words: str = "") -> str:
    if row is None:
        return words
    when = display.moment(row.happened_at, "short")
    return ", ".join(part for part in (when, words or row.by.display_name) if part)


def step_line(complaint: Complaint, taken: Taken) -> list[dict[str, Any]]:
    """Return where the complaint stands: received, acknowledged, outcome, rescue, closed."""
    reached = REACHED[Status(complaint.status)]
    present = Status(complaint.status).label
    outcome = Outcome(complaint.outcome).label if complaint.outcome else (present if reached == 2 else _("Verified"))
    decided = taken.get("confirm_outcome" if _by_two(complaint) else "record_outcome")
    sought = complaint.ledger["sought"]
    still = ngettext("%(n)s still sought", "%(n)s still sought", sought) % {"n": display.number(sought)}
    labels = [
        (_("Received"), _note(taken.get("register"), str(Channel(complaint.channel).label))),
        (_("Acknowledged"), _note(taken.get("acknowledge"))),
        (outcome, _note(decided) if complaint.outcome else ""),
        (_("Rescue under way"), still if complaint.outcome else ""),
        (
            present if complaint.status == Status.CLOSING_PROPOSED else _("Closed"),
            _note(taken.get("close")) if complaint.status == Status.CLOSED else _("needs two people"),
        ),
    ]
    return [
        {"label": label, "note": note if place <= reached or place == 4 else "", **_state(complaint, place, reached)}
        for place, (label, note) in enumerate(labels)
    ]


def _by_two(complaint: Complaint) -> bool:
    return complaint.outcome in dict(BY_TWO)


def _state(complaint: Complaint, place: int, reached: int) -> dict[str, str]:
    if place < reached:
        return {"state": "done"}
    return {"state": "current" if place == reached else "todo", "glyph": complaint.status}


PLAIN = {
    Status.NEW: (gettext_lazy("Next: acknowledge"), gettext_lazy("Take responsibility for it.")),
    Status.ACKNOWLEDGED: (gettext_lazy("Next: start verification"), gettext_lazy("Find out whether it is true.")),
    Status.VERIFYING: (gettext_lazy("Next: record the outcome"), gettext_lazy("Record what you found.")),
    Status.INFORMATION_NEEDED: (
        gettext_lazy("Next: information"),
        gettext_lazy("Record it when it comes, then verification goes on."),
    ),
}


def next_words(complaint: Complaint, taken: Taken) -> tuple[str, str]:
    """Return the heading and the sentence of the next-step strip."""
    due = _("Due: %(time)s.") % {"time": display.ago(complaint.due_at)}
    if is_unassigned(complaint) and complaint.status == Status.NEW:
        return _("Next: assign to a province"), _("No province is responsible yet. The ministry assigns it.")
    if plain := PLAIN.get(Status(complaint.status)):
        return str(plain[0]), f"{plain[1]} {due}"
    match complaint.status:
        case Status.OUTCOME_PROPOSED:
            return _proposed(complaint, taken.get("propose_outcome"))
        case Status.CLOSING_PROPOSED:
            return _("Next: another person closes"), _who(taken.get("propose_closing"))
        case Status.CLOSED:
            return _("Closed"), _note(taken.get("close"))
    return _rescue_words(complaint, due)


def _proposed(complaint: Complaint, row: Transition | None) -> tuple[str, str]:
    words = _outcome_words(complaint.proposed_outcome, complaint.proposed_finding)
    return _("Next: another person confirms “%(outcome)s”") % {"outcome": words}, _who(row)


def proposal(complaint: Complaint, taken: Taken, user: Any) -> str:
    """Say what was proposed, by whom and why: "Not trafficking. 23 Nov, 14:54, Chea Sopheak. Wages were paid." """
    closing = complaint.status == Status.CLOSING_PROPOSED
    row = taken.get("propose_closing" if closing else "propose_outcome")
    what = _("Closing proposed") if closing else _outcome_words(complaint.proposed_outcome, complaint.proposed_finding)
    besides = "" if closing else besides_outcome(complaint, user)
    return display.sentences(what, besides, _note(row), row.words if row else "")


def besides_outcome(complaint: Complaint, user: Any) -> str:
    """Say of which complaint it is a duplicate, where the reader may see that one, or who withdrew it and how."""
    if complaint.duplicate_of_id:
        seen = Complaint.objects.visible_to(user).filter(pk=complaint.duplicate_of_id)
        reference = seen.values_list("reference", flat=True).first()
        return _("Same as %(reference)s") % {"reference": reference} if reference else ""
    if not complaint.withdrawn_by:
        return ""
    alone = _("asked alone") if complaint.withdrawn_alone else _("not asked alone")
    pressed = _("signs of pressure") if complaint.withdrawn_pressed else _("no sign of pressure")
    return f"{complaint.get_withdrawn_by_display()}, {alone}, {pressed}"


def _who(row: Transition | None) -> str:
    return _("Proposed: %(who)s. A person at the ministry decides, outside the province.") % {"who": _note(row)}


def _rescue_words(complaint: Complaint, due: str) -> tuple[str, str]:
    sought = complaint.ledger["sought"]
    if not sought:
        return _("Next: propose closing"), _("Nobody is sought any more. Another person at the ministry closes it.")
    words = ngettext("Next: find %(n)s person", "Next: find %(n)s people", sought) % {"n": display.number(sought)}
    if complaint.may_leave_people_sought:
        return words, _("It may be closed before; they stay on the list of missing people.")
    record = _("Record what became of each person.")
    return words, f"{record} {due}"


def facts(complaint: Complaint, user: Any, others: int, changed: Collection[str] = ()) -> list[dict[str, Any]]:
    """Return the facts with a value; `others` counts the complaints about the same site the reader may see.

    `changed` names the fields that were ever changed: their facts lead to their history.
    """
    identity = user.may("identity.read")
    told = set(changed) & set(labels(user))
    return [{**row, **_history(complaint, told, row)} for row in _facts(complaint, user, others, identity)]


def _history(complaint: Complaint, told: Collection[str], row: dict[str, Any]) -> dict[str, str]:
    """Return the address of a fact's history, where it has one."""
    field = next((name for name in row.get("fields", ()) if name in told), None)
    if field is None:
        return {}
    return {"history": reverse("complaints:field_history", args=[complaint.reference, field])}


def _facts(complaint: Complaint, user: Any, others: int, identity: bool) -> list[dict[str, Any]]:
    return [
        {"key": _("Site"), "value": _site(complaint), "second": _others(others), "fields": ["site"]},
        {"key": _("Exact spot"), "value": complaint.exact_spot if identity else "", "fields": ["exact_spot"]},
        {"key": _("Where"), "value": _where(complaint), "fields": WHERE},
        {"key": _("Forms"), "value": _forms(complaint), "fields": ["forms"]},
        {"key": _("Who is named"), "value": _official(complaint, user)},
        {"key": _("Reporter"), "value": reporter(complaint, user), "second": answers.waits_words(complaint)},
        {"key": _("Report from"), "value": _from(complaint)},
        {"key": _("Received"), "value": display.moment(complaint.received_at), "second": _channel(complaint)},
        *came_with(complaint, user),
        {"key": _("Officer"), "value": complaint.officer.display_name if complaint.officer else ""},
        {"key": _("Handling"), "value": "" if complaint.handling == "provincial" else _handling(complaint)},
        {"key": _("People reported"), "value": _number(complaint)},
        {
            "key": _("Outcome"),
            "value": _outcome_words(complaint.outcome, complaint.finding),
            "second": besides_outcome(complaint, user) if complaint.outcome else "",
        },
    ]


def _official(complaint: Complaint, user: Any) -> str:
    """Return the official named, to the integrity unit alone."""
    return open_sealed(complaint, "official") if user.table.branch == Branch.SEALED else ""


def _site(complaint: Complaint) -> Any:
    if not complaint.site:
        return ""
    url = safe_url("sites:detail", complaint.site.reference)
    return format_html('<a href="{}">{}</a>', url, complaint.site) if url else str(complaint.site)


def _others(others: int) -> str:
    return (
        ngettext("%(n)s other complaint", "%(n)s other complaints", others)
        % {"n": display.number(others)}
        * (others > 0)
    )


def _where(complaint: Complaint) -> str:
    places = (complaint.commune, complaint.district, complaint.province_of_incident)
    abroad = str(countries.name(complaint.country_of_incident)) if complaint.country_of_incident else ""
    return ", ".join(str(place) for place in (*places, abroad) if place) or _("Not known")


def _forms(complaint: Complaint) -> str:
    words = dict(ExploitationForm.choices)
    return ", ".join(str(words.get(code, code)) for code in complaint.forms)


def _from(complaint: Complaint) -> str:
    if complaint.country_of_report:
        return str(countries.name(complaint.country_of_report))
    return str(complaint.province_of_report or "")


def _channel(complaint: Complaint) -> str:
    return str(Channel(complaint.channel).label)


def _handling(complaint: Complaint) -> str:
    return str(Handling(complaint.handling).label)


def _number(complaint: Complaint) -> str:
    if complaint.number_low is None and complaint.number_high is None:
        return ""
    ends = [complaint.number_low or complaint.n_reported, complaint.number_high or complaint.n_reported]
    words = {"low": ends[0], "high": ends[1], "likely": complaint.n_reported}
    return _("%(low)s to %(high)s, likely %(likely)s") % {name: display.number(n) for name, n in words.items()}


def _outcome_words(outcome: str, finding: str) -> str:
    words = [Outcome(outcome).label] if outcome else []
    words += [Finding(finding).label] if finding else []
    return ", ".join(str(word) for word in words)


def reporter(complaint: Complaint, user: Any) -> Any:
    """Return the line of the reporter: protected; those who may ask get the link that asks why."""
    lock = glyphs.named("lock", size=14)
    told = answers.link(complaint)
    if not user.may("reporter.reveal"):
        return format_html("{} {} {}", lock, _("Protected."), told)
    url = reverse("complaints:reporter", args=[complaint.reference])
    return format_html('{} {} <a href="{}">{}</a> {}', lock, _("Protected."), url, _("Ask to see"), told)
