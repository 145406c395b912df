"""A message that is no complaint is found again: by its reference in the search box, by words and numbers in the inbox."""

from typing import Any
from uuid import uuid4

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from accounts.models import User
from accounts.services import system_user
from complaints.message_search import messages_matching
from complaints.models import Contact
from complaints.said import ContactSaid, ReporterSaid
from complaints.services import log_contact
from complaints.services.inbox import write_waiting
from core.text import khmer_digits

pytestmark = pytest.mark.django_db


def log(by: User, narrative: str, phone: str = "", **said: Any) -> Contact:
    words = {"kind": "new_report", "channel": "facebook_message", "narrative": narrative, **said}
    reporter = ReporterSaid(phone=phone) if phone else None
    return log_contact(ContactSaid(reporter=reporter, **words), by=by, key=str(uuid4()))[0]


def found(by: User, text: str) -> set[str]:
    rows = messages_matching(Contact.objects.visible_to(by), text, by)
    return set(rows.values_list("reference", flat=True))


def test_the_search_box_opens_a_message_by_its_reference(browser: Any, intake: User, officer_psh: User) -> None:
    contact = log(intake, "The blue warehouse.")
    for text in (contact.reference, contact.reference.lower(), f" {khmer_digits(contact.reference)} "):
        answer = browser(intake).get("/complaints/", {"q": text})
        assert (answer.status_code, answer.headers["Location"]) == (302, f"/contacts/{contact.reference}/")
    within = browser(intake).get("/complaints/", {"q": contact.reference}, headers={"hx-request": "true"})
    assert within.headers["HX-Redirect"] == f"/contacts/{contact.reference}/"
    for user, text in ((officer_psh, contact.reference), (intake, "C-22222222")):
        assert browser(user).get("/complaints/", {"q": text}).status_code == 200


def test_a_sealed_message_is_not_opened_by_its_reference(browser: Any, intake: User, integrity: User) -> None:
    said = ContactSaid(kind="new_report", channel="public_form", narrative="The colonel.")
    sealed = write_waiting(said, system_user(), status="held", handling="sealed")
    assert browser(intake).get("/complaints/", {"q": sealed.reference}).status_code == 200
    assert browser(integrity).get("/complaints/", {"q": sealed.reference}).status_code == 302


def test_words_and_numbers_however_written_find_a_message(intake: User) -> None:
    words = log(intake, "Nine of us sit in the Blue Warehouse.")
    number = log(intake, "Ring ០៩៧ ៥៥៥-០១៨៤ after eight.")
    caller = log(intake, "Somebody is held.", phone="+855 97 555 0184")
    assert found(intake, "warehouse blue") == {words.reference}
    assert found(intake, "097 555 0184") == found(intake, "00855975550184") == {number.reference, caller.reference}
    assert found(intake, "097 555 018") == set()
    assert found(intake, words.reference[:5].lower()) >= {words.reference}
    assert found(intake, "100%") == set()


def test_who_may_open_no_reporter_finds_no_caller_and_who_reads_no_identities_no_words(
    intake: User, analyst: User
) -> None:
    log(intake, "Ring 097 555 0184.", phone="012 345 678")
    rows = Contact.objects.all()
    assert not messages_matching(rows, "097 555 0184", analyst).exists()
    assert not messages_matching(rows, "012 345 678", analyst).exists()


def test_the_inbox_and_a_program_narrow_by_it(browser: Any, program: Any, intake: User) -> None:
    contact = log(intake, "Nine of us sit in the blue warehouse.")
    other = log(intake, "Somebody else.")
    page = browser(intake).get("/contacts/?q=warehouse").content.decode().partition("<main")[2]
    assert (contact.reference in page, other.reference in page) == (True, False)
    (row,) = program(intake).get("/api/v1/contacts/?q=warehouse").json()["results"]
    assert row["reference"] == contact.reference


@pytest.mark.parametrize("text", ["warehouse", "097 555 0184"])
def test_it_costs_the_same_at_any_number_of_messages(browser: Any, intake: User, text: str) -> None:
    client, costs = browser(intake), []
    for _batch in range(2):
        for _one in range(3):
            log(intake, "The warehouse, 097 555 0184.", phone="097 555 0184")
        client.get("/contacts/", {"q": text})
        with CaptureQueriesContext(connection) as asked:
            client.get("/contacts/", {"q": text})
        costs.append(len(asked))
    assert costs[0] == costs[1]


def test_beside_a_message_stand_others_that_wait_with_its_number(browser: Any, intake: User) -> None:
    one = log(intake, "They ring from 097 555 0184 and ask for money.")
    caller = log(intake, "My daughter is held.", phone="0975550184")
    named = log(intake, "The boss has 097.555.0184")
    log(intake, "Nothing of it.", phone="012 345 678")
    context = browser(intake).get(f"/contacts/{one.reference}/").context
    assert {row.reference for row in context["others"]} == {caller.reference, named.reference}
    assert {row.reference for row in browser(intake).get(f"/contacts/{caller.reference}/").context["others"]} == {
        one.reference,
        named.reference,
    }
