"""The pages of sites: who may what, what is kept, what is refused."""

from typing import Any

import pytest
from django.test import Client

from audit.models import AuditEvent
from provinces.models import Site
from provinces.services import edit_site
from tests.factories.places import a_site
from workflow.models import Edit

pytestmark = pytest.mark.django_db
NEW = {"name_en": "Jin Bei", "name_km": "ជីនប៊ី", "aliases": "金贝\r\nthe gold gate\r\n", "province": "18"}


def edited(site: Site, **changes: Any) -> dict[str, Any]:
    """What the form sends for a site when `changes` were typed."""
    return {"name_en": site.name_en, "province": site.province_id, "version": site.version, **changes}


@pytest.mark.parametrize(
    ("role", "reads", "adds", "manages"),
    [
        ("intake", 200, 200, 403),
        ("officer", 200, 403, 403),
        ("supervisor", 200, 200, 200),
        ("analyst", 200, 403, 403),
        ("admin", 200, 403, 200),
        ("integrity", 403, 403, 403),
        ("partner", 403, 403, 403),
    ],
)
def test_what_each_role_may(
    cast: Any, browser: Any, intake: Any, role: str, reads: int, adds: int, manages: int
) -> None:
    client, site = browser(cast[role]), a_site(intake)
    for path, status in (
        ("/sites/", reads),
        (f"/sites/{site.reference}/", reads),
        ("/sites/names/?q=jin", reads),
        ("/sites/new/", adds),
        (f"/sites/{site.reference}/edit/", manages),
    ):
        assert client.get(path).status_code == status, path
    assert client.post("/sites/new/", {}).status_code == (400 if adds == 200 else 403)
    assert client.post(f"/sites/{site.reference}/edit/", {}).status_code == (400 if manages == 200 else 403)


def test_nobody_reads_sites_without_signing_in(browser: Any) -> None:
    for path in ("/sites/", "/sites/new/", "/sites/names/", "/places/", "/places/districts/"):
        assert browser().get(path).status_code == 302


def test_a_site_is_added_with_all_its_names(intake: Any, browser: Any) -> None:
    answer = browser(intake).post("/sites/new/", NEW | {"district": "Sihanoukville", "national_led": "on"}, follow=True)
    site = Site.objects.get()
    assert answer.redirect_chain[-1][0] == f"/sites/{site.reference}/"
    assert site.reference.startswith("ST-")
    assert site.other_names == ["the gold gate", "金贝"]
    assert (site.district_id, site.national_led, site.version) == ("1801", True, 1)
    assert AuditEvent.objects.filter(verb="site.add", object_id=str(site.pk), actor_id=str(intake.pk)).count() == 1
    for text in ("Jin Bei", "ជីនប៊ី", "金贝", "the gold gate", "National-led"):
        assert text in answer.content.decode()


def test_a_double_submit_makes_one_site(intake: Any, browser: Any) -> None:
    client = browser(intake)
    page = client.get("/sites/new/").content.decode()
    key = page.split('name="idempotency_key" value="')[1].split('"')[0]
    answers = [client.post("/sites/new/", NEW | {"idempotency_key": key}) for _time in range(5)]
    assert Site.objects.count() == 1
    assert {answer.url for answer in answers} == {f"/sites/{Site.objects.get().reference}/"}


def test_a_district_outside_its_province_is_said_and_all_stays_typed(intake: Any, browser: Any) -> None:
    answer = browser(intake).post("/sites/new/", NEW | {"district": "Poipet", "commune": "nowhere"})
    text = answer.content.decode()
    assert answer.status_code == 400
    assert "“Poipet” is not in Preah Sihanouk. It is in Banteay Meanchey (0110)." in text
    for typed in ("Jin Bei", "ជីនប៊ី", "金贝", 'value="Poipet"', 'value="nowhere"'):
        assert typed in text
    assert not Site.objects.exists()


