"""Many people at once, after a raid: reached from the operation's page, a page at a time, each one's own facts apart."""

import re
from typing import Any

import pytest
from django.core.exceptions import ValidationError

from accounts.models import User
from complaints.models import Complaint
from partners.models import Partner
from referrals import whom
from referrals.models import Referral
from referrals.services import advance, send, send_many
from tests.fixtures.referrals import ASKED, SHELTER, named
from victims.models import Victim
from victims.services.consent import record_consent

pytestmark = pytest.mark.django_db
SHARED = {"needs_tonight": "Bed and food", "brought_by": "Chea, 012 999 888", "contact": "Duty office 012 777 666"}


@pytest.fixture
def two(found: Complaint, officer_psh: User) -> list[Victim]:
    both = [named(found, "Lan"), named(found, "Bình")]
    record_consent(both[1], by=officer_psh, answers={"shelter": "yes"}, **ASKED)
    return both


def test_from_the_page_of_an_operation_its_people_are_referred_and_the_list_shows_all_of_them(
    two: list[Victim], shelter: Partner, officer_psh: User, browser: Any, met: Any
) -> None:
    operation, client = met(two), browser(officer_psh)
    (address,) = re.findall(
        rf'href="(/referrals/new/{operation}/)"', client.get(f"/operations/{operation}/").content.decode()
    )
    assert "Lotus House" in client.get(address).content.decode()
    address += f"?to={shelter.reference}"
    form = SHARED | {"to": shelter.reference, "people": [row.reference for row in two], "idempotency_key": "raid-1"}
    typed = {"to": shelter.reference, "needs_tonight": "Bed and food", "look": "all"}
    ticked = client.post(address, typed).content.decode()
    assert len(re.findall(r'name="people" value="V-\w+" checked', ticked)) == 2
    assert "Bed and food" in ticked
    assert "error" not in re.findall(r'class="([^"]*)"', ticked.split("<form")[-1])

    listed = client.post(address, form, follow=True).content.decode()
    for sent in Referral.objects.all():
        assert sent.reference in listed
    assert Referral.objects.count() == 2


def test_where_nobody_may_be_referred_it_says_so_and_offers_no_tick(
    found: Complaint, shelter: Partner, officer_psh: User, browser: Any, met: Any
) -> None:
    lan, other = named(found, "Lan"), named(found, "Bình")  # the other was asked by nobody
    operation, client = met([lan, other]), browser(officer_psh)
    address = f"/referrals/new/{operation}/?to={shelter.reference}"
    assert 'value="all"' in client.get(address).content.decode()
    send(lan.complaint, by=officer_psh, to=shelter.reference, victim=lan, **SHELTER)
    page = client.get(address).content.decode()
    assert ("Nobody of these can be referred there now" in page, 'value="all"' in page) == (True, False)


def test_what_is_each_persons_own_is_not_asked_of_several_and_refused_where_it_is_sent(
    two: list[Victim], shelter: Partner, officer_psh: User, browser: Any
) -> None:
    page = f"/referrals/new/{two[0].complaint.reference}/?people=1&to={shelter.reference}"
    names = set(re.findall(r'name="(\w+)"', browser(officer_psh).get(page).content.decode()))
    assert {"needs_tonight", "brought_by", "contact"} <= names
    assert not {"health", "papers", "placement_paper"} & names
    alone = browser(officer_psh).get(f"/referrals/new/{two[0].reference}/?to={shelter.reference}").content.decode()
    assert 'name="health"' in alone
    with pytest.raises(ValidationError) as error:
        send_many(two, by=officer_psh, to=shelter.reference, **SHELTER)
    assert set(error.value.message_dict) == {"health", "language", "papers"}
    assert not Referral.objects.exists()


def test_more_than_a_page_are_said_and_who_is_not_referred_yet_comes_first(
    two: list[Victim], shelter: Partner, officer_psh: User, browser: Any, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(whom, "MOST", 2)
    complaint = two[0].complaint
    page, client = f"/referrals/new/{complaint.reference}/?people=1&to={shelter.reference}", browser(officer_psh)
    send(complaint, by=officer_psh, to=shelter.reference, victim=two[0], **SHELTER)
    first = client.get(page).content.decode()
    assert "2 of 3" in first
    assert two[0].reference not in re.findall(r'name="people" value="(V-\w+)"', first)
    assert two[1].reference in first
    typed = {"to": shelter.reference, "people": two[1].reference, "contact": "Duty office 012"}
    second = client.post(page, typed | {"look": "page-2"}).content.decode()
    assert re.findall(r'type="hidden" name="people" value="(V-\w+)"', second) == [two[1].reference]
    assert re.findall(r'id="p-(V-\w+)"', second) == [two[0].reference]
    assert "Duty office 012" in second
    back = client.post(page, typed | {"page": "2", "look": "page-1"}).content.decode()
    assert re.findall(r'name="people" value="(V-\w+)" checked', back) == [two[1].reference]
    assert Referral.objects.count() == 1


def test_programs_are_answered_every_reference_also_when_they_ask_again(
    two: list[Victim], shelter: Partner, officer_psh: User, program: Any
) -> None:
    said = {"to": shelter.reference, "people": [row.reference for row in two], **SHARED}
    client, key = program(officer_psh), {"HTTP_IDEMPOTENCY_KEY": "many-1"}
    made = client.post("/api/v1/referrals/", said, **key)
    assert made.status_code == 201, made.content
    assert set(made.json()["references"]) == set(Referral.objects.values_list("reference", flat=True))
    assert len(made.json()["references"]) == 2
    again = client.post("/api/v1/referrals/", said, **key).json()
    assert again["references"] == made.json()["references"]
    for sent in Referral.objects.all():
        advance(sent, "recall", by=officer_psh, note="A mistake")
        send(sent.complaint, by=officer_psh, to=shelter.reference, victim=sent.victim, **SHELTER)
    assert client.post("/api/v1/referrals/", said, **key).json()["references"] == again["references"]


def test_the_complaint_page_leads_there_too(found: Complaint, officer_psh: User, analyst: User, browser: Any) -> None:
    link = f"/referrals/new/{found.reference}/?people=1"
    for page in (f"/complaints/{found.reference}/", f"/complaints/{found.reference}/people/"):
        assert link in browser(officer_psh).get(page).content.decode()
        assert link not in browser(analyst).get(page).content.decode()
