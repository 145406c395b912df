"""Stop the returns of a person whose yes stands no more, or who was deported: the system's act, wherever they stand.

What is handled more strictly than the record where it was said is not stopped by that: whoever is accused could else end,
from outside, what protects the person. Those who handle it are told, and nothing goes on without a new yes (the guards).
"""

from collections.abc import Iterable
from typing import Any

from django.utils.translation import gettext_lazy

from accounts.scope import is_stricter
from accounts.services import system_user
from notifications.kinds import VICTIM, Sort, register
from notifications.services import duty_recipients, notify
from victims.models import Repatriation
from victims.repatriation_workflow import REPATRIATION
from workflow.notes import in_source
from workflow.services import perform

NO_CONSENT = gettext_lazy("The person was asked again about the own embassy.")
register(
    "answered_elsewhere", gettext_lazy("Something said elsewhere asks for your decision here"), VICTIM, sort=Sort.DECIDE
)
DEPORTED = gettext_lazy("The person was deported. That is no return.")


def stop_returns(person_id: Any, *, within: str, because: Any, deported: bool = False) -> int:
    """Stop what is open; return how many returns stopped. Whoever calls holds the person (`rescue.hold_person`).

    `within`: the handling of the record where it was said; `because`: its key, that nobody is told of it twice.
    """
    open_rows = Repatriation.objects.open() if deported else Repatriation.objects.waiting()
    step, note = ("end_otherwise", DEPORTED) if deported else ("consent_ended", NO_CONSENT)
    found = open_rows.filter(victim__person_id=person_id).select_related("victim").order_by("pk")
    rows = [row for row in found if not is_stricter(row.handling, within)]
    tell_apart((row for row in found if row not in rows), because)
    for row in rows:
        perform(REPATRIATION, row, step, by=system_user(), note=in_source(note), effect=_stopped)
    return len(rows)


def _stopped(_row: Repatriation, _values: dict[str, Any], moment: Any) -> dict[str, Any]:
    return {"status_at": moment}


def tell_apart(rows: Iterable[Any], because: Any) -> None:
    """Tell who handles rows of a person that something said in a looser record asks for their decision."""
    for row in rows:
        told = duty_recipients(row.province_id, row.handling, row.complaint_id)
        notify(told, "answered_elsewhere", about=row.victim, transition=because)
