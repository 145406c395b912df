"""People found and their returns, for the tests of repatriation, of its board and of deportation."""

from typing import Any

from complaints.said import PersonSaid
from victims.models import Repatriation, Victim
from victims.services import advance
from victims.services.consent import record_consent
from victims.services.repatriation import advance_return, begin_return

ASKED: dict[str, Any] = {"asked_alone": True, "asked_language": "Tiếng Việt"}
GUARDIAN: dict[str, Any] = {
    "name": "Bà Ngoại",
    "kind": "relative",
    "own_view": "I want to go to school again.",
    "view_language": "Tiếng Việt",
}
WAY: dict[str, dict[str, Any]] = {
    "notify_embassy": {"letter_number": "12/22"},
    "confirm_nationality": {},
    "record_document": {"document_kind": "emergency", "document_number": "N 77"},
    "record_clearance": {"fine": "waived", "fine_amount": "240"},
    "agree_departure": {"departs_on": "2099-05-05", "route": "Bavet"},
    "hand_over": {
        "handed_to": "Consul Nguyễn",
        "handed_where": "Bavet",
        "paid_by": "embassy",
        "handover_record": "7/22",
    },
}
STEPS = (
    "asked_alone",
    "embassy_notified",
    "nationality_confirmed",
    "travel_document",
    "exit_clearance",
    "departure_agreed",
    "handed_over",
)


def found(registered: Any, by: Any, *, nationality: str = "VN", age: int = 30, **said: Any) -> Victim:
    """Somebody reported and brought out."""
    person = PersonSaid(name=said.pop("name", "Lê Quốc Bảo"), age=age, nationality=nationality, sex="male")
    victim = Victim.objects.get(complaint=registered(people=(person,), **said))
    return advance(victim, "record_rescue", by=by)


def say_yes(victim: Victim, by: Any) -> None:
    """Record the yes to the own embassy, given alone and without fear."""
    record_consent(victim, by=by, answers={"embassy": "yes"}, afraid="no", **ASKED)


def at_step(victim: Victim, status: str, by: Any) -> Repatriation:
    """Bring a return to a step."""
    say_yes(victim, by)
    row = begin_return(victim, by=by)
    for step in list(WAY)[: STEPS.index(status)]:
        row = advance_return(row, step, by=by, **WAY[step])
    return row
