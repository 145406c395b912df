"""The table of steps of a deportation: recorded apart, reviewed for whom non-punishment protects, never a return."""

from typing import Any

from django.core.exceptions import PermissionDenied
from django.utils.translation import gettext, pgettext_lazy
from django.utils.translation import gettext_lazy as _

from victims.models import DeportationReview, DeportationStatus
from workflow.approvals import is_outside
from workflow.table import Ask, Step, Workflow

S = DeportationStatus
REVIEW = "suspect.review"
FINDINGS = (DeportationReview.Finding.MAY_PROCEED, DeportationReview.Finding.MUST_NOT)


def outside(row: Any, by: Any) -> None:
    """Insist that the review is by somebody at the ministry, outside the province, who did not record the order."""
    if row.recorded_by_id == by.pk:
        raise PermissionDenied(gettext("You recorded the order. Another person at the ministry reviews it."))
    if not is_outside(by, [row.province_id]):
        raise PermissionDenied(gettext("A person at the ministry, outside the province, reviews this."))


DEPORTATION = Workflow(
    name="deportation",
    model="victims.Deportation",
    field="status",
    states=S.values,
    initial=(S.ORDERED,),
    steps=(
        Step(
            "review",
            (S.ORDERED,),
            None,
            REVIEW,
            _("Review: may this person be deported?"),
            asks=(
                Ask(
                    "finding",
                    "choice",
                    required=True,
                    label=_("What is found?"),
                    choices=[(finding.value, finding.label) for finding in FINDINGS],
                ),
            ),
            guard=outside,
            note_required=True,
            done=pgettext_lazy("timeline", "Non-punishment reviewed"),
        ),
        Step(
            "carry_out",
            (S.ORDERED,),
            S.CARRIED_OUT,
            "deportation.record",
            _("Record: deported"),
            asks=(
                Ask(
                    "override_why",
                    label=_("Why without the non-punishment review?"),
                    hint=_("Only for somebody found and not cleared. The integrity officer reads it."),
                ),
            ),
            done=pgettext_lazy("timeline", "Deported"),
        ),
        Step(
            "stop",
            (S.ORDERED,),
            S.STOPPED,
            "deportation.record",
            _("Record: the deportation was stopped"),
            note_required=True,
            done=pgettext_lazy("timeline", "Deportation stopped"),
        ),
        Step(
            "take_back",
            (S.CARRIED_OUT, S.STOPPED),
            S.ORDERED,
            "repatriation.correct",
            _("Take back: this was recorded by mistake"),
            note_required=True,
            done=pgettext_lazy("timeline", "Deportation taken back"),
            aside=True,
        ),
    ),
)
