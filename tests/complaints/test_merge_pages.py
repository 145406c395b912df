"""The pages of merging: propose, look at both, confirm, take back; in the scope of the two records."""

from collections.abc import Callable
from typing import Any

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext

from accounts.models import User
from complaints.models import Complaint
from complaints.said import PersonSaid
from complaints.services import name_suspect
from people.services import make_person
from provinces.models import Site
from provinces.services import add_site
from tests.complaints.merging import WHY, merged, proposed, seen
from victims.models import Victim
from victims.services import add_victim
from workflow.models import Merge

Registered = Callable[..., Complaint]
Browser = Callable[..., Client]


@pytest.fixture
def two(registered: Registered, intake: User) -> list[Victim]:
    """The same man, sought by his mother and by a friend."""
    names = (("Nguyễn Văn Hòa", "male"), ("Van Hoa", "unknown"))
    return [add_victim(registered(), make_person(name=name, sex=sex, age=24), by=intake) for name, sex in names]


def text(answer: Any) -> str:
    return str(answer.content.decode())


def test_two_persons_are_merged_through_the_pages_and_parted_again(
    two: list[Victim], officer_psh: User, supervisor: User, browser: Browser
) -> None:
    one, other = two
    client = browser(officer_psh)
    page = text(client.get(f"/victims/{one.reference}/"))
    assert f"/merges/new/?one={one.reference}" in page
    page = text(client.get(f"/merges/new/?one={one.reference}&other={other.reference}"))
    assert "Nguyễn Văn Hòa" in page
    assert "Van Hoa" in page
    said = {"one": one.reference, "other": other.reference, "take_sex": "goes", "why": WHY, "idempotency_key": "k"}
    answer = client.post("/merges/new/", said)
    merge = Merge.objects.get()
    assert (answer.status_code, answer.headers["Location"]) == (302, f"/merges/{merge.reference}/")
    assert client.post("/merges/new/", said).status_code == 302
    assert (merge.chosen, merge.why, merge.by) == (["sex"], WHY, officer_psh)
    assert client.post(f"/merges/{merge.reference}/confirm/", {"seen": seen(merge)}).status_code == 403

    client = browser(supervisor)
    assert merge.reference in text(client.get("/merges/"))
    page = text(client.get(f"/merges/{merge.reference}/"))
    assert seen(merge) in page
    assert WHY in page
    answer = client.post(f"/merges/{merge.reference}/confirm/", {"seen": seen(merge)})
    assert answer.status_code == 302
    merge.refresh_from_db()
    assert merge.is_done
    assert Victim.objects.get(pk=other.pk).person_id == one.person_id
    page = text(client.get(f"/merges/{merge.reference}/"))
    assert "Take the merge back" in page
    assert client.post(f"/merges/{merge.reference}/undo/", {"note": ""}).status_code == 400
    assert client.post(f"/merges/{merge.reference}/undo/", {"note": "Two brothers"}).status_code == 302
    assert Victim.objects.get(pk=other.pk).person_id == other.person_id
    assert "Two brothers" in text(client.get(f"/merges/{merge.reference}/"))
    assert merge.reference in text(client.get("/merges/?all=1"))


def test_a_stale_look_is_not_confirmed(
    two: list[Victim], officer_psh: User, supervisor: User, browser: Browser
) -> None:
    merge = proposed(*two, officer_psh)
    answer = browser(supervisor).post(f"/merges/{merge.reference}/confirm/", {"seen": "9.9"})
    assert answer.status_code == 409
    assert "changed while you were reading" in text(answer)


def test_it_is_sent_back_with_a_reason(
    two: list[Victim], officer_psh: User, supervisor: User, browser: Browser
) -> None:
    merge = proposed(*two, officer_psh)
    client = browser(supervisor)
    assert client.post(f"/merges/{merge.reference}/send-back/", {"note": " "}).status_code == 400
    assert client.post(f"/merges/{merge.reference}/send-back/", {"note": "Take the other age"}).status_code == 302
    assert "Take the other age" in text(browser(officer_psh).get(f"/merges/{merge.reference}/"))
    assert client.post(f"/merges/{merge.reference}/confirm/", {"seen": seen(merge)}).status_code == 409