@pytest.mark.parametrize(
    ("typed", "field"),
    [
        ({"name_en": "", "name_km": ""}, "name_en"),
        ({"name_en": "\u200b\u200b ", "name_km": " "}, "name_en"),
        ({"name_en": "..."}, "__all__"),
        ({"name_en": "a\x00b"}, "name_en"),
        ({"name_en": "x" * 201}, "name_en"),
        ({"aliases": "\x00"}, "aliases"),
        ({"aliases": "???"}, "aliases"),
        ({"aliases": "\n".join(f"name {n}" for n in range(31))}, "aliases"),
        ({"province": "00"}, "province"),
        ({"province": "99"}, "province"),
        ({"province": ""}, "province"),
        ({"province": "\x00"}, "province"),
        ({"district": "\x00"}, "district"),
        ({"idempotency_key": "កូនសោ"}, "idempotency_key"),
    ],
)
def test_bad_input_is_refused_beside_its_field(intake: Any, browser: Any, typed: dict[str, str], field: str) -> None:
    answer = browser(intake).post("/sites/new/", NEW | typed)
    assert answer.status_code == 400
    assert "govuk-error" in answer.content.decode()
    assert not Site.objects.exists()


def test_a_right_to_left_override_never_reaches_a_name(intake: Any, browser: Any) -> None:
    browser(intake).post("/sites/new/", NEW | {"name_en": "Jin\u202eieB"})
    assert Site.objects.get().name_en == "JinieB"


def test_an_edit_raises_the_version_and_leaves_a_history(supervisor: Any, browser: Any) -> None:
    site = a_site(supervisor)
    client = browser(supervisor)
    answer = client.post(f"/sites/{site.reference}/edit/", edited(site, province="01", aliases="gold"), follow=True)
    site.refresh_from_db()
    assert (site.province_id, site.other_names) == ("01", ["gold"])
    assert site.version > 1
    assert set(Edit.objects.of(site).values_list("field", flat=True)) == {"province", "aliases"}
    assert "Preah Sihanouk → Banteay Meanchey" in answer.content.decode()


def test_saving_unchanged_leaves_no_trace(supervisor: Any, browser: Any) -> None:
    site = a_site(supervisor, aliases=["gold"])
    browser(supervisor).post(f"/sites/{site.reference}/edit/", edited(site, aliases="gold"))
    site.refresh_from_db()
    assert site.version == 1
    assert not Edit.objects.exists()


def test_what_was_renamed_is_no_longer_found_by_the_old_name(supervisor: Any) -> None:
    site = a_site(supervisor, "White Lotus")
    edit_site(site, by=supervisor, version=1, name_en="Blue Moon")
    assert not Site.objects.named("White Lotus").exists()
    assert Site.objects.named("bluemoon").get() == site


@pytest.mark.parametrize("typed", [{"name_en": "Mine"}, {"aliases": "mine"}])
def test_a_stale_edit_shows_theirs_and_mine_then_saves_mine(
    supervisor: Any, admin: Any, browser: Any, typed: dict[str, str]
) -> None:
    site = a_site(supervisor)
    stale = edited(site, **typed)
    edit_site(site, by=admin, version=1, name_en="Theirs", aliases=["theirs"])
    client = browser(supervisor)
    answer = client.post(f"/sites/{site.reference}/edit/", stale)
    text = answer.content.decode()
    assert answer.status_code == 409
    assert "heirs" in text
    assert "ine" in text
    site.refresh_from_db()
    assert site.name_en == "Theirs"
    version = text.split('name="version" value="')[1].split('"')[0]
    assert client.post(f"/sites/{site.reference}/edit/", stale | {"version": version}).status_code == 302
    site.refresh_from_db()
    assert "mine" in (site.name_en + "".join(site.other_names)).lower()


def test_other_names_alone_can_be_stale_too(supervisor: Any, admin: Any, browser: Any) -> None:
    site = a_site(supervisor)
    edit_site(site, by=admin, version=1, aliases=["theirs"])
    answer = browser(supervisor).post(f"/sites/{site.reference}/edit/", edited(site, aliases="mine"))
    assert answer.status_code == 409
    assert "theirs" in answer.content.decode()
    assert Site.objects.get().other_names == ["theirs"]


def test_only_the_ministry_knows_which_sites_are_national_led(intake: Any, officer_psh: Any, browser: Any) -> None:
    site = a_site(intake, national_led=True)
    for path in ("/sites/", f"/sites/{site.reference}/"):
        assert "National-led" in browser(intake).get(path).content.decode()
        assert "National-led" not in browser(officer_psh).get(path).content.decode()
    assert browser(officer_psh).get("/sites/?national_led=true").status_code == 403


