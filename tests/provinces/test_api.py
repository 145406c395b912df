"""Provinces and sites for programs."""

from typing import Any

import pytest
from django.test import Client

from provinces.models import Site
from provinces.services import edit_site
from tests.factories.places import a_site
from workflow.models import Edit

pytestmark = pytest.mark.django_db
JSON = "application/json"


def post(client: Client, body: Any, key: str = "") -> Any:
    """Create a site over the API."""
    headers = {"idempotency-key": key} if key else {}
    return client.post("/api/v1/sites/", body, content_type=JSON, headers=headers)


def test_provinces_come_whole_and_without_the_ministry(officer_psh: Any, browser: Any) -> None:
    body = browser(officer_psh).get("/api/v1/provinces/").json()
    assert (body["next"], body["previous"], len(body["results"])) == (None, None, 25)
    assert "00" not in {row["code"] for row in body["results"]}
    assert body["results"][17] == {
        "code": "18",
        "iso": "KH-18",
        "name_km": "ព្រះសីហនុ",
        "name_en": "Preah Sihanouk",
        "kind": "province",
    }


def test_a_province_by_its_code_with_its_districts_and_communes(intake: Any, browser: Any) -> None:
    client = browser(intake)
    assert client.get("/api/v1/provinces/18/").json()["name_en"] == "Preah Sihanouk"
    districts = client.get("/api/v1/provinces/18/districts/").json()["results"]
    communes = client.get("/api/v1/provinces/18/communes/").json()["results"]
    assert {row["code"][:2] for row in districts} == {"18"}
    assert {row["district"] for row in communes} == {row["code"] for row in districts}


@pytest.mark.parametrize("path", ["provinces/00/", "provinces/99/", "provinces/00/districts/", "sites/ST-22222222/"])
def test_what_is_not_there_is_404(intake: Any, browser: Any, path: str) -> None:
    assert browser(intake).get(f"/api/v1/{path}").status_code == 404


@pytest.mark.parametrize(
    ("role", "provinces", "reads", "adds", "manages"),
    [
        ("intake", 200, 200, 201, 403),
        ("officer", 200, 200, 403, 403),
        ("supervisor", 200, 200, 201, 200),
        ("analyst", 200, 200, 403, 403),
        ("admin", 200, 200, 403, 200),
        ("integrity", 200, 403, 403, 403),
        ("partner", 403, 403, 403, 403),
    ],
)
def test_what_each_role_may(
    cast: Any, browser: Any, intake: Any, role: str, provinces: int, reads: int, adds: int, manages: int
) -> None:
    client, site = browser(cast[role]), a_site(intake)
    url = f"/api/v1/sites/{site.reference}/"
    assert client.get("/api/v1/provinces/").status_code == provinces
    assert client.get("/api/v1/provinces/18/districts/").status_code == provinces
    assert client.get("/api/v1/sites/").status_code == reads
    assert client.get(url).status_code == reads
    assert post(client, {"name_en": "Star", "province": "18"}).status_code == adds
    assert client.patch(url, {"name_en": "Moon", "version": 1}, content_type=JSON).status_code == manages


def test_the_api_asks_who_is_calling(browser: Any) -> None:
    assert browser().get("/api/v1/sites/").status_code in (401, 403)
    assert browser().get("/api/v1/provinces/").status_code in (401, 403)


def test_a_site_is_created_with_everything_and_read_back(intake: Any, browser: Any) -> None:
    body = {
        "name_en": "Jin Bei",
        "name_km": "ជីនប៊ី",
        "aliases": ["金贝"],
        "province": "Sihanoukville",
        "district": "1801",
    }
    answer = post(browser(intake), body | {"national_led": True})
    assert answer.status_code == 201
    read = browser(intake).get(f"/api/v1/sites/{answer.json()['reference']}/").json()
    assert read == answer.json()
    assert (read["province"], read["district"], read["commune"], read["aliases"]) == ("18", "1801", None, ["金贝"])
    assert (read["national_led"], read["version"], read["merged_into"]) == (True, 1, None)


def test_the_same_key_makes_one_site_and_another_body_is_422(intake: Any, browser: Any) -> None:
    client, body = browser(intake), {"name_en": "Star", "province": "18"}
    first, again = post(client, body, "key-12345678"), post(client, body, "key-12345678")
    assert first.status_code == again.status_code == 201
    assert first.json() == again.json()
    assert Site.objects.count() == 1
    assert post(client, body | {"name_en": "Moon"}, "key-12345678").status_code == 422


