"""The table of steps of a rescue operation."""

from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from victims.guards import named_for
from victims.models import OperationResult, OperationStatus
from workflow.table import Ask, Step, Workflow

S = OperationStatus

OPERATION = Workflow(
    name="operation",
    model="victims.Operation",
    field="status",
    states=S.values,
    initial=(S.PLANNED,),
    steps=(
        Step(
            "record_done",
            (S.PLANNED,),
            S.DONE,
            "operation.plan",
            _("Record: carried out"),
            asks=(
                Ask("result", "choice", required=True, label=_("What came of it?"), choices=OperationResult.choices),
            ),
            guard=named_for,
            done=pgettext_lazy("timeline", "Operation carried out"),
        ),
        Step(
            "call_off",
            (S.PLANNED,),
            S.CALLED_OFF,
            "operation.plan",
            _("Call off"),
            guard=named_for,
            note_required=True,
            done=pgettext_lazy("timeline", "Operation called off"),
        ),
    ),
)
