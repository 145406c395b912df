"""The summary of one complaint on paper: coded facts, people and suspects; names and words only where identities leave."""

from typing import Any

from django.http import QueryDict
from django.utils.translation import gettext as _

from complaints.models import Complaint, ExploitationForm
from complaints.models.ledger import ENDED, REPORTED
from core import display
from core.display import told
from core.text import clean
from suspects.models import ProcessRole, Suspect
from victims.models import Victim
from workflow.models import Transition

MOST = 500  # people, suspects and steps on one paper; what is left out is said


class OneComplaint:
    """One complaint, shaped as the filter of a list: by its reference, through the scope."""

    errors: dict[str, Any] = {}

    def __init__(self, params: QueryDict, user: Any) -> None:
        self.reference = clean(params.get("reference", "")).upper()[:20]
        self.qs = Complaint.objects.visible_to(user).filter(reference=self.reference)
        self.filters: dict[str, Any] = {"reference": None}

    def is_valid(self) -> bool:
        """Say that a reference can be asked for; one that is not there finds nothing."""
        return True

    def on(self) -> list[dict[str, str]]:
        """Say which complaint it is."""
        return [{"label": told(_("Reference"), self.reference)}]


def summary_of(complaint: Complaint, user: Any, *, identities: bool) -> dict[str, Any]:
    """Return what stands on the paper (`core/typst/sheet.typ`), in the language that is on."""
    parts: list[dict[str, Any] | None] = [_facts(complaint), _numbers(complaint)]
    if identities and complaint.narrative:
        parts.append({"title": _("What happened"), "words": complaint.narrative.splitlines()})
    parts += [_people(complaint, user, identities), _suspects(complaint, user, identities), _story(complaint)]
    return {"title": told(_("Complaint"), complaint.reference), "parts": [part for part in parts if part]}


def _facts(complaint: Complaint) -> dict[str, Any]:
    forms = [str(ExploitationForm(one).label) for one in complaint.forms if one in ExploitationForm.values]
    said = [
        (_("Status"), complaint.get_status_display()),
        (_("Urgency"), complaint.get_urgency_display()),
        (_("Handling"), complaint.get_handling_display()),
        (_("Channel"), complaint.get_channel_display()),
        (_("Forms of exploitation"), ", ".join(forms)),
        (_("Received at"), display.moment(complaint.received_at)),
        (_("Responsible province"), complaint.province.name),
        (_("Province of report"), getattr(complaint.province_of_report, "name", "")),
        (_("Province of incident"), getattr(complaint.province_of_incident, "name", "")),
        (_("Outcome"), complaint.get_outcome_display() if complaint.outcome else ""),
    ]
    return {"title": _("Facts"), "said": [[str(word), str(value)] for word, value in said if value]}


def _numbers(complaint: Complaint) -> dict[str, Any]:
    sums = Complaint.objects.filter(pk=complaint.pk).values_list(REPORTED, ENDED).get()
    said = [
        (_("Reported"), sums[0]),
        (_("Rescued"), complaint.n_rescued),
        (_("Left on own"), complaint.n_left),
        (_("Declined"), complaint.n_declined),
        (_("Not found"), complaint.n_not_found),
        (_("Deceased"), complaint.n_deceased),
        (_("Still sought"), (sums[0] or 0) - sums[1]),
        (_("Found without having been reported"), complaint.n_found_unreported),
    ]
    return {"title": _("People in numbers"), "said": [[str(word), display.number(value or 0)] for word, value in said]}


def _people(complaint: Complaint, user: Any, identities: bool) -> dict[str, Any] | None:
    if not user.may("victim.read"):
        return None
    rows = Victim.objects.visible_to(user).filter(complaint=complaint).for_list().order_by("received_at", "pk")
    head = [_("Reference"), _("Sex"), _("Age"), _("Nationality"), _("Rescue status"), _("Identification")]
    body = [
        [*_person(row), row.get_rescue_status_display(), row.get_decision_display(), *_names(row, identities)]
        for row in rows[:MOST]
    ]
    return _table(_("Victims and persons sought"), head, body, identities, rows)


def _suspects(complaint: Complaint, user: Any, identities: bool) -> dict[str, Any] | None:
    if not user.may("suspect.read"):
        return None
    rows = Suspect.objects.visible_to(user).filter(complaint=complaint).for_list().order_by("received_at", "pk")
    head = [_("Reference"), _("Sex"), _("Age"), _("Nationality"), _("Role in the process"), _("Status")]
    body = [
        [
            *_person(row),
            ", ".join(str(ProcessRole(one).label) for one in row.roles if one in ProcessRole.values),
            row.get_status_display(),
            *_names(row, identities),
        ]
        for row in rows[:MOST]
    ]
    return _table(_("Suspects"), head, body, identities, rows)


def _table(title: str, head: list[str], body: list[list[Any]], identities: bool, rows: Any) -> dict[str, Any] | None:
    said = [*head, _("Name")] if identities else head
    found = {"title": title, "head": said, "rows": [[str(cell) for cell in row] for row in body], "words": cut(rows)}
    return found if body else None


def cut(rows: Any) -> list[str]:
    """Say how many rows a table leaves out, where it does: nobody takes a part for the whole."""
    n = rows.count()
    if n <= MOST:
        return []
    return [_("The first %(shown)s of %(n)s.") % {"shown": display.number(MOST), "n": display.number(n)}]


def _person(row: Any) -> list[str]:
    age = "" if row.person.age is None else display.number(row.person.age)
    return [row.reference, row.person.get_sex_display(), age, row.person.nationality]


def _names(row: Any, identities: bool) -> list[str]:
    return [" / ".join(name for name in row.person.names_for() if name)] if identities else []


def _story(complaint: Complaint) -> dict[str, Any] | None:
    """Return the steps of the complaint itself, oldest first; what was noted with them stays behind."""
    words = {**dict(Complaint.status.field.flatchoices), **dict(Complaint.handling.field.flatchoices)}  # type: ignore[attr-defined]
    steps = Transition.objects.of(complaint).exclude(after="").order_by("happened_at", "id")
    rows = [[display.moment(step.happened_at), str(words.get(step.after, step.after))] for step in steps[:MOST]]
    return {"title": _("Steps"), "head": [_("When"), _("Status")], "rows": rows, "words": cut(steps)} if rows else None


def filtered(params: QueryDict, user: Any) -> Any:
    """Return the filter of a summary."""
    return OneComplaint(params, user)


def no_columns(user: Any, *, shared: bool = False) -> list[Any]:
    """Return nothing: a summary says what it says."""
    return []
