"""A step: scope, permission, state, answers, version; and submissions that happen once."""

from datetime import timedelta
from typing import Any

import pytest
from django.core.exceptions import PermissionDenied, ValidationError
from django.http import Http404
from django.utils import timezone

from audit.models import AuditEvent
from complaints.models import Complaint
from complaints.services import advance
from complaints.workflow import COMPLAINT
from core.exceptions import Conflict, Unprocessable
from tests.factories.cases import ComplaintFactory
from workflow.models import Edit, Submission, Transition
from workflow.services import available_steps, edit, submit_once

pytestmark = pytest.mark.django_db


def test_a_step_changes_records_and_tells(officer_psh: Any, complaint: Complaint) -> None:
    at = timezone.now() - timedelta(minutes=30)
    type(complaint).objects.update(received_at=at)
    done = advance(complaint, "acknowledge", by=officer_psh, note="  On my way.  ", happened_at=at)
    line = Transition.objects.get(step="acknowledge")
    assert (done.status, done.version) == ("acknowledged", 2)
    assert (line.before, line.after, line.note, line.happened_at) == ("new", "acknowledged", "On my way.", at)
    assert (line.complaint_id, line.province_id, line.handling) == (complaint.pk, "18", "provincial")
    event = AuditEvent.objects.get(verb="complaint.acknowledge")
    assert (event.actor_id, event.object_id) == (str(officer_psh.pk), str(complaint.pk))
    assert "way" not in str(event.detail)


def test_a_hidden_row_does_not_exist(officer_pp: Any, complaint: Complaint) -> None:
    with pytest.raises(Http404):
        advance(complaint, "acknowledge", by=officer_pp)


def test_a_role_without_the_permission_is_refused_whatever_the_state(intake: Any, complaint: Complaint) -> None:
    with pytest.raises(PermissionDenied):
        advance(complaint, "acknowledge", by=intake)
    with pytest.raises(PermissionDenied):
        advance(complaint, "start_verification", by=intake)


def test_a_step_that_was_taken_is_a_conflict(officer_psh: Any, complaint: Complaint) -> None:
    advance(complaint, "acknowledge", by=officer_psh)
    with pytest.raises(Conflict):
        advance(complaint, "acknowledge", by=officer_psh)


def test_it_happened_neither_tomorrow_nor_long_ago(officer_psh: Any, complaint: Complaint) -> None:
    now = timezone.now()
    for at in (now + timedelta(days=1), now.replace(year=1900), now.replace(year=2565)):
        with pytest.raises(ValidationError) as error:
            advance(complaint, "acknowledge", by=officer_psh, happened_at=at)
        assert list(error.value.message_dict) == ["happened_at"]


def test_answers_are_checked_all_at_once(supervisor: Any, complaint: Complaint) -> None:
    for step in ("acknowledge", "start_verification"):
        advance(complaint, step, by=supervisor)
    with pytest.raises(ValidationError) as error:
        advance(complaint, "record_outcome", by=supervisor, outcome="withdrawn", province="18")
    assert set(error.value.message_dict) == {"outcome", "province"}
    assert Complaint.objects.get().status == "verifying"


def test_two_people_close_a_complaint(officer_psh: Any, supervisor: Any, supervisor2: Any) -> None:
    complaint = ComplaintFactory()
    for step in ("acknowledge", "start_verification"):
        advance(complaint, step, by=officer_psh)
    advance(complaint, "propose_outcome", by=supervisor, outcome="unsubstantiated", note="Nobody lives there.")
    with pytest.raises(PermissionDenied):
        advance(complaint, "confirm_outcome", by=supervisor)
    complaint.refresh_from_db()
    assert "confirm_outcome" not in {step.name for step in available_steps(COMPLAINT, complaint, supervisor)}
    assert "confirm_outcome" in {step.name for step in available_steps(COMPLAINT, complaint, supervisor2)}
    assert advance(complaint, "confirm_outcome", by=supervisor2).outcome == "unsubstantiated"


def test_an_edit_keeps_its_history_by_field(officer_psh: Any, complaint: Complaint) -> None:
    edit(complaint, by=officer_psh, version=1, changes={"exact_spot": "Floor 6", "urgency": "normal"})
    (line,) = Edit.objects.all()
    assert (line.field, line.before, line.after, line.version) == ("exact_spot", "", "Floor 6", 2)
    with pytest.raises(Conflict) as conflict:
        edit(complaint, by=officer_psh, version=1, changes={"exact_spot": "Floor 7"})
    assert conflict.value.theirs == {"exact_spot": "Floor 6"}


class Submitting:
    """Counts how often something was made."""

    def __init__(self) -> None:
        self.made: list[Complaint] = []

    def make(self) -> Complaint:
        self.made.append(ComplaintFactory())
        return self.made[-1]

    def send(self, by: Any, key: str = "key-000001", body: Any = "said", route: str = "trial") -> Any:
        find = lambda reference: Complaint.objects.filter(reference=reference).first()  # noqa: E731
        return submit_once(key, by=by, route=route, body=body, make=self.make, find=find)


def test_a_submission_happens_once(intake: Any) -> None:
    submitting = Submitting()
    first, again = submitting.send(intake), submitting.send(intake)
    assert (first[0].pk, first[1], again[1]) == (again[0].pk, True, False)
    assert len(submitting.made) == 1


@pytest.mark.parametrize("other", [{"body": "else"}, {"route": "elsewhere"}])
def test_a_key_used_for_something_else_is_refused(intake: Any, other: dict[str, Any]) -> None:
    submitting = Submitting()
    submitting.send(intake)
    with pytest.raises(Unprocessable):
        submitting.send(intake, **other)
    assert len(submitting.made) == 1


def test_a_key_belongs_to_its_user(intake: Any, supervisor: Any) -> None:
    submitting = Submitting()
    submitting.send(intake)
    assert submitting.send(supervisor)[1] is True


def test_a_submission_that_failed_may_be_sent_again(intake: Any) -> None:
    def fail() -> Any:
        raise ValidationError("no")

    with pytest.raises(ValidationError):
        submit_once("key-000001", by=intake, route="trial", body="said", make=fail, find=lambda reference: None)
    assert not Submission.objects.exists()
    assert Submitting().send(intake)[1] is True


def test_no_body_is_kept(intake: Any) -> None:
    Submitting().send(intake, body={"narrative": "Lan is held"})
    assert "Lan" not in str(vars(Submission.objects.get()))
