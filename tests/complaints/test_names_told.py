"""Who sent a list of names is told one of four words of each; who agreed decides, and nothing moves by a seal."""

import re
from collections.abc import Callable
from datetime import timedelta
from typing import Any

import pytest
from django.core.exceptions import PermissionDenied
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from rest_framework.test import APIClient

from accounts.models import User
from audit.models import AuditEvent
from complaints.models import Complaint, Contact, NameList
from complaints.names import SAME_FOR_ALL
from complaints.said import ContactSaid
from complaints.services import advance, log_contact
from complaints.services.names import change_sender
from partners.models import Partner
from tests.complaints.listing import TEXT, enter, found_safe, sought, states
from tests.factories.accounts import UserFactory
from tests.factories.referrals import PartnerFactory
from victims.models import Victim

Browser = Callable[..., Client]


def test_the_sender_is_told_safe_only_of_who_agreed(
    contact: Contact, intake: User, officer_psh: User, supervisor: User, sender: Partner
) -> None:
    made = enter(contact, intake, sender)
    ratna, budi, agus = (name.victim for name in made.names.all())
    advance(ratna.complaint, "acknowledge", by=officer_psh)
    assert states(made) == ["sought", "sought", "received"]
    found_safe(ratna, officer_psh)
    found_safe(budi, officer_psh, answer="no")
    assert states(made) == ["safe", "sought", "received"]
    found_safe(agus, officer_psh)  # a child without a guardian
    assert states(made)[2] == "received"
    found_safe(ratna, officer_psh, answer="withdrawn")
    assert states(made)[0] == "sought"
    assert states(made, closed=True) == ["closed", "closed", "closed"]


def test_on_its_first_day_no_list_tells_who_was_known_before_it_came(
    contact: Contact, intake: User, officer_psh: User, sender: Partner, complaint: Complaint, browser: Browser
) -> None:
    known, name = sought(complaint)
    advance(complaint, "acknowledge", by=officer_psh)
    text = f"{name}, F, 23, ID, Sihanoukville, X100200\nBudi Santoso, M, 31, ID, Sihanoukville, X100201"
    made = enter(contact, intake, sender, text=text, known={1: known.reference})
    assert made.names.first().victim == known
    soon = SAME_FOR_ALL - timedelta(minutes=1)
    for after in (timedelta(0), soon):
        assert states(made, after=after) == ["received", "received"]
        assert states(made, closed=True, after=after) == ["received", "received"]
    assert states(made) == ["sought", "received"]
    assert states(made, closed=True) == ["closed", "closed"]
    found_safe(made.names.last().victim, officer_psh)
    assert states(made, after=timedelta(0)) == ["received", "safe"]


def test_a_complaint_sealed_on_the_first_day_moves_like_the_others_and_no_further(
    contact: Contact, intake: User, officer_psh: User, supervisor: User, sender: Partner
) -> None:
    made = enter(contact, intake, sender)
    ratna = made.names.first().victim
    complaint = advance(ratna.complaint, "acknowledge", by=officer_psh)
    advance(complaint, "seal", by=supervisor, note="A unit is named")
    assert states(made, after=timedelta(0))[0] == "received"
    assert states(made)[0] == "sought"


@pytest.mark.parametrize(
    ("kind", "nationalities", "purpose"),
    [("embassy", ["VN"], "embassy"), ("ngo", [], "embassy"), ("ngo", ["ID"], "ngo"), ("shelter", [], "shelter")],
)
def test_a_sender_the_person_did_not_agree_to_is_not_told(
    kind: str, nationalities: list[str], purpose: str, contact: Contact, intake: User, officer_psh: User
) -> None:
    other = PartnerFactory(kind=kind, nationalities=nationalities, country="VN" if kind == "embassy" else "")
    made = enter(contact, intake, other)
    found_safe(made.names.first().victim, officer_psh, purpose=purpose)
    assert states(made)[0] == "received"


def test_nobody_outside_the_directory_is_told_and_a_sealed_complaint_tells_nothing(
    contact: Contact, intake: User, officer_psh: User, sender: Partner
) -> None:
    made = enter(contact, intake)
    ratna = made.names.first().victim
    found_safe(ratna, officer_psh)
    assert states(made)[0] == "received"
    NameList.objects.update(partner=sender)
    assert states(made)[0] == "safe"
    Complaint.objects.filter(pk=ratna.complaint_id).update(handling="sealed")
    assert states(made)[:2] == states(made, closed=True)[:2] == ["sought", "sought"]


def test_nothing_that_is_said_moves_by_a_seal(
    contact: Contact, intake: User, officer_psh: User, supervisor: User, sender: Partner, browser: Browser
) -> None:
    made = enter(contact, intake, sender)
    ratna, budi, agus = (name.victim for name in made.names.all())
    found_safe(ratna, officer_psh)
    before = states(made)
    assert before == ["safe", "received", "received"]
    page = browser(intake).get(f"/contacts/{contact.reference}/").content.decode()
    for complaint in (ratna.complaint, agus.complaint):
        advance(complaint, "seal", by=supervisor, note="A unit is named")
    assert Complaint.objects.filter(handling="sealed").count() == 2
    assert states(made) == before
    after = browser(intake).get(f"/contacts/{contact.reference}/").content.decode()
    for reference in (ratna.complaint.reference, agus.complaint.reference):
        assert page.count(reference) == after.count(reference) > 0
    ratna.refresh_from_db()
    found_safe(ratna, officer_psh, answer="withdrawn")
    agus.refresh_from_db()
    Victim.objects.filter(pk=budi.pk).update(rescue_status="left_on_own")
    assert states(made) == before


