"""The API shows a record in more answers than GET: each leaves a look in the audit."""

from collections.abc import Callable
from typing import Any

from rest_framework.test import APIClient

from accounts.models import User
from audit.models import AuditEvent
from complaints.models import Complaint

Program = Callable[..., APIClient]


def looks_at(pk: object) -> int:
    return AuditEvent.objects.filter(verb="read", object_id=str(pk)).count()


def test_a_correction_that_changes_nothing_is_a_look(program: Program, officer_psh: User, complaint: Complaint) -> None:
    answer = program(officer_psh).patch(f"/api/v1/complaints/{complaint.reference}/", {"version": 1})
    assert answer.json()["narrative"] == "Held on the sixth floor."
    assert looks_at(complaint.pk) == 1


def test_a_step_taken_again_under_its_key_is_a_look_each_time(
    program: Program, officer_psh: User, complaint: Complaint
) -> None:
    client, key = program(officer_psh), {"Idempotency-Key": "again-and-again"}
    for n in (1, 2):
        answer = client.post(f"/api/v1/complaints/{complaint.reference}/steps/", {"step": "acknowledge"}, headers=key)
        assert answer.status_code == 200
        assert looks_at(complaint.pk) == n


def test_a_complaint_registered_again_under_its_key_is_a_look_each_time(program: Program, intake: Any) -> None:
    client, said = program(intake), {"channel": "hotline", "narrative": "Held.", "province_of_incident": "18"}
    for n in (1, 2):
        client.post("/api/v1/complaints/", said, headers={"Idempotency-Key": "registered-once"})
        assert looks_at(Complaint.objects.get().pk) == n
