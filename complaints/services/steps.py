"""Take the steps of a complaint, and of the people in it, and tell those concerned."""

import datetime
from typing import Any

from django.core.exceptions import ValidationError
from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from accounts.deciding import who_decides
from accounts.models import User
from complaints.models import Complaint, Handling, Outcome, ReporterAnswer, Stage, Status, Told
from complaints.models.deadline import clock
from complaints.names import keep_states
from complaints.services.absorbed import close_absorbed
from complaints.services.answers import answer_due
from complaints.services.attempts import check_next, require_enough
from complaints.services.clock import silent_due
from complaints.services.readings import draw
from complaints.services.withheld import withhold
from complaints.workflow import COMPLAINT
from notifications.services import duty_recipients, notify
from suspects.services import close_around
from victims import services as victims
from workflow.services import perform, transition_of

NO_PROPOSAL = {"proposed_outcome": "", "proposed_finding": "", "proposed_by": None}
NOTHING_MISSING: dict[str, Any] = {"missing": [], "next_attempt_on": None}
UNSAID = {"duplicate_of": None, "withdrawn_by": "", "withdrawn_alone": None, "withdrawn_pressed": None}


@transaction.atomic
def advance(complaint: Complaint, step: str, *, by: Any, **said: Any) -> Complaint:
    """Take one step of a complaint; see `workflow.services.perform` for `said` and the errors."""

    def effect(row: Complaint, values: dict[str, Any], moment: datetime.datetime) -> dict[str, Any]:
        return _changes(row, step, values, moment, by)

    done = perform(COMPLAINT, complaint, step, by=by, effect=effect, **said)
    if step in HANDED:
        close_around(done)
        close_absorbed(done)
    if step in ("lead_nationally", "seal"):
        withhold(done)
    if step == "close":
        draw(done, by)
    _tell(done, step, by)
    return done


Values = dict[str, Any]


def _changes(row: Complaint, step: str, values: Values, moment: datetime.datetime, by: Any) -> Values:
    """Return the columns a step changes besides the status."""
    if step == "assign":
        return _assigned(row, values["province"])
    if step in HANDED:
        if HANDED[step] == Handling.SEALED:
            keep_states(row)
        return {"handling": HANDED[step], "officer": None}
    own = OWN_CHANGES.get(step, _as_answered)(row, values, moment, by)
    stage = STAGE.get(step)
    return {"status_at": moment, **own, **(clock(stage, row.urgency, moment) if stage else {})}


def _as_answered(_row: Complaint, values: Values, _moment: datetime.datetime, _by: Any) -> Values:
    return values


def _taken(_row: Complaint, _values: Values, moment: datetime.datetime, by: Any) -> Values:
    return {"officer": by, "silent_due_at": silent_due(moment)}


def _recorded(_row: Complaint, values: Values, moment: datetime.datetime, _by: Any) -> Values:
    return {"outcome": values["outcome"], "finding": "", "outcome_at": moment, "next_attempt_on": None}


def _asked(_row: Complaint, values: Values, _moment: datetime.datetime, _by: Any) -> Values:
    day = values.get("next_attempt_on")
    check_next(day)
    return {"missing": values["missing"], "next_attempt_on": day or timezone.localdate()}


def _received(_row: Complaint, _values: Values, _moment: datetime.datetime, _by: Any) -> Values:
    return NOTHING_MISSING


def _proposed(row: Complaint, values: Values, _moment: datetime.datetime, by: Any) -> Values:
    outcome, finding = values.get("outcome", ""), values.get("finding", "")
    said = {"proposed_outcome": outcome, "proposed_finding": finding, "proposed_by": by, "next_attempt_on": None}
    match outcome:
        case Outcome.INSUFFICIENT:
            require_enough(row)
        case Outcome.DUPLICATE:
            said["duplicate_of"] = _other(row, values["duplicate_of"], by)
        case Outcome.WITHDRAWN:
            said |= {name: values[name] for name in ("withdrawn_by", "withdrawn_alone", "withdrawn_pressed")}
    return said


def _other(row: Complaint, reference: str, by: Any) -> Complaint:
    """Return the complaint this one is a duplicate of, through the scope of who says so."""
    seen = Complaint.objects.visible_to(by).filter(reference=reference.strip().upper())
    found = seen.select_related("merged_into").first()
    if found is None:
        raise ValidationError({"duplicate_of": [_("There is no complaint of this reference that you may see.")]})
    found = found.merged_into or found
    if row.pk in (found.pk, found.duplicate_of_id):
        raise ValidationError({"duplicate_of": [_("This is the same complaint, or one that is a duplicate of it.")]})
    return found