def test_a_province_does_not_read_the_history(supervisor: Any, officer_psh: Any, browser: Any) -> None:
    site = a_site(supervisor)
    edit_site(site, by=supervisor, version=1, national_led=True, name_en="Blue Moon")
    text = browser(officer_psh).get(f"/sites/{site.reference}/").content.decode()
    assert "Timeline" not in text
    assert "Jin Bei" not in text


def test_the_list_filters_by_name_province_and_who_leads(intake: Any, browser: Any) -> None:
    here, there = a_site(intake, "Star", national_led=True), a_site(intake, "Lotus", "01")
    client = browser(intake)
    for query, shown, hidden in (
        ("q=star", here, there),
        (f"q={there.reference}", there, here),
        ("province=01", there, here),
        ("national_led=true", here, there),
        ("national_led=false", there, here),
    ):
        text = client.get(f"/sites/?{query}").content.decode()
        assert shown.reference in text, query
        assert f"/sites/{hidden.reference}/" not in text, query
    assert "No site matches" in client.get("/sites/?q=zzzz").content.decode()


@pytest.mark.parametrize(
    "query", ["cursor=broken", "sort=name_en", "page_size=0", "page_size=x", "q=%00", "province=%00"]
)
def test_a_bad_query_is_an_error_page_or_an_empty_list_never_500(intake: Any, browser: Any, query: str) -> None:
    assert browser(intake).get(f"/sites/?{query}").status_code in (200, 400)


def test_the_list_pages_without_losing_a_site(intake: Any, browser: Any) -> None:
    names = {a_site(intake, f"Site {n}").reference for n in range(7)}
    client, query, seen = browser(intake), "?page_size=3", []
    while query:
        page = client.get(f"/sites/{query}").context["page"]
        seen += [site.reference for site in page.rows]
        query = f"?page_size=3&cursor={page.next}" if page.next else ""
    assert sorted(seen) == sorted(names)


def test_an_empty_list_says_what_to_do(intake: Any, officer_psh: Any, browser: Any) -> None:
    assert "/sites/new/" in browser(intake).get("/sites/").content.decode()
    assert "/sites/new/" not in browser(officer_psh).get("/sites/").content.decode()


@pytest.mark.parametrize("rows", [1, 50])
def test_the_list_costs_the_same_queries_however_many(
    intake: Any, browser: Any, rows: int, django_assert_max_num_queries: Any
) -> None:
    for number in range(rows):
        a_site(intake, f"Site {number}", aliases=["one", "two"])
    client = browser(intake)
    client.get("/sites/")
    with django_assert_max_num_queries(12):
        client.get("/sites/")


def test_a_merged_site_leads_to_the_one_it_became(intake: Any, browser: Any) -> None:
    old, new = a_site(intake, "Old"), a_site(intake, "New")
    Site.objects.filter(pk=old.pk).update(merged_into=new)
    client: Client = browser(intake)
    assert client.get(f"/sites/{old.reference}/").url == f"/sites/{new.reference}/"
    assert old.reference not in client.get("/sites/").content.decode()


def test_an_unknown_site_is_not_found(supervisor: Any, browser: Any) -> None:
    for path in ("/sites/ST-22222222/", "/sites/ST-22222222/edit/"):
        assert browser(supervisor).get(path).status_code == 404


def test_reading_and_listing_are_recorded_without_what_was_typed(intake: Any, browser: Any) -> None:
    site = a_site(intake)
    browser(intake).get("/sites/?q=Jin+Bei")
    browser(intake).get(f"/sites/{site.reference}/")
    listed = AuditEvent.objects.get(verb="list")
    assert listed.detail == {"filters": ["q"], "rows": 1}
    assert AuditEvent.objects.filter(verb="read", object_id=str(site.pk)).exists()


def test_pages_are_in_khmer_when_the_reader_is(intake: Any, browser: Any) -> None:
    a_site(intake, "Jin Bei", name_km="ជីនប៊ី")
    text = browser(intake, **{"accept-language": "km"}).get("/sites/").content.decode()
    assert '<html lang="km"' in text
    assert text.index("ជីនប៊ី") < text.index("Jin Bei")
    assert "ព្រះសីហនុ" in text
