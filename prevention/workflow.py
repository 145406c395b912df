"""The table of steps of a survey: written, opened for answers, closed; reopened where sheets come late."""

from typing import Any

from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from core.exceptions import Conflict
from prevention.models import SurveyStatus
from workflow.table import Step, Workflow

S = SurveyStatus


def nothing_runs(survey: Any, _by: Any) -> None:
    """Raise Conflict while a sheet is being taken in."""
    if survey.imports.running().exists():
        raise Conflict(gettext("A sheet is being taken in. Wait until it is done, or take it out."))


SURVEY = Workflow(
    name="survey",
    model="prevention.Survey",
    field="status",
    states=S.values,
    initial=(S.DRAFT,),
    steps=(
        Step("open", (S.DRAFT,), S.OPEN, "survey.manage", _("Open for answers"), done=_("Opened for answers")),
        Step(
            "close",
            (S.OPEN,),
            S.CLOSED,
            "survey.manage",
            _("Close the survey"),
            guard=nothing_runs,
            done=_("Survey closed"),
        ),
        Step(
            "reopen",
            (S.CLOSED,),
            S.OPEN,
            "survey.manage",
            _("Open again"),
            note_required=True,
            done=_("Opened again"),
            aside=True,
        ),
    ),
)