def test_who_sent_a_list_is_changed_and_the_wrong_one_reads_it_no_more(
    contact: Contact, intake: User, officer_psh: User, sender: Partner, browser: Browser
) -> None:
    wrong = PartnerFactory(kind="embassy", nationalities=["VN"], country="VN", province=None)
    made, client = enter(contact, intake, wrong), browser(intake)
    own = UserFactory(username="consul", role="partner", partner_id=wrong.reference)
    assert NameList.objects.visible_to(own).exists()
    url = f"/contacts/{contact.reference}/names/sender/"
    for partner, now in ((sender.reference, sender), ("P-NOBODY", sender), ("", None)):
        assert client.post(url, {"partner": partner}).status_code == 302
        made.refresh_from_db()
        assert made.partner == now
        assert not NameList.objects.visible_to(own).exists()
    assert AuditEvent.objects.filter(verb="names.sender").count() == 2
    with pytest.raises(PermissionDenied):
        change_sender(made, wrong.reference, by=officer_psh)


def test_a_partner_reads_its_own_lists_and_of_them_states_alone(
    contact: Contact, intake: User, sender: Partner, program: Callable[..., APIClient]
) -> None:
    enter(contact, intake, sender)
    own = UserFactory(username="consul", role="partner", partner_id=sender.reference)
    other = UserFactory(username="other", role="partner", partner_id=PartnerFactory().reference)
    found = program(own).get("/api/v1/name-lists/").json()["results"]
    assert [row["reference"] for row in found] == [contact.reference]
    assert found[0]["names"][0] == {"line": 1, "name": "Ratna Dewi", "state": "received"}
    assert program(other).get("/api/v1/name-lists/").json()["results"] == []
    assert program(other).get(f"/api/v1/name-lists/{contact.reference}/").status_code == 404


def test_lists_of_a_page_are_read_in_as_many_queries_as_one(
    contact: Contact, intake: User, sender: Partner, program: Callable[..., APIClient], db: None
) -> None:
    own = UserFactory(username="consul", role="partner", partner_id=sender.reference)
    counts = []
    for n in (1, 2, 3):
        said = ContactSaid("list_of_names", "email", TEXT)
        sent = contact if n == 1 else log_contact(said, by=intake, key=f"list-{n}")[0]
        made = enter(sent, intake, sender, key=f"k-{n}")
        for name in made.names.all():
            found_safe(name.victim, intake)
        with CaptureQueriesContext(connection) as asked:
            assert len(program(own).get("/api/v1/name-lists/").json()["results"]) == n
        counts.append(len(asked))
    assert counts[0] == counts[2], counts


def test_a_list_asks_a_constant_number_of_queries(
    contact: Contact, intake: User, sender: Partner, django_assert_max_num_queries: Any
) -> None:
    made = enter(contact, intake, sender)
    for name in made.names.all():
        found_safe(name.victim, intake)
    with django_assert_max_num_queries(4):
        states(made)


@pytest.mark.parametrize("kind", ["embassy", "ngo", ""])
def test_a_sender_that_is_said_after_the_seal_is_not_told_what_the_one_before_was(
    kind: str, contact: Contact, intake: User, officer_psh: User, supervisor: User, sender: Partner
) -> None:
    made = enter(contact, intake, sender)
    ratna = made.names.first().victim
    found_safe(ratna, officer_psh)
    advance(ratna.complaint, "seal", by=supervisor, note="A unit is named")
    assert states(made)[0] == "safe"
    other = PartnerFactory(kind=kind, nationalities=["VN"], country="VN", province=None) if kind else None
    change_sender(made, other.reference if other else "", by=intake)
    assert states(made)[0] == "sought"
    change_sender(made, sender.reference, by=intake)
    assert states(made)[0] == "safe"


@pytest.mark.parametrize("gone", [{"is_active": False}, {"kind": "shelter", "nationalities": []}])
def test_saving_who_sent_a_list_keeps_a_partner_that_could_not_be_chosen_any_more(
    gone: dict[str, Any], contact: Contact, intake: User, sender: Partner, browser: Browser
) -> None:
    made, client = enter(contact, intake, sender), browser(intake)
    Partner.objects.filter(pk=sender.pk).update(**gone)
    page = client.get(f"/contacts/{contact.reference}/").content.decode()
    assert re.search(rf'value="{sender.reference}"\s+selected', page)
    client.post(f"/contacts/{contact.reference}/names/sender/", {"partner": sender.reference})
    made.refresh_from_db()
    assert made.partner == sender
