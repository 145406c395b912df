"""Words are set aside by nobody with one press: why is asked, and a supervisor looks at what was set aside lately."""

from datetime import timedelta
from typing import Any
from uuid import uuid4

import pytest
import time_machine
from django.core.exceptions import ValidationError
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.utils import timezone

from accounts.models import User
from accounts.services import system_user
from complaints.models import Contact
from complaints.said import ContactSaid
from complaints.services import advance_contact, log_contact
from complaints.services.inbox import write_waiting
from notifications.due import numbers_due
from tests.factories.accounts import UserFactory

pytestmark = pytest.mark.django_db
WHY = "A shop is looked for."
LATELY = "/contacts/?status=set_aside&aside=lately"


def log(by: User, narrative: str = "She is beaten every night.", **said: Any) -> Contact:
    words = {"kind": "new_report", "channel": "facebook_message", "narrative": narrative, **said}
    return log_contact(ContactSaid(**words), by=by, key=str(uuid4()))[0]


@pytest.mark.parametrize("step", ["spam", "wrong_number"])
def test_the_page_asks_why_and_no_press_alone_ends_a_message(browser: Any, intake: User, step: str) -> None:
    contact, client = log(intake), browser(intake)
    path = f"/contacts/{contact.reference}/steps/{step}/"
    page = client.get(f"/contacts/{contact.reference}/").content.decode()
    assert f'action="{path}"' not in page
    assert f'href="{path}"' in page
    assert client.post(path, {"idempotency_key": "k-1"}).status_code == 400
    with pytest.raises(ValidationError):
        advance_contact(contact, step, by=intake)
    contact.refresh_from_db()
    assert contact.status == "waiting"
    assert client.post(path, {"idempotency_key": "k-2", "note": WHY}).status_code == 302
    contact.refresh_from_db()
    assert (contact.status, contact.kind) == ("set_aside", step)


def test_one_that_is_held_apart_asks_too(intake: User) -> None:
    said = ContactSaid(kind="new_report", channel="public_form", narrative="Nine of us.")
    held = write_waiting(said, system_user(), status="held")
    with pytest.raises(ValidationError):
        advance_contact(held, "spam", by=intake)


def test_a_supervisor_sees_who_set_aside_what_lately_and_why(
    browser: Any, intake: User, supervisor: User, integrity: User
) -> None:
    contact = log(intake)
    advance_contact(contact, "spam", by=intake, note=WHY)
    with time_machine.travel(timezone.now() - timedelta(days=4)):
        old = log(intake, "Long ago.")
        advance_contact(old, "spam", by=intake, note=WHY)
    page = browser(supervisor).get(LATELY).content.decode()
    assert f"Set aside by {intake.display_name}: {WHY}" in page
    assert contact.reference in page
    assert old.reference not in page
    assert old.reference in browser(supervisor).get("/contacts/?status=set_aside").content.decode()
    found = {due.name: (due.url, n) for due, n in numbers_due(supervisor, timezone.now())}
    assert found["aside"] == (LATELY, 1)
    for other in (intake, integrity):
        assert "aside" not in {due.name for due, _n in numbers_due(other, timezone.now())}
    advance_contact(Contact.objects.get(pk=contact.pk), "bring_back", by=supervisor)
    assert "aside" not in {due.name for due, n in numbers_due(supervisor, timezone.now()) if n}


def test_who_and_why_cost_the_same_at_any_number_of_messages(browser: Any, intake: User, supervisor: User) -> None:
    client, costs = browser(supervisor), []
    for _batch in range(2):
        for _one in range(3):
            advance_contact(log(intake), "spam", by=UserFactory(role="intake"), note=WHY)
        client.get(LATELY)
        with CaptureQueriesContext(connection) as asked:
            client.get(LATELY)
        costs.append(len(asked))
    assert costs[0] == costs[1]


def test_a_program_says_why_and_lists_what_was_set_aside(program: Any, intake: User) -> None:
    contact, client = log(intake), program(intake)
    steps = f"/api/v1/contacts/{contact.reference}/steps/"
    assert client.post(steps, {"step": "spam"}).status_code == 400
    assert client.post(steps, {"step": "spam", "note": WHY}).status_code == 200
    (row,) = client.get("/api/v1/contacts/?aside=lately").json()["results"]
    assert row["reference"] == contact.reference