@pytest.mark.parametrize(
    ("body", "field"),
    [
        ({}, "province"),
        ({"province": "18"}, "detail"),
        ({"name_en": "Star", "province": "00"}, "province"),
        ({"name_en": "Star", "province": "Atlantis"}, "province"),
        ({"name_en": "Star", "province": "18", "district": "0110"}, "district"),
        ({"name_en": "Star", "province": "18", "commune": "010201"}, "commune"),
        ({"name_en": "a\x00b", "province": "18"}, "detail"),
        ({"name_en": "a\ud800b", "province": "18"}, "detail"),
        ({"name_en": "...", "province": "18"}, "name_en"),
        ({"name_en": "x" * 201, "province": "18"}, "name_en"),
        ({"name_en": ["Star"], "province": "18"}, "name_en"),
        ({"name_en": "Star", "province": {"code": "18"}}, "province"),
        ({"name_en": "Star", "province": "18", "aliases": "one"}, "aliases"),
        ({"name_en": "Star", "province": "18", "national_led": "perhaps"}, "national_led"),
    ],
)
def test_bad_bodies_are_400_by_field(intake: Any, browser: Any, body: Any, field: str) -> None:
    answer = post(browser(intake), body)
    assert answer.status_code == 400, answer.content
    assert field in answer.json()
    assert not Site.objects.exists()


def test_names_are_kept_without_what_cannot_be_seen(intake: Any, browser: Any) -> None:
    body = {"name_en": "Jin\u202eBei\u2069", "aliases": ["\u202e", "\u200bgold  gate"], "province": "18"}
    answer = post(browser(intake), body).json()
    assert (answer["name_en"], answer["aliases"]) == ("JinBei", ["gold gate"])


@pytest.mark.parametrize("name", ["reference", "version", "merged_into", "created_by", "id"])
def test_what_a_sender_may_not_set_is_refused_by_name(intake: Any, browser: Any, name: str) -> None:
    answer = post(browser(intake), {"name_en": "Star", "province": "18", name: "1"})
    assert answer.status_code == 400
    assert name in answer.json()


def test_an_edit_needs_the_version_that_was_read(supervisor: Any, browser: Any) -> None:
    site = a_site(supervisor)
    client, url = browser(supervisor), f"/api/v1/sites/{site.reference}/"
    assert "version" in client.patch(url, {"name_en": "Moon"}, content_type=JSON).json()
    edit_site(site, by=supervisor, version=1, name_en="Theirs")
    stale = client.patch(url, {"name_en": "Moon", "version": 1}, content_type=JSON)
    assert stale.status_code == 409
    assert stale.json()["theirs"] == {"name_en": "Theirs"}
    fresh = client.patch(url, {"name_en": "Moon", "version": 2}, content_type=JSON)
    assert (fresh.status_code, fresh.json()["version"]) == (200, 3)
    assert Edit.objects.of(site).count() == 2


def test_moving_a_site_to_another_province_needs_its_district_to_go_along(supervisor: Any, browser: Any) -> None:
    site = a_site(supervisor, district="1801")
    client, url = browser(supervisor), f"/api/v1/sites/{site.reference}/"
    alone = client.patch(url, {"province": "01", "version": 1}, content_type=JSON)
    assert alone.status_code == 400
    both = client.patch(url, {"province": "01", "district": None, "version": 1}, content_type=JSON)
    assert (both.json()["province"], both.json()["district"]) == ("01", None)


@pytest.mark.parametrize("method", ["put", "delete"])
def test_other_verbs_are_405(supervisor: Any, browser: Any, method: str) -> None:
    site = a_site(supervisor)
    assert getattr(browser(supervisor), method)(f"/api/v1/sites/{site.reference}/").status_code == 405


def test_the_list_filters_pages_and_refuses_what_it_does_not_know(intake: Any, browser: Any) -> None:
    client = browser(intake)
    made = {a_site(intake, f"Site {n}", "18" if n % 2 else "01").reference for n in range(7)}
    assert {row["province"] for row in client.get("/api/v1/sites/?province=01").json()["results"]} == {"01"}
    seen, url = [], "/api/v1/sites/?page_size=3"
    while url:
        page = client.get(url).json()
        seen += [row["reference"] for row in page["results"]]
        url = page["next"]
    assert sorted(seen) == sorted(made)
    for query in (
        "ordering=reporter__phone",
        "province__name_en__startswith=P",
        "sort=name",
        "cursor=x",
        "page_size=0",
    ):
        assert client.get(f"/api/v1/sites/?{query}").status_code == 400, query
    assert client.get("/api/v1/sites/?page_size=1000000").status_code == 200


def test_who_leads_is_shown_to_the_ministry_only(intake: Any, officer_psh: Any, browser: Any) -> None:
    site = a_site(intake, national_led=True)
    for path in ("/api/v1/sites/", f"/api/v1/sites/{site.reference}/"):
        assert "national_led" in browser(intake).get(path).content.decode()
        assert "national_led" not in browser(officer_psh).get(path).content.decode()
    assert browser(officer_psh).get("/api/v1/sites/?national_led=true").status_code == 403


@pytest.mark.parametrize("rows", [1, 50])
def test_the_list_costs_the_same_queries_however_many(
    intake: Any, browser: Any, rows: int, django_assert_max_num_queries: Any
) -> None:
    for number in range(rows):
        a_site(intake, f"Site {number}", aliases=["one"], district="1801")
    client = browser(intake)
    client.get("/api/v1/sites/")
    with django_assert_max_num_queries(8):
        client.get("/api/v1/sites/")
