"""What cannot be recorded is not shown, and errors outside the views speak to programs too."""

from typing import Any

import pytest
from django.db import DatabaseError

from audit.models import AuditEvent
from tests.api import COMPLAINTS

pytestmark = pytest.mark.django_db


def test_a_list_that_cannot_be_recorded_is_withheld(
    program: Any, officer_psh: Any, complaint: Any, monkeypatch: Any
) -> None:
    def broken(rows: Any) -> None:
        raise DatabaseError("disk full")

    client = program(officer_psh)
    monkeypatch.setattr("audit.middleware.record_many", broken)
    answer = client.get(COMPLAINTS)
    assert (answer.status_code, list(answer.json())) == (503, ["detail"])
    assert complaint.reference not in answer.content.decode()


def test_every_look_is_recorded(program: Any, officer_psh: Any, officer_pp: Any, complaint: Any) -> None:
    program(officer_psh).get(f"{COMPLAINTS}?urgency=normal")
    program(officer_psh).get(f"{COMPLAINTS}{complaint.reference}/")
    program(officer_pp).get(f"{COMPLAINTS}{complaint.reference}/")
    program(officer_pp).post(COMPLAINTS, {})
    seen = {
        (event.verb, event.outcome): event for event in AuditEvent.objects.filter(verb__in=["list", "read", "refused"])
    }
    assert seen[("list", "done")].detail == {"filters": ["urgency"], "rows": 1}
    assert seen[("read", "done")].object_id == str(complaint.pk)
    assert seen[("refused", "404")].actor_id == str(officer_pp.pk)


@pytest.mark.parametrize("path", ["/api/v1/nothing/", "/api/v1/complaints/a.b/", "/api/", "/api/v1/complaints"])
def test_an_unknown_address_answers_in_json(program: Any, officer_psh: Any, path: str) -> None:
    answer = program(officer_psh).get(path)
    assert answer.status_code in (301, 404)
    if answer.status_code == 404:
        assert answer.json() == {"detail": "There is nothing here, or it is not open to you."}


def test_a_damaged_address_answers_in_json(program: Any, officer_psh: Any) -> None:
    answer = program(officer_psh).get(f"{COMPLAINTS}?q=%00")
    assert (answer.status_code, answer.json()) == (400, {"detail": "The request is wrong or damaged."})
