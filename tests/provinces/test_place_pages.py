"""The administrator's pages of places, and names offered while somebody types."""

from typing import Any

import pytest

from provinces.models import PlaceAlias
from provinces.services import find_province
from tests.factories.places import a_site

pytestmark = pytest.mark.django_db


def test_only_administrators_open_the_gazetteer(cast: Any, browser: Any) -> None:
    for role, user in cast.items():
        for path in ("/places/", "/places/18/"):
            assert browser(user).get(path).status_code == (200 if role == "admin" else 403), role


def test_the_list_counts_districts_and_communes(admin: Any, browser: Any) -> None:
    provinces = {row.code: row for row in browser(admin).get("/places/").context["provinces"]}
    assert len(provinces) == 25
    assert sum(row.n_districts for row in provinces.values()) == 210
    assert sum(row.n_communes for row in provinces.values()) == 1652


def test_a_place_is_found_by_any_spelling(admin: Any, browser: Any) -> None:
    text = browser(admin).get("/places/?q=Sihanoukville").content.decode()
    assert "/places/18/" in text
    assert "/places/1801/" in text
    assert "No place matches" in browser(admin).get("/places/?q=zzzz").content.decode()


@pytest.mark.parametrize("path", ["/places/00/", "/places/99/", "/places/1/", "/places/01020101/", "/places/9999/"])
def test_what_is_no_place_is_not_found(admin: Any, browser: Any, path: str) -> None:
    assert browser(admin).get(path).status_code == 404


def test_a_name_is_added_and_removed_again(admin: Any, browser: Any) -> None:
    client = browser(admin)
    assert "Snooky" in client.post("/places/18/", {"text": "Snooky"}, follow=True).content.decode()
    assert find_province("snooky").code == "18"
    alias = PlaceAlias.objects.get(text="Snooky")
    client.post(f"/places/18/names/{alias.pk}/remove/")
    assert find_province("snooky") is None


def test_a_name_of_the_gazetteer_cannot_be_removed(admin: Any, browser: Any) -> None:
    alias = PlaceAlias.objects.get(code="18", text="Sihanoukville")
    assert browser(admin).post(f"/places/18/names/{alias.pk}/remove/").status_code == 400
    assert PlaceAlias.objects.filter(pk=alias.pk).exists()


def test_a_name_is_removed_only_under_its_own_place(admin: Any, browser: Any) -> None:
    browser(admin).post("/places/18/", {"text": "Snooky"})
    alias = PlaceAlias.objects.get(text="Snooky")
    assert browser(admin).post(f"/places/17/names/{alias.pk}/remove/").status_code == 404


@pytest.mark.parametrize("text", ["", "\u200b", "\x00", "Sihanoukville", "x" * 121])
def test_a_name_that_cannot_be_used_is_refused_with_words(admin: Any, browser: Any, text: str) -> None:
    before = PlaceAlias.objects.count()
    answer = browser(admin).post("/places/18/", {"text": text})
    assert answer.status_code == 400
    assert "govuk-error" in answer.content.decode()
    assert PlaceAlias.objects.count() == before


def test_districts_of_a_province_are_offered(officer_psh: Any, browser: Any) -> None:
    results = browser(officer_psh).get("/places/districts/?province=18").json()["results"]
    assert results[0]["code"] == "1801"
    assert {row["code"][:2] for row in results} == {"18"}
    assert {"code", "value", "label", "name_km", "name_en"} == set(results[0])


def test_districts_are_offered_under_the_names_a_form_gives_its_fields(intake: Any, browser: Any) -> None:
    query = "typed=place&above=province_of_incident&province_of_incident=18"
    results = browser(intake).get(f"/places/districts/?{query}").json()["results"]
    assert {row["code"][:2] for row in results} == {"18"}


def test_communes_follow_the_district_by_name_and_else_what_is_typed(intake: Any, browser: Any) -> None:
    client = browser(intake)
    under = client.get("/places/communes/?province=01&district=Mongkol+Borey").json()["results"]
    assert {row["code"][:4] for row in under} == {"0102"}
    typed = client.get("/places/communes/?province=01&q=Poipet").json()["results"]
    assert "011002" in {row["code"] for row in typed}


def test_without_a_province_districts_are_offered_by_what_is_typed(intake: Any, browser: Any) -> None:
    results = browser(intake).get("/places/districts/?q=poi+pet").json()["results"]
    assert [row["code"] for row in results] == ["0110"]


def test_htmx_gets_options_and_everybody_else_json(intake: Any, browser: Any) -> None:
    answer = browser(intake).get("/places/districts/?province=18", headers={"hx-request": "true"})
    assert answer.content.decode().count("<option") > 3
    assert "HX-Request" in answer.headers["Vary"]


def test_a_site_is_offered_with_its_reference(officer_psh: Any, intake: Any, browser: Any) -> None:
    site = a_site(intake, national_led=True)
    row = browser(officer_psh).get("/sites/names/?q=jinbei").json()["results"][0]
    assert row["value"] == f"Jin Bei · {site.reference}"
    assert "national_led" not in row


def test_what_an_option_holds_is_escaped(intake: Any, browser: Any) -> None:
    a_site(intake, '"><script>alert(1)</script>')
    text = browser(intake).get("/sites/names/?q=script", headers={"hx-request": "true"}).content.decode()
    assert "<script>" not in text


def test_partners_are_offered_nothing(partner: Any, browser: Any) -> None:
    for path in ("/places/districts/?province=18", "/places/communes/?province=18", "/sites/names/?q=a"):
        assert browser(partner).get(path).status_code == 403


@pytest.mark.parametrize("query", ["province=%00", "q=%00", "province=%ED%A0%80", "q=%E2%80%8B", "above=x&typed=y", ""])
def test_bad_queries_offer_nothing_and_break_nothing(intake: Any, browser: Any, query: str) -> None:
    for path in ("/places/districts/", "/places/communes/", "/sites/names/"):
        assert browser(intake).get(f"{path}?{query}").status_code in (200, 400)