def test_who_sees_one_of_the_two_sees_no_merge(
    two: list[Victim],
    supervisor: User,
    supervisor2: User,
    officer_pp: User,
    officer_psh: User,
    browser: Browser,
    registered: Registered,
    intake: User,
) -> None:
    there = add_victim(registered(province_of_incident="12"), make_person(name="Hoa"), by=intake)
    merge = proposed(two[0], there, supervisor)
    for user in (officer_pp, officer_psh):
        assert browser(user).get(f"/merges/{merge.reference}/").status_code == 404
        assert merge.reference not in text(browser(user).get("/merges/?all=1"))
    answer = browser(officer_psh).get(f"/merges/new/?one={two[0].reference}&other={there.reference}")
    assert answer.status_code == 400
    assert there.reference.encode() in answer.content  # as it was typed
    assert "Hoa<" not in text(answer)


def test_a_suspect_and_a_victim_may_be_one_person_a_complaint_and_a_person_not(
    two: list[Victim], complaint: Complaint, supervisor: User, browser: Browser
) -> None:
    suspect = name_suspect(complaint, PersonSaid(name="Hoa"), by=supervisor)
    client = browser(supervisor)
    assert client.get(f"/merges/new/?one={suspect.reference}&other={two[0].reference}").status_code == 200
    assert client.get(f"/merges/new/?one={suspect.reference}&other={complaint.reference}").status_code == 400
    assert client.get(f"/merges/new/?one={two[0].reference}&other={two[0].reference}").status_code == 409
    assert client.get("/merges/new/?one=XX-1").status_code == 404
    assert "Reference of the one that stays" in text(client.get("/merges/new/"))


def test_complaints_and_sites_have_the_same_pages(
    registered: Registered, supervisor: User, supervisor2: User, admin: User, browser: Browser
) -> None:
    complaints = [registered(), registered(narrative="The tower with the blue roof.")]
    sites = [
        add_site(by=supervisor, province=registered().province, name_en=name) for name in ("Blue Hotel", "Hotel Blue")
    ]
    for rows in (complaints, sites):
        said = {"one": rows[0].reference, "other": rows[1].reference, "why": WHY}
        page = browser(supervisor).get("/merges/new/", said)
        assert page.status_code == 200, text(page)
        assert browser(supervisor).post("/merges/new/", said).status_code == 302
        merge = Merge.objects.get(survivor_id=rows[0].pk)
        assert browser(supervisor2).get(f"/merges/{merge.reference}/").status_code == 200
    merge = Merge.objects.get(survivor_id=sites[0].pk)
    answer = browser(admin).post(f"/merges/{merge.reference}/confirm/", {"seen": seen(merge)})
    assert answer.status_code == 302
    assert Site.objects.get(pk=sites[1].pk).merged_into_id == sites[0].pk
    other = Merge.objects.exclude(pk=merge.pk).get()
    assert browser(admin).get(f"/merges/{other.reference}/").status_code == 404


def test_analysts_and_the_integrity_unit_merge_nothing(
    two: list[Victim], analyst: User, integrity: User, browser: Browser
) -> None:
    for user in (analyst, integrity):
        assert browser(user).get("/merges/").status_code == 403


def test_the_list_asks_the_same_for_one_and_for_ten(
    registered: Registered, intake: User, supervisor: User, browser: Browser
) -> None:
    client, counts = browser(supervisor), []
    for n in (1, 10):
        for _ in range(n):
            rows = [add_victim(registered(), make_person(name="Hoa"), by=intake) for _ in range(2)]
            proposed(*rows, supervisor)
        client.get("/merges/")
        with CaptureQueriesContext(
            connection,
        ) as queries:
            client.get("/merges/")
        counts.append(len(queries))
    assert counts[0] == counts[1]


def test_a_merge_that_changed_since_says_so(
    two: list[Victim], supervisor: User, supervisor2: User, browser: Browser
) -> None:
    merge = merged(*two, supervisor, supervisor2, chosen=["sex"])
    person = two[0].person
    type(person).objects.filter(pk=person.pk).update(sex="female")
    assert "changed since" in text(browser(supervisor).get(f"/merges/{merge.reference}/"))


def test_the_work_page_says_what_waits_for_a_second_person(
    two: list[Victim], officer_psh: User, supervisor: User, browser: Browser
) -> None:
    assert browser(supervisor).get("/").context["others"] == []
    proposed(*two, officer_psh)
    merge = Merge.objects.get()
    assert merge.reference in text(browser(supervisor).get("/"))
    assert merge.reference not in text(browser(officer_psh).get("/"))
