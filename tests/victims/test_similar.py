"""Who may be the same person: shown while typing and asked before saving, of the rows the reader may see and of no others."""

from collections.abc import Callable
from typing import Any

import pytest
from django.test import Client

from accounts.models import Grant, User
from audit.models import AuditEvent
from complaints.models import Complaint
from complaints.said import PersonSaid
from people.models import Person, PersonDocument
from people.services import set_names
from tests.factories.cases import PersonFactory, SuspectFactory
from victims.models import Victim
from workflow.models import Edit

Browser = Callable[..., Client]


@pytest.fixture
def known(registered: Any) -> Victim:
    """Sok Channa, 20, sought in an earlier complaint of the same province."""
    return registered(people=(PersonSaid(name="Sok Channa", sex="female", age=20, nationality="KH"),)).victims.get()


@pytest.fixture
def now(registered: Any) -> Complaint:
    """A complaint that comes in now."""
    return registered(people=(PersonSaid(),))


def add(complaint: Complaint) -> str:
    return f"/complaints/{complaint.reference}/people/add/"


def page(victim: Victim) -> str:
    return f"/victims/{victim.reference}/person/"


def test_who_may_be_meant_is_shown_while_typing(
    browser: Browser, officer_psh: User, known: Victim, now: Complaint
) -> None:
    query = {"name": "សុខ ចាន់ណា", "sex": "female", "complaint": now.reference}
    text = browser(officer_psh).get("/victims/similar/", query).content.decode()
    assert "Is it one of these?" in text
    for word in ("Sok Channa", known.reference, known.complaint.reference, "name sounds alike", "It is this person"):
        assert word in text
    event = AuditEvent.objects.filter(verb="search").latest("seq")
    assert event.detail == {"part": "similar", "rows": 1}
    assert "<html" not in text


def test_nobody_is_shown_for_another_name_or_half_a_form(browser: Browser, officer_psh: User, known: Victim) -> None:
    client = browser(officer_psh)
    for query in (
        {"name": "Heng Vuthy"},
        {"sex": "female"},
        {"age": "x", "nationality": "Atl"},
        {"name": "\u202e"},
        {},
    ):
        answer = client.get("/victims/similar/", query)
        assert answer.status_code == 200
        assert "Channa" not in answer.content.decode()


def test_the_first_press_asks_and_the_second_saves(
    browser: Browser, officer_psh: User, known: Victim, now: Complaint
) -> None:
    client, said = browser(officer_psh), {"name": "Sokh Channa", "how_many": "1", "idempotency_key": "k" * 20}
    answer = client.post(add(now), said)
    text = answer.content.decode()
    assert answer.status_code == 200
    assert "Is it one of these?" in text
    assert 'value="Sokh Channa"' in text
    assert "k" * 20 in text
    assert now.victims.count() == 1
    assert client.post(add(now), said | {"not_these": f"{known.reference} "}).status_code == 302
    assert now.victims.count() == 2
    assert Person.objects.filter(names__text="Sokh Channa").exclude(pk=known.person_id).exists()


def test_one_press_takes_the_person_who_is_known(
    browser: Browser, officer_psh: User, known: Victim, now: Complaint
) -> None:
    client, persons = browser(officer_psh), Person.objects.count()
    said = {"name": "សុខ ចាន់ណា", "how_many": "1", "same_as": known.reference, "idempotency_key": "k" * 20}
    for _press in range(2):
        assert client.post(add(now), said).status_code == 302
    assert now.victims.filter(person=known.person).count() == 1
    assert Person.objects.count() == persons
    assert {name.text for name in known.person.names.all()} == {"Sok Channa", "សុខ ចាន់ណា"}
    again = client.post(add(now), {**said, "idempotency_key": "n" * 20})
    assert again.status_code == 409
    assert "This person stands in this complaint already." in again.content.decode()


