"""Finding places and sites: every spelling, both scripts, and no guess where two are meant."""

from typing import Any

import pytest
from django.core.exceptions import ValidationError

from provinces.models import District, PlaceAlias, Province, SiteAlias
from provinces.services import add_alias, find_places, find_province, find_sites, reindex, resolve_places, resolve_site
from tests.factories.places import a_site

pytestmark = pytest.mark.django_db


@pytest.mark.parametrize(
    ("text", "code"),
    [
        ("Sihanoukville", "18"),
        ("sihanouk ville", "18"),
        ("  PREAH SIHANOUK  ", "18"),
        ("Preah Sihanouk province", "18"),
        ("Krong Preah Sihanouk", "18"),
        ("Preăh Seihânŭ", "18"),
        ("ព្រះសីហនុ", "18"),
        ("ខេត្តព្រះសីហនុ", "18"),
        ("កំពង់សោម", "18"),
        ("西港", "18"),
        ("18", "18"),
        ("១៨", "18"),
        ("Kratie", "10"),
        ("Kratié", "10"),
        ("Kracheh", "10"),
        ("Takeo", "21"),
        ("Ta Keo", "21"),
        ("Takêv", "21"),
        ("Phnom Penh", "12"),
        ("រាជធានីភ្នំពេញ", "12"),
        ("ភ្នំ\u200bពេញ", "12"),
        ("កណ្ដាល", "08"),
        ("កណ្តាល", "08"),
        ("Kampong Spoe", "05"),
    ],
)
def test_a_province_is_found_by_every_spelling(text: str, code: str) -> None:
    found = find_province(text)
    assert found is not None
    assert found.code == code


@pytest.mark.parametrize("text", ["", "  ", "\u200b", "Krong", "ខេត្ត", "Svay", "Bangkok", "99", "00", "។", "%", "_"])
def test_what_is_no_province_is_not_guessed(text: str) -> None:
    assert find_province(text) is None


def test_a_name_of_two_provinces_means_neither(admin: Any) -> None:
    for code in ("18", "09"):
        add_alias(Province.objects.get(pk=code), "The Coast", by=admin)
    assert find_province("the coast") is None


def test_places_come_exact_first_then_beginnings_then_parts() -> None:
    found = [place.code for place in find_places("svay")]
    assert found[0] == "040706"
    assert found[1] == "20"
    assert find_places("Poipet")[0].code == "0110"
    assert find_places("បាវិត")[0].code == "2008"


def test_places_can_be_sought_inside_one_province() -> None:
    psh = Province.objects.get(pk="18")
    assert {place.code[:2] for place in find_places("preah", psh)} == {"18"}


@pytest.mark.parametrize("text", ["", "a", "\u200b\u200b", "\u202e", "%%", "__"])
def test_too_little_finds_nothing(text: str) -> None:
    assert find_places(text) == []


@pytest.mark.parametrize("text", ["nul\x00byte", "half \ud800 letter"])
def test_what_cannot_be_stored_is_refused(text: str) -> None:
    for search in (find_places, find_province):
        with pytest.raises(ValidationError):
            search(text)


def test_district_and_commune_are_resolved_by_name_in_either_script_or_by_code() -> None:
    psh = Province.objects.get(pk="18")
    for text in ("1801", "១៨០១", "Preah Sihanouk", "krong preah sihanouk", "ក្រុងព្រះសីហនុ", "Sihanoukville"):
        assert resolve_places(province=psh, district=text).district == District.objects.get(pk="1801")


def test_a_commune_gives_its_district_and_province() -> None:
    found = resolve_places(province=None, commune="010201")
    assert (found.province.code, found.district.code, found.commune.code) == ("01", "0102", "010201")


def test_a_district_outside_its_province_is_refused_with_where_it_is() -> None:
    with pytest.raises(ValidationError) as error:
        resolve_places(province=Province.objects.get(pk="12"), district="Poipet")
    message = error.value.message_dict["district"][0]
    assert "Phnom Penh" in message or "ភ្នំពេញ" in message
    assert "0110" in message