def _confirmed(row: Complaint, _values: Values, moment: datetime.datetime, _by: Any) -> Values:
    decided = {"outcome": row.proposed_outcome, "finding": row.proposed_finding, "outcome_at": moment}
    return {**decided, **NO_PROPOSAL}


def _sent_back(row: Complaint, _values: Values, _moment: datetime.datetime, _by: Any) -> Values:
    return {**NO_PROPOSAL, **(UNSAID if row.status == Status.OUTCOME_PROPOSED else {})}


def _settled(_row: Complaint, _values: Values, _moment: datetime.datetime, _by: Any) -> Values:
    return NO_PROPOSAL


def _reopened(row: Complaint, _values: Values, moment: datetime.datetime, _by: Any) -> Values:
    """Take the outcome back; a reporter who was told that it is closed waits for a word again."""
    told = row.answer_due_at is None and ReporterAnswer.objects.filter(complaint=row, told=Told.CLOSED).exists()
    waits = {"answer_due_at": answer_due(moment)} if told else {}
    return {**NO_PROPOSAL, **UNSAID, **waits, "outcome": "", "finding": "", "outcome_at": None}


# Who handles it changes; where it stands does not. Who may see it next is named anew.
HANDED = {
    "lead_nationally": Handling.NATIONAL_LED,
    "hand_to_province": Handling.PROVINCIAL,
    "seal": Handling.SEALED,
}
OWN_CHANGES = {
    "acknowledge": _taken,
    "record_outcome": _recorded,
    "ask_information": _asked,
    "information_received": _received,
    "propose_outcome": _proposed,
    "propose_closing": _proposed,
    "confirm_outcome": _confirmed,
    "send_back": _sent_back,
    "close": _settled,
    "reopen": _reopened,
}
STAGE = {
    "acknowledge": Stage.VERIFY,
    "record_outcome": Stage.RESCUE,
    "confirm_outcome": Stage.RESCUE,
    "reopen": Stage.VERIFY,
}


def _assigned(row: Complaint, province: str) -> dict[str, Any]:
    """The responsible province; it is the province of incident too where that was not known and not abroad."""
    changes: dict[str, Any] = {"province_id": province}
    if row.province_of_incident_id is None and not row.country_of_incident:
        changes["province_of_incident_id"] = province
    return changes


KINDS = {
    "assign": "complaint_assigned",
    "acknowledge": "complaint_acknowledged",
    "ask_information": "information_needed",
    "information_received": "information_received",
    "propose_outcome": "outcome_proposed",
    "propose_closing": "closing_proposed",
    "send_back": "sent_back",
    "close": "closed",
    "reopen": "reopened",
    "confirm_outcome": "outcome_recorded",
    "lead_nationally": "complaint_led",
    "hand_to_province": "complaint_assigned",
    "seal": "complaint_sealed",
}
ASKS_SECOND = {"propose_outcome": "complaint.confirm", "propose_closing": "complaint.close"}
ASKS_LOGGER = {"acknowledge", "ask_information"}  # who logged it may know how to reach the reporter


def _tell(complaint: Complaint, step: str, by: Any) -> None:
    kind = KINDS.get(step)
    if kind is None:
        return
    people = {user.pk: user for user in _concerned(complaint, step, by)}
    people.pop(by.pk, None)
    notify(people.values(), kind, about=complaint, transition=transition_of(complaint))


def _concerned(complaint: Complaint, step: str, by: Any) -> list[User]:
    """Who is told: who may decide what was proposed, who logged one acknowledged or asked about, else the officer in charge."""
    if step in ASKS_SECOND:
        seen = Complaint.objects.filter(pk=complaint.pk)
        return who_decides(ASKS_SECOND[step], seen, provinces=[complaint.province_id], but=by)
    if step in ASKS_LOGGER:
        logged = complaint.logged_by
        return [logged] if Complaint.objects.visible_to(logged).filter(pk=complaint.pk).exists() else []
    on_duty = list(duty_recipients(complaint.province_id, complaint.handling, complaint.pk))
    return [complaint.officer] if complaint.officer and step != "assign" else on_duty


advance_victim = victims.advance
decide_victim = victims.decide
