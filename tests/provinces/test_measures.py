"""Companies at a site and measures of authorities there."""

from collections.abc import Callable
from datetime import date
from typing import Any

import pytest
from django.db import IntegrityError, connection, transaction
from django.test import Client

from accounts.models import User
from provinces.models import Company, Measure, Province, Site
from provinces.services import add_site
from provinces.services.measures import add_measure
from reports.check import check
from reports.check_splits import check_splits
from reports.figures import parts
from reports.indicators import REGISTRY, Look, Window
from workflow.models import Edit

Browser = Callable[..., Client]
SAID = {"kind": "suspended", "authority": "Province hall", "since_on": "1/9/2022"}


@pytest.fixture
def site(supervisor: User) -> Site:
    return add_site(by=supervisor, province=Province.objects.get(pk="18"), name_en="Blue Hotel")


def url(site: Site, what: str) -> str:
    return f"/sites/{site.reference}/{what}"


def test_a_measure_is_recorded_ended_and_told_in_its_history(site: Site, officer_psh: User, browser: Browser) -> None:
    client = browser(officer_psh)
    assert client.post(url(site, "companies/new/"), {"name_en": "Blue Co", "registration": "1"}).status_code == 302
    company = Company.objects.get()
    answer = client.post(url(site, "measures/new/"), {**SAID, "company": str(company.pk), "idempotency_key": "k"})
    assert answer.status_code == 302
    measure = Measure.objects.get()
    page = client.get(url(site, "")).content.decode()
    for words in ("Blue Co", "Suspended", "Province hall", "in force"):
        assert words in page
    said = {**SAID, "company": str(company.pk), "until_on": "៣០/៩/២០២២", "version": "1"}
    assert client.post(url(site, f"measures/{measure.pk}/"), said).status_code == 302
    measure.refresh_from_db()
    assert (measure.until_on, measure.version) == (date(2022, 9, 30), 2)
    assert set(Edit.objects.of(measure).values_list("field", flat=True)) == {"kind", "until_on"}
    assert "30 Sep" in client.get(url(site, f"measures/{measure.pk}/")).content.decode()


def test_the_line_of_business_is_said_shown_and_counted(site: Site, officer_psh: User, browser: Browser) -> None:
    client = browser(officer_psh)
    assert client.post(url(site, "measures/new/"), {**SAID, "sector": "casino"}).status_code == 400
    assert client.post(url(site, "measures/new/"), {**SAID, "sector": "gambling"}).status_code == 302
    assert client.post(url(site, "measures/new/"), SAID).status_code == 302
    assert "Casino or gambling" in client.get(url(site, "")).content.decode()
    path = url(site, f"measures/{Measure.objects.get(sector='gambling').pk}/")
    assert client.post(path, {**SAID, "sector": "hotel", "version": "1"}).status_code == 302
    history = client.get(path).content.decode()
    assert "Casino or gambling" in history
    assert "Hotel or guest house" in history
    look = Look(officer_psh, Window(date(2022, 9, 1), date(2022, 9, 30)))
    indicator = REGISTRY["measures_and_assets"]
    assert {part.code: part.n for part in parts(indicator, indicator.split("sector"), look)} == {"hotel": 1, "none": 1}
    for name, defined, plain in check_splits(look.window, "18"):
        assert defined == plain, name


def test_a_measure_where_the_ministry_leads_counts_for_the_nation(
    site: Site, supervisor: User, officer_psh: User
) -> None:
    Site.objects.filter(pk=site.pk).update(national_led=True)
    site.refresh_from_db()
    add_measure(site, by=supervisor, kind="closed", authority="Ministry", since_on=date(2022, 9, 7))
    window = Window(date(2022, 9, 1), date(2022, 9, 30))
    figures = {
        user.role: REGISTRY["measures_and_assets"].figure(Look(user, window)).value
        for user in (supervisor, officer_psh)
    }
    assert figures == {"supervisor": 1, "officer": 0}
    found = {name: (defined, plain) for name, defined, plain in check(window, "18")}
    assert found["measures_and_assets"] == (1, 1)


