"""The table of steps of a referral. Expired is no end: it can still be accepted, returned or recalled. An accepted transfer has ended."""

from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from referrals.guards import accepts, answers, hands_over, homeless, recalls, sees
from referrals.models.words import RUNNING, UNANSWERED, ReferralOutcome, ReferralStatus, ReturnReason
from workflow.table import Ask, Step, Workflow

S = ReferralStatus
ANSWERED_BY = Ask(
    "answered_by",
    label=_("Who answered, and how?"),
    hint=_("Only where you write down what the partner said: a name, by telephone or face to face"),
)
BEDS = Ask("beds", "number", label=_("How many beds are free now?"), hint=_("Leave it empty if you do not know"))
ARRIVED = Ask("arrived_on", "date", label=_("Arrived on"), hint=_("Leave it empty for today"))

OF_THE_SYSTEM = ("see", "expire", "end_transfer")  # steps that follow by themselves: on no page

REFERRAL = Workflow(
    name="referral",
    model="referrals.Referral",
    field="status",
    states=S.values,
    initial=(S.SENT,),
    steps=(
        Step(
            "accept",
            UNANSWERED,
            S.ACCEPTED,
            "referral.answer",
            pgettext_lazy("referral", "Accept"),
            asks=(ANSWERED_BY, BEDS),
            guard=accepts,
            done=pgettext_lazy("timeline", "Referral accepted"),
        ),
        Step(
            "begin",
            (S.ACCEPTED,),
            S.IN_PROGRESS,
            "referral.answer",
            _("Record: arrived, work has begun"),
            asks=(ARRIVED,),
            guard=answers,
            done=pgettext_lazy("timeline", "Arrived at the partner"),
        ),
        Step(
            "complete",
            (S.IN_PROGRESS, S.ACCEPTED),
            S.COMPLETED,
            "referral.answer",
            _("Complete"),
            asks=(
                Ask("outcome", "choice", required=True, label=_("How did it end?"), choices=ReferralOutcome.choices),
            ),
            guard=answers,
            done=pgettext_lazy("timeline", "Referral completed"),
        ),
        Step(
            "return",
            (*UNANSWERED, S.ACCEPTED, S.IN_PROGRESS),
            S.RETURNED,
            "referral.answer",
            pgettext_lazy("referral", "Return"),
            asks=(Ask("reason", "choice", required=True, label=_("Why?"), choices=ReturnReason.choices), ANSWERED_BY),
            guard=answers,
            aside=True,
            done=pgettext_lazy("timeline", "Referral returned"),
        ),
        Step(
            "recall",
            RUNNING,
            S.RECALLED,
            "referral.answer",
            pgettext_lazy("referral", "Recall"),
            guard=recalls,
            note_required=True,
            aside=True,
            done=pgettext_lazy("timeline", "Referral recalled"),
        ),
        Step(
            "settle",
            (S.RETURNED, S.RECALLED, S.COMPLETED),
            None,
            "referral.send",
            _("Nobody else is needed"),
            guard=homeless,
            note_required=True,
            aside=True,
            done=pgettext_lazy("timeline", "Settled: nobody else is needed"),
        ),
        Step(
            "see",
            (S.SENT,),
            S.SEEN,
            "referral.answer",
            pgettext_lazy("referral", "Seen"),
            guard=sees,
            aside=True,
            done=pgettext_lazy("timeline", "Referral seen"),
        ),
        Step(
            "end_transfer",
            (S.ACCEPTED,),
            S.COMPLETED,
            "referral.expire",
            _("Responsibility moved"),
            guard=hands_over,
            aside=True,
            done=pgettext_lazy("timeline", "Responsibility moved to the province that accepted"),
        ),
        Step(
            "expire",
            (S.SENT, S.SEEN),
            S.EXPIRED,
            "referral.expire",
            pgettext_lazy("referral", "Not answered in time"),
            aside=True,
            done=pgettext_lazy("timeline", "Referral not answered in time"),
        ),
    ),
)