def test_a_commune_outside_its_district_is_refused() -> None:
    with pytest.raises(ValidationError) as error:
        resolve_places(province=Province.objects.get(pk="01"), district="0110", commune="010201")
    assert "010201" in error.value.message_dict["commune"][0]


def test_a_name_of_two_communes_is_asked_back_with_their_codes() -> None:
    with pytest.raises(ValidationError) as error:
        resolve_places(province=Province.objects.get(pk="03"), commune="Baray")
    assert error.value.message_dict["commune"][0].count("(03") == 2


def test_an_unknown_district_says_so() -> None:
    with pytest.raises(ValidationError, match="Atlantis"):
        resolve_places(province=None, district="Atlantis")


def test_an_alias_added_here_finds_its_place_at_once(admin: Any) -> None:
    add_alias(District.objects.get(pk="1801"), "Snooky Ville", by=admin)
    assert [place.code for place in find_places("snookyville")] == ["1801"]


@pytest.mark.parametrize("text", ["", "   ", "\u200b", "...", "\u202e\u202d"])
def test_an_alias_without_a_letter_is_refused(admin: Any, text: str) -> None:
    with pytest.raises(ValidationError):
        add_alias(Province.objects.get(pk="18"), text, by=admin)


def test_the_same_alias_twice_is_refused(admin: Any) -> None:
    with pytest.raises(ValidationError):
        add_alias(Province.objects.get(pk="18"), "Sihanoukville", by=admin)


@pytest.mark.parametrize(
    "text", ["Jin Bei", "jinbei", "JINBEI", "jin  bei", "金贝", "ជីនប៊ី", "Jinbey", "casino of jinbei"]
)
def test_a_site_is_found_by_any_of_its_names(intake: Any, text: str) -> None:
    site = a_site(intake, "Jinbei Casino", name_km="កាស៊ីណូជីនប៊ី", aliases=["金贝", "Jin Bei", "the big gold gate"])
    a_site(intake, "White Lotus Hotel")
    assert find_sites(text, user=intake)[0] == site


def test_sites_come_best_first(intake: Any) -> None:
    a_site(intake, "The New Star Hotel")
    exact = a_site(intake, "Star")
    beginning = a_site(intake, "Star Tower")
    assert find_sites("star", user=intake)[:2] == [exact, beginning]


def test_a_site_is_resolved_by_reference_or_whole_name_only(intake: Any) -> None:
    site = a_site(intake, "Star Tower")
    assert resolve_site(f"Star Tower · {site.reference}", user=intake) == site
    assert resolve_site(site.reference.lower(), user=intake) == site
    assert resolve_site("startower", user=intake) == site
    assert resolve_site("Star", user=intake) is None


def test_a_name_of_two_sites_means_neither_until_the_province_is_said(intake: Any) -> None:
    here, there = a_site(intake, "Star"), a_site(intake, "Star", "01")
    assert resolve_site("star", user=intake) is None
    assert resolve_site("star", user=intake, province=there.province) == there
    assert resolve_site("star", user=intake, province=here.province) == here


def test_a_role_without_sites_finds_none(intake: Any, partner: Any) -> None:
    site = a_site(intake)
    assert find_sites("jin", user=partner) == []
    assert resolve_site(site.reference, user=partner) is None


def test_keys_of_an_older_version_are_written_anew(intake: Any) -> None:
    site = a_site(intake, "Star Tower")
    PlaceAlias.objects.filter(code="18").update(key="old", key_version=0)
    SiteAlias.objects.update(key_km="old", key_lat="old", key_version=0)
    assert find_province("Sihanoukville") is None
    assert reindex() == PlaceAlias.objects.filter(code="18").count() + 1
    assert find_province("Sihanoukville").code == "18"
    assert resolve_site("star tower", user=intake) == site
    assert reindex() == 0


def test_kampong_som_is_the_old_name_of_the_province_and_a_district_of_today() -> None:
    assert find_province("Kampong Som").code == "18"
    assert resolve_places(province=Province.objects.get(pk="18"), district="Kampong Som").district.code == "1806"
