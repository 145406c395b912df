"""Stop the returns of a person whose yes stands no more, or who was deported: the system's act, wherever they stand."""

from typing import Any

from django.utils.translation import gettext_lazy

from accounts.services import system_user
from victims.models import Repatriation
from victims.repatriation_workflow import REPATRIATION
from workflow.notes import in_source
from workflow.services import perform

NO_CONSENT = gettext_lazy("The person was asked again about the own embassy.")
DEPORTED = gettext_lazy("The person was deported. That is no return.")


def stop_returns(person_id: Any, *, deported: bool = False) -> int:
    """Stop what is open; return how many returns stopped. Whoever calls holds the person (`rescue.hold_person`)."""
    open_rows = Repatriation.objects.open() if deported else Repatriation.objects.waiting()
    step, note = ("end_otherwise", DEPORTED) if deported else ("consent_ended", NO_CONSENT)
    rows = list(open_rows.filter(victim__person_id=person_id).order_by("pk"))
    for row in rows:
        perform(REPATRIATION, row, step, by=system_user(), note=in_source(note), effect=_stopped)
    return len(rows)


def _stopped(_row: Repatriation, _values: dict[str, Any], moment: Any) -> dict[str, Any]:
    return {"status_at": moment}
