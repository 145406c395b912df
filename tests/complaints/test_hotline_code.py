"""A reporter who calls and says that they have a code: it is read at the hotline, and opens what the reader may see."""

from datetime import timedelta
from typing import Any

import pytest
import time_machine
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.utils import timezone

from accounts.models import User
from audit.models import AuditEvent
from complaints.channels.public.receipt import groups_of
from complaints.models import Call, Contact
from complaints.services.codes import PAUSE, look_up_code
from core.text import khmer_digits
from tests.complaints.calls import SAID, a_call, page_of, press
from tests.complaints.test_public_messages import filed, other_code, reported

pytestmark = pytest.mark.django_db


@pytest.fixture
def call(intake: User) -> Call:
    return a_call(intake)


def beside(client: Any, call: Call, code: str) -> Any:
    return client.post(page_of(call) + "beside/", {**SAID, "code": code})


def looks(by: User) -> list[AuditEvent]:
    return list(AuditEvent.objects.filter(verb="report.code", actor_id=str(by.pk)).order_by("seq"))


def test_a_code_read_out_shows_its_complaint_and_one_key_adds_the_call(browser: Any, intake: User, call: Call) -> None:
    code, contact = reported()
    complaint = filed(contact, intake)
    client = browser(intake)
    spoken = khmer_digits(" - ".join(groups_of(code)))
    page = beside(client, call, spoken).content.decode()
    assert "The report of this code" in page
    assert f'value="more-{complaint.reference}" accesskey="a"' in page
    assert f"/complaints/{complaint.reference}/messages/" in page
    assert f"more-{complaint.reference}" in client.get(page_of(call)).content.decode()
    assert press(client, call, f"more-{complaint.reference}", code=spoken).status_code == 302
    assert Contact.objects.visible_to(intake).filter(complaint=complaint).count() == 2
    assert [look.outcome for look in looks(intake)] == ["done"]
    assert looks(intake)[0].object_id == str(contact.pk)
    call.refresh_from_db()
    assert code.encode() not in bytes(call.body.box)


def test_a_report_that_waits_stands_beside_the_call_with_its_messages(browser: Any, intake: User, call: Call) -> None:
    code, contact = reported()
    page = beside(browser(intake), call, code).content.decode()
    assert f"/contacts/{contact.reference}/messages/" in page
    assert "Waiting" in page


def test_a_group_misheard_is_named_while_it_is_read_and_nothing_is_looked_up(
    browser: Any, intake: User, call: Call
) -> None:
    code, _contact = reported()
    wrong = code[:6] + str((int(code[6]) + 1) % 10) + code[7:]
    client = browser(intake)
    assert "Look at group 2." in beside(client, call, wrong[:12]).content.decode()
    assert "Look at group 2." in beside(client, call, wrong).content.decode()
    assert "has 25 digits; this has 12" in beside(client, call, code[:12]).content.decode()
    assert looks(intake) == []


def test_a_sealed_report_answers_like_a_wrong_code_by_the_same_questions(intake: User, integrity: User) -> None:
    code, contact = reported(official="A colonel takes part.")
    assert contact.handling == "sealed"
    asked = []
    for one in (code, other_code()):
        with CaptureQueriesContext(connection) as queries:
            looked = look_up_code(one, by=intake)
        asked.append([query["sql"].partition("WHERE")[0] for query in queries])
        assert looked.contact is None
        assert looked.why == look_up_code(other_code(), by=intake).why
    assert asked[0] == asked[1]
    assert look_up_code(code, by=integrity).contact in (None, contact)


def test_a_few_wrong_codes_slow_the_next_and_the_same_one_is_counted_once(
    browser: Any, intake: User, call: Call
) -> None:
    code, contact = reported()
    client, wrong = browser(intake), [other_code() for _ in range(3)]
    for one in (wrong[0], wrong[0], wrong[0], wrong[1], wrong[2]):
        assert "You may see no report" in beside(client, call, one).content.decode()
    assert [look.outcome for look in looks(intake)] == ["nothing"] * 3
    assert "is looked up in" in beside(client, call, code).content.decode()
    with time_machine.travel(timezone.now() + PAUSE + timedelta(seconds=1)):
        assert contact.reference in beside(client, call, code).content.decode()


def test_who_may_open_no_reporter_looks_up_no_code(officer_psh: User) -> None:
    code, _contact = reported()
    looked = look_up_code(code, by=officer_psh)
    assert (looked.contact, looked.why, looked.asked) == (None, "", False)


def test_a_program_looks_up_a_code_in_a_body_and_each_look_is_recorded(
    program: Any, intake: User, analyst: User
) -> None:
    code, contact = reported()
    found = program(intake).post("/api/v1/contacts/code/", {"code": " ".join(groups_of(code))})
    assert found.status_code == 200
    assert found.json()["reference"] == contact.reference
    wrong = program(intake).post("/api/v1/contacts/code/", {"code": other_code()})
    assert wrong.status_code == 400
    assert "You may see no report" in wrong.content.decode()
    assert [look.outcome for look in looks(intake)] == ["done", "nothing"]
    assert program(analyst).post("/api/v1/contacts/code/", {"code": code}).status_code == 403
