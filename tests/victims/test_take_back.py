"""An entry is taken back by who may do it, once, and not behind a closed complaint."""

from typing import Any

import pytest
from django.core.exceptions import PermissionDenied
from django.utils import timezone

from accounts.models import User
from complaints.models import Complaint
from complaints.services import advance as close
from core.exceptions import Conflict
from tests.victims.test_operations import done, ledger
from victims.models import Victim
from victims.services.entries import Counted, count_found
from victims.services.operations import advance_operation, plan_operation
from victims.services.take_back import take_back

pytestmark = pytest.mark.django_db


def test_who_is_named_and_does_not_see_the_complaint_uses_no_entry_up(
    registered: Any, browser: Any, supervisor: User, officer_psh: User
) -> None:
    led = registered(handling="national_led")
    operation = plan_operation([led], by=supervisor, planned_for=timezone.now(), place="Floor 6", members=[officer_psh])
    advance_operation(operation, "record_done", by=supervisor, result="people_brought_out")
    entry = count_found(operation, [Counted(men=2)], by=supervisor)
    with pytest.raises(PermissionDenied):
        take_back(entry, by=officer_psh)
    url = f"/operations/{operation.reference}/entries/{entry.pk}/take-back/"
    assert browser(officer_psh).post(url).status_code == 403
    assert take_back(entry, by=supervisor) == (2, [])


def test_a_closed_complaint_keeps_its_rows(complaint: Complaint, officer_psh: User, supervisor: User) -> None:
    operation = done(complaint, officer_psh)
    entry = count_found(operation, [Counted(men=1)], by=officer_psh, came_out=False)
    for step in ("acknowledge", "start_verification"):
        complaint = close(complaint, step, by=officer_psh)
    complaint = close(complaint, "propose_outcome", by=officer_psh, outcome="unsubstantiated", note="Nobody was held.")
    complaint = close(complaint, "confirm_outcome", by=supervisor)
    complaint = close(complaint, "propose_closing", by=officer_psh)
    complaint = close(complaint, "close", by=supervisor)
    before = ledger(complaint)
    with pytest.raises(Conflict):
        take_back(entry, by=officer_psh)
    assert ledger(complaint) == before
    assert Victim.objects.filter(operation=operation).count() == 1
