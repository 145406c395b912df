"""Whoever sees a record leaves a trace, also by sending a form that is bound to come back."""

from collections.abc import Callable

import pytest
from django.test import Client

from accounts.models import User
from audit.models import AuditEvent
from complaints.models import Complaint

Browser = Callable[..., Client]


def looks_at(pk: object) -> int:
    return AuditEvent.objects.filter(verb="read", object_id=str(pk)).count()


@pytest.mark.parametrize(
    ("page", "sent"),
    [("facts/", {"version": "x"}), ("steps/record_outcome/", {}), ("people/add/", {"name": "x" * 300})],
)
def test_a_form_of_a_complaint_that_comes_back_is_a_look(
    browser: Browser, officer_psh: User, complaint: Complaint, page: str, sent: dict[str, str]
) -> None:
    answer = browser(officer_psh).post(f"/complaints/{complaint.reference}/{page}", sent)
    assert answer.status_code in {400, 409}
    assert "Held on the sixth floor" in answer.content.decode()
    assert looks_at(complaint.pk) == 1


def test_a_form_of_a_person_that_comes_back_is_a_look(
    browser: Browser, officer_psh: User, complaint: Complaint
) -> None:
    child = complaint.victims.get(person__age=17)  # type: ignore[attr-defined]
    client = browser(officer_psh)
    for page in ("", "steps/record_declined/"):
        before = looks_at(child.pk)
        answer = client.post(f"/victims/{child.reference}/{page}", {})
        assert answer.status_code in {400, 409}
        assert "Nguyễn Thị Lan" in answer.content.decode()
        assert looks_at(child.pk) == before + 1


def test_the_page_of_a_step_that_is_refused_is_a_look(
    browser: Browser, officer_psh: User, complaint: Complaint
) -> None:
    child = complaint.victims.get(person__age=17)  # type: ignore[attr-defined]
    answer = browser(officer_psh).get(f"/victims/{child.reference}/steps/record_declined/")
    assert answer.status_code == 409
    assert "Nguyễn Thị Lan" in answer.content.decode()
    assert looks_at(child.pk) == 1


def test_what_is_hidden_is_refused_and_no_look(browser: Browser, officer_pp: User, complaint: Complaint) -> None:
    assert browser(officer_pp).post(f"/complaints/{complaint.reference}/facts/", {}).status_code == 404
    assert looks_at(complaint.pk) == 0