def test_who_was_slower_sees_both(site: Site, officer_psh: User, browser: Browser) -> None:
    client = browser(officer_psh)
    client.post(url(site, "measures/new/"), SAID)
    path = url(site, f"measures/{Measure.objects.get().pk}/")
    assert client.post(path, {**SAID, "authority": "Ministry of Tourism", "version": "1"}).status_code == 302
    answer = client.post(path, {**SAID, "authority": "Police", "version": "1"})
    assert answer.status_code == 409
    page = answer.content.decode()
    assert "Ministry of Tourism" in page
    assert "Police" in page
    assert client.post(path, {**SAID, "authority": "Police", "version": "2"}).status_code == 302


@pytest.mark.parametrize(
    ("said", "words"),
    [
        ({"kind": ""}, "Choose the measure"),
        ({"kind": "burned"}, "Select a valid choice"),
        ({"authority": " "}, "Write which authority"),
        ({"since_on": ""}, "Write the day"),
        ({"since_on": "1/9/2099"}, "future"),
        ({"until_on": "1/8/2022"}, "cannot end before"),
        ({"company": "00000000-0000-4000-8000-000000000000"}, "Select a valid choice"),
    ],
)
def test_what_cannot_be_is_said_and_kept(
    said: dict[str, str], words: str, site: Site, officer_psh: User, browser: Browser
) -> None:
    answer = browser(officer_psh).post(url(site, "measures/new/"), {**SAID, "note": "Second time", **said})
    assert answer.status_code == 400
    assert words in answer.content.decode()
    assert "Second time" in answer.content.decode()
    assert not Measure.objects.exists()


def test_one_registration_number_is_one_company(site: Site, supervisor: User, browser: Browser) -> None:
    other = add_site(by=supervisor, province=site.province, name_en="Tower 4")
    client = browser(supervisor)
    for one in (site, other):
        assert client.post(url(one, "companies/new/"), {"name_en": "Blue Co", "registration": "77"}).status_code == 302
    company = Company.objects.get()
    assert set(company.sites.all()) == {site, other}
    assert client.post(url(other, f"companies/{company.pk}/part/")).status_code == 302
    assert list(company.sites.all()) == [site]
    client.post(url(site, "measures/new/"), {**SAID, "company": str(company.pk)})
    assert client.post(url(site, f"companies/{company.pk}/part/")).status_code == 409


def test_another_province_records_nothing_and_a_led_site_is_the_ministrys(
    site: Site, officer_psh: User, officer_pp: User, supervisor: User, analyst: User, browser: Browser, program: Any
) -> None:
    assert browser(officer_pp).post(url(site, "measures/new/"), SAID).status_code == 403
    assert browser(analyst).get(url(site, "measures/new/")).status_code == 403
    browser(officer_psh).post(url(site, "measures/new/"), SAID)
    path = f"/api/v1/sites/{site.reference}/"
    assert program(officer_pp).get(path).json()["measures"][0]["kind"] == "suspended"
    Site.objects.filter(pk=site.pk).update(national_led=True)
    assert browser(officer_psh).post(url(site, "measures/new/"), SAID).status_code == 403
    assert program(officer_psh).get(path).json()["measures"] == []
    assert "Province hall" not in browser(officer_psh).get(url(site, "")).content.decode()
    assert len(program(supervisor).get(path).json()["measures"]) == 1


def test_psql_ends_no_measure_before_it_began(site: Site, officer_psh: User, browser: Browser) -> None:
    browser(officer_psh).post(url(site, "measures/new/"), SAID)
    with pytest.raises(IntegrityError), transaction.atomic(), connection.cursor() as cursor:
        cursor.execute("UPDATE provinces_measure SET until_on = '2022-08-01'")