def test_the_number_reported_follows(browser: Browser, officer_psh: User, known: Victim, registered: Any) -> None:
    complaint = registered(people=(PersonSaid(),), number=(None, 1, None))
    browser(officer_psh).post(add(complaint), {"name": "", "how_many": "1", "same_as": known.reference})
    complaint.refresh_from_db()
    assert (complaint.number_reported, complaint.ledger["sought"]) == (2, 2)


def test_what_the_reader_may_not_see_is_neither_shown_nor_taken(
    browser: Browser, officer_pp: User, known: Victim, registered: Any
) -> None:
    here, client = registered(province_of_incident="12"), browser(officer_pp)
    assert known.reference not in client.get("/victims/similar/", {"name": "Sok Channa"}).content.decode()
    assert client.post(add(here), {"name": "Sok Channa", "how_many": "1"}).status_code == 302
    answer = client.post(add(here), {"name": "Sok Channa", "how_many": "1", "same_as": known.reference})
    assert answer.status_code == 400
    assert here.victims.filter(person=known.person).count() == 0


def test_a_person_shared_alone_does_not_tell_of_the_complaint(
    browser: Browser, officer_pp: User, known: Victim
) -> None:
    Grant.objects.create(complaint_id=known.complaint_id, victim_id=known.pk, user=officer_pp, kind="referral")
    text = browser(officer_pp).get("/victims/similar/", {"name": "Sok Channa"}).content.decode()
    assert known.reference in text
    assert known.complaint.reference not in text


def test_a_suspect_is_shown_as_one_to_who_reads_suspects(
    browser: Browser, officer_psh: User, known: Victim, now: Complaint
) -> None:
    suspect = SuspectFactory(complaint=known.complaint, person=PersonFactory())
    set_names(suspect.person, ["Heng Vuthy"])
    client = browser(officer_psh)
    assert suspect.reference in client.get("/victims/similar/", {"name": "Heng Vuthy"}).content.decode()
    client.post(add(now), {"name": "Heng Vuthy", "how_many": "1", "same_as": suspect.reference})
    assert now.victims.filter(person=suspect.person).count() == 1


def test_who_it_is_shows_who_may_be_the_same(
    browser: Browser, officer_psh: User, known: Victim, now: Complaint
) -> None:
    victim = now.victims.get()
    set_names(victim.person, ["សុខ ចាន់ណា"])
    text = browser(officer_psh).get(page(victim)).content.decode()
    assert known.reference in text
    assert "It is this person" not in text  # two who are named are merged by two people
    assert f"/merges/new/?one={victim.reference}&amp;other={known.reference}" in text


def test_an_unnamed_person_becomes_one_who_is_known(
    browser: Browser, officer_psh: User, known: Victim, now: Complaint
) -> None:
    victim, client = now.victims.get(), browser(officer_psh)
    before = victim.person_id
    query = {"names-0-text": "Sok Channa", "person": victim.reference}
    assert "It is this person" in client.get("/victims/similar/", query).content.decode()
    assert client.post(page(victim), {"same_as": known.reference}).status_code == 302
    victim.refresh_from_db()
    assert victim.person_id == known.person_id
    assert not Person.objects.filter(pk=before).exists()
    text = client.get(f"/victims/{victim.reference}/history/").content.decode()
    assert "Who it is: Name not known → a person known already" in text
    assert known.reference not in text
    assert client.post(page(victim), {"same_as": known.reference}).status_code == 409


def test_a_person_who_is_somebody_already_is_not_replaced(
    browser: Browser, officer_psh: User, known: Victim, now: Complaint
) -> None:
    victim = now.victims.get()
    PersonDocument.objects.create(person=victim.person, kind="other", number="A12345", number_norm="A12345")
    answer = browser(officer_psh).post(page(victim), {"same_as": known.reference, "names-0-text": "Kept"})
    assert answer.status_code == 409
    assert 'value="Kept"' in answer.content.decode()
    assert not Edit.objects.filter(field="person").exists()
    assert Victim.objects.get(pk=victim.pk).person_id == victim.person_id
