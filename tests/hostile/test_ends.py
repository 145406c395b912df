"""What ended stays ended until it is taken up again in the open; numbers keep their order."""

from collections.abc import Callable

import pytest

from accounts.models import User
from audit.models import AuditEvent
from complaints.models import Complaint
from complaints.said import PersonSaid
from complaints.services import advance, advance_victim, change_facts, decide_victim
from core.exceptions import Conflict
from victims.models import Victim
from victims.workflow import RESCUE
from workflow.services import available_steps

Registered = Callable[..., Complaint]


def test_a_search_is_not_taken_up_in_a_closed_complaint(
    registered: Registered, officer_psh: User, supervisor: User
) -> None:
    complaint = registered(number=(None, 1, None), people=(PersonSaid(),))
    victim = Victim.objects.get(complaint=complaint)
    decide_victim(advance_victim(victim, "record_rescue", by=officer_psh), "decide_presumed", by=officer_psh)
    for step, said in (
        ("acknowledge", {}),
        ("start_verification", {}),
        ("record_outcome", {"outcome": "substantiated"}),
        ("propose_closing", {}),
    ):
        complaint = advance(complaint, step, by=officer_psh, **said)
    complaint = advance(complaint, "close", by=supervisor)
    with pytest.raises(Conflict):
        advance_victim(victim, "resume_search", by=officer_psh, note="Back to the list")
    assert "resume_search" not in {step.name for step in available_steps(RESCUE, Victim.objects.get(), officer_psh)}
    advance(complaint, "reopen", by=supervisor, note="She was taken again")
    advance_victim(victim, "resume_search", by=officer_psh, note="She was taken again")
    assert Complaint.objects.get().ledger["sought"] == 1


def test_more_people_than_the_highest_number_raise_it(registered: Registered, officer_psh: User) -> None:
    complaint = registered(number=(2, 3, 9))
    change_facts(complaint, by=officer_psh, version=1, changes={"number_reported": 50})
    complaint.refresh_from_db()
    assert (complaint.number_low, complaint.number_reported, complaint.number_high) == (2, 50, 50)


def test_the_audit_keeps_no_words_from_the_address_of_the_list_of_sites(
    browser: Callable[..., object], officer_psh: User
) -> None:
    browser(officer_psh).get("/sites/?Sok+Dara=1&q=Jin")  # type: ignore[attr-defined]
    event = AuditEvent.objects.get(verb="list", object_type="provinces.site")
    assert event.detail["filters"] == ["q"]
