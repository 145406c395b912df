"""What happened at a site, of what the reader may see."""

from collections.abc import Callable
from datetime import timedelta
from typing import Any

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.utils import timezone

from accounts.models import User
from complaints.models import Complaint
from complaints.said import PersonSaid
from complaints.services import name_suspect
from people.services import make_person
from provinces.models import Province, Site
from provinces.services import add_site
from victims.models import Victim
from victims.services import add_victim, advance

Browser = Callable[..., Client]
Registered = Callable[..., Complaint]


@pytest.fixture
def site(supervisor: User) -> Site:
    return add_site(by=supervisor, province=Province.objects.get(pk="18"), name_en="Blue Hotel")


def page(client: Client, site: Site) -> tuple[str, Any]:
    answer = client.get(f"/sites/{site.reference}/cases/")
    assert answer.status_code == 200
    return answer.content.decode(), {count["title"]: count["n"] for count in answer.context["counts"]}


def test_it_counts_complaints_people_and_each_rescue_once(
    site: Site, registered: Registered, intake: User, officer_psh: User, browser: Browser
) -> None:
    old = registered(site=site.reference, number=(None, 4, None), received_at=timezone.now() - timedelta(days=40))
    new = registered(site=site.reference, number=(None, 2, None))
    person = make_person(name="Hòa")
    rows = [add_victim(complaint, person, by=intake) for complaint in (old, new)]
    advance(rows[0], "record_rescue", by=officer_psh)
    name_suspect(new, PersonSaid(name="王伟"), by=officer_psh)
    text, counts = page(browser(officer_psh), site)
    assert counts == {"Open complaints": 2, "Received in 30 days": 1, "Still sought": 4, "Rescued": 1}
    for words in (old.reference, new.reference, "王伟"):
        assert words in text
    assert f"/sites/{site.reference}/cases/" in browser(officer_psh).get(f"/sites/{site.reference}/").content.decode()


def test_it_says_nothing_of_what_its_reader_may_not_see(
    site: Site,
    registered: Registered,
    supervisor: User,
    officer_psh: User,
    officer_pp: User,
    analyst: User,
    admin: User,
    integrity: User,
    browser: Browser,
) -> None:
    registered(site=site.reference, people=(PersonSaid(name="Lan"),))
    led = registered(site=site.reference, by=supervisor, handling="national_led")
    text, counts = page(browser(officer_psh), site)
    assert led.reference not in text
    assert counts["Open complaints"] == 1
    assert page(browser(officer_pp), site)[1] == {
        "Open complaints": 0,
        "Received in 30 days": 0,
        "Still sought": 0,
        "Rescued": 0,
    }
    assert page(browser(supervisor), site)[1]["Open complaints"] == 2
    assert "Held on the sixth floor" not in page(browser(analyst), site)[0]
    for user in (admin, integrity):
        assert browser(user).get(f"/sites/{site.reference}/cases/").status_code == 403
    assert "What happened here" not in browser(admin).get(f"/sites/{site.reference}/").content.decode()


def test_it_asks_the_same_for_one_complaint_and_for_ten(
    site: Site, registered: Registered, officer_psh: User, browser: Browser
) -> None:
    client, counts = browser(officer_psh), []
    for n in (1, 9):
        for _ in range(n):
            name_suspect(registered(site=site.reference, people=(PersonSaid(),)), PersonSaid(), by=officer_psh)
        page(client, site)
        with CaptureQueriesContext(connection) as queries:
            page(client, site)
        counts.append(len(queries))
    assert counts[0] == counts[1]
    assert counts[0] <= 25
    assert Victim.objects.count() == 10


def test_the_page_of_a_merged_site_leads_on(site: Site, supervisor: User, browser: Browser) -> None:
    other = add_site(by=supervisor, province=site.province, name_en="Tower 4")
    Site.objects.filter(pk=other.pk).update(merged_into=site)
    answer = browser(supervisor).get(f"/sites/{other.reference}/cases/")
    assert answer.headers["Location"] == f"/sites/{site.reference}/cases/"
