"""The table of steps of a complaint."""

from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from complaints.guards import (
    by_acceptance,
    closable,
    may_close,
    may_go_to_province,
    provincial,
    released,
    second_person,
    unassigned,
    unsealed,
)
from complaints.models import Finding, Missing, Outcome, Status, Withdrawer
from provinces.choices import province_choices
from workflow.table import Ask, Step, Workflow

S = Status
OPEN = tuple(status for status in Status if status != Status.CLOSED)
ALONE = [choice for choice in Outcome.choices if choice[0] in (Outcome.SUBSTANTIATED, Outcome.PARTLY)]
BY_TWO = [choice for choice in Outcome.choices if choice not in ALONE]
MISSING = Ask("missing", "several", required=True, label=_("What is missing?"), choices=Missing.choices)
NEXT_ATTEMPT = Ask(
    "next_attempt_on", "date", label=_("Next attempt on"), hint=_("Like 29/9/2022. Empty: as soon as possible.")
)
DUPLICATE, WITHDRAWN = ("outcome", str(Outcome.DUPLICATE)), ("outcome", str(Outcome.WITHDRAWN))
IF_PROPOSED = (
    Ask(
        "finding",
        "choice",
        required=True,
        label=_("What was it, if not trafficking?"),
        choices=Finding.choices,
        under=("outcome", str(Outcome.NOT_TRAFFICKING)),
    ),
    Ask(
        "duplicate_of",
        required=True,
        label=_("Reference of the other complaint"),
        hint=_("Like KH-2022-7RK3QD. If people are in both, merge the two instead."),
        under=DUPLICATE,
    ),
    Ask(
        "withdrawn_by",
        "choice",
        required=True,
        label=_("Who withdraws it?"),
        choices=Withdrawer.choices,
        under=WITHDRAWN,
    ),
    Ask("withdrawn_alone", "yes_no", required=True, label=_("Was he or she asked alone?"), under=WITHDRAWN),
    Ask("withdrawn_pressed", "yes_no", required=True, label=_("Are there signs of pressure?"), under=WITHDRAWN),
)

COMPLAINT = Workflow(
    name="complaint",
    model="complaints.Complaint",
    field="status",
    states=S.values,
    initial=(S.NEW,),
    since="received_at",
    steps=(
        Step(
            "assign",
            (S.NEW,),
            None,
            "complaint.assign",
            _("Assign to a province"),
            asks=(Ask("province", "choice", required=True, label=_("Responsible province"), choices=province_choices),),
            guard=unassigned,
            done=pgettext_lazy("timeline", "Assigned to a province"),
        ),
        Step(
            "acknowledge",
            (S.NEW,),
            S.ACKNOWLEDGED,
            "complaint.acknowledge",
            _("Acknowledge"),
            guard=released,
            done=pgettext_lazy("timeline", "Acknowledged"),
        ),
        Step(
            "transfer",
            OPEN,
            None,
            "complaint.assign",
            _("Move to the province that accepted it"),
            asks=(Ask("province", "choice", required=True, label=_("Responsible province"), choices=province_choices),),
            guard=by_acceptance,
            aside=True,
            done=pgettext_lazy("timeline", "Transferred: another province is responsible"),
        ),
        Step(
            "start_verification",
            (S.ACKNOWLEDGED,),
            S.VERIFYING,
            "complaint.verify",
            _("Start verification"),
            done=pgettext_lazy("timeline", "Verification started"),
        ),
        Step(
            "record_outcome",
            (S.VERIFYING,),
            S.DECIDED,
            "complaint.decide",
            _("Record outcome"),
            asks=(Ask("outcome", "choice", required=True, label=_("Outcome"), choices=ALONE),),
            done=pgettext_lazy("timeline", "Outcome recorded"),
        ),
        Step(
            "ask_information",
            (S.VERIFYING,),
            S.INFORMATION_NEEDED,
            "complaint.verify",
            _("Ask for information"),
            asks=(MISSING, NEXT_ATTEMPT),
            note_required=True,
            done=pgettext_lazy("timeline", "Information asked for"),
        ),
        Step(
            "information_received",
            (S.INFORMATION_NEEDED,),
            S.VERIFYING,
            "complaint.verify",
            _("Information received"),
            done=pgettext_lazy("timeline", "Information received"),
        ),
        Step(
            "propose_outcome",
            (S.VERIFYING,),
            S.OUTCOME_PROPOSED,
            "complaint.decide",
            _("Propose outcome"),
            asks=(
                Ask("outcome", "choice", required=True, label=_("Outcome"), choices=BY_TWO),
                *IF_PROPOSED,
            ),
            two_people=True,
            note_required=True,
            done=pgettext_lazy("timeline", "Outcome proposed"),
        ),
        Step(
            "confirm_outcome",
            (S.OUTCOME_PROPOSED,),
            S.DECIDED,
            "complaint.confirm",
            _("Confirm outcome"),
            guard=second_person,
            decides=("propose_outcome",),
            done=pgettext_lazy("timeline", "Outcome confirmed"),
        ),
        Step(
            "send_back",
            (S.OUTCOME_PROPOSED,),
            S.VERIFYING,
            "complaint.confirm",
            _("Send back"),
            guard=second_person,
            decides=("propose_outcome",),
            refuses=True,
            note_required=True,
            done=pgettext_lazy("timeline", "Sent back"),
        ),
        Step(
            "propose_closing",
            (S.DECIDED,),
            S.CLOSING_PROPOSED,
            "complaint.propose_closing",
            _("Propose closing"),
            guard=may_close,
            two_people=True,
            done=pgettext_lazy("timeline", "Closing proposed"),
        ),
        Step(
            "close",
            (S.CLOSING_PROPOSED,),
            S.CLOSED,
            "complaint.close",
            _("Close"),
            guard=closable,
            decides=("propose_closing",),
            done=pgettext_lazy("timeline", "Closed"),
        ),
        Step(
            "send_back",
            (S.CLOSING_PROPOSED,),
            S.DECIDED,
            "complaint.close",
            _("Send back"),
            guard=second_person,
            decides=("propose_closing",),
            refuses=True,
            note_required=True,
            done=pgettext_lazy("timeline", "Sent back"),
        ),
        Step(
            "reopen",
            (S.CLOSED,),
            S.VERIFYING,
            "complaint.reopen",
            _("Reopen"),
            note_required=True,
            done=pgettext_lazy("timeline", "Reopened"),
        ),
        # Who handles it stands beside the status and moves by steps too.
        Step(
            "lead_nationally",
            tuple(S.values),
            None,
            "complaint.triage",
            _("Lead at the ministry"),
            guard=provincial,
            note_required=True,
            done=pgettext_lazy("timeline", "Led by the ministry"),
            aside=True,
        ),
        Step(
            "hand_to_province",
            tuple(S.values),
            None,
            "complaint.confirm",
            _("Hand to the province"),
            guard=may_go_to_province,
            note_required=True,
            done=pgettext_lazy("timeline", "Handed to the province"),
            aside=True,
        ),
        Step(
            "seal",
            tuple(S.values),
            None,
            "complaint.triage",
            _("Seal: an official or a unit is named"),
            guard=unsealed,
            note_required=True,
            done=pgettext_lazy("timeline", "Sealed"),
            aside=True,
        ),
    ),
)
