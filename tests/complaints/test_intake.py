"""The form of a new complaint: what it takes, and what it proposes."""

from typing import Any

import pytest
from django.utils import timezone

from complaints.models import Complaint, Reporter
from core.sealed import open_sealed
from tests.complaints.intake_form import NEW, WORDS, errors_of, register, text_of
from tests.factories.places import a_site

pytestmark = pytest.mark.django_db


@pytest.mark.parametrize(
    ("role", "status"),
    [
        ("intake", 200),
        ("officer", 200),
        ("supervisor", 200),
        ("analyst", 403),
        ("integrity", 403),
        ("admin", 403),
        ("partner", 403),
    ],
)
def test_who_may_log_complaints(cast: Any, browser: Any, role: str, status: int) -> None:
    client = browser(cast[role])
    assert client.get(NEW).status_code == status
    assert client.get(f"{NEW}proposal/").status_code == status
    assert client.post(NEW, WORDS).status_code == (302 if status == 200 else 403)


def test_the_page_needs_at_most_fifteen_queries(intake: Any, browser: Any, django_assert_max_num_queries: Any) -> None:
    client = browser(intake)
    with django_assert_max_num_queries(15):
        client.get(NEW)


def test_the_empty_form_may_be_kept_by_the_browser_and_a_filled_one_not(intake: Any, browser: Any) -> None:
    client = browser(intake)
    assert "no-store" not in client.get(NEW).headers.get("Cache-Control", "")
    assert "no-store" in client.post(NEW, {"narrative": "Words"}).headers["Cache-Control"]


def test_only_channel_and_words_are_needed(intake: Any, browser: Any) -> None:
    complaint = register(browser(intake))
    assert (complaint.province_id, complaint.handling, complaint.urgency) == ("00", "provincial", "normal")
    assert complaint.number_reported is None
    assert timezone.now() - complaint.received_at < timezone.timedelta(minutes=1)
    assert not Reporter.objects.exists()


def test_everything_the_form_asks_is_kept(intake: Any, browser: Any) -> None:
    complaint = register(
        browser(intake),
        urgency="immediate", received_at_0="28/9/2026", received_at_1="21:30", province_of_incident="18",
        district="1802", commune="180201", exact_spot="Sixth floor", number_low="8", number_reported="9",
        number_high="12", province_of_report="12", forms=["forced_labour", "debt_bondage"],
        **{
            "people-0-name": "Nguyễn Thị Lan", "people-0-sex": "female", "people-0-age": "24",
            "people-0-nationality": "Vietnamese", "people-2-name": "សុខ ចាន់ថា",
            "reporter-relation": "family", "reporter-name": "Lan’s cousin", "reporter-phone": "097 555 0184",
            "reporter-address": "Ha Tinh", "reporter-way": "message", "reporter-hours": "after 20:00",
            "reporter-language": "Tiếng Việt", "reporter-say_who_we_are": "no", "reporter-code_word": "lotus",
            "reporter-shared_with": "her mother", "reporter-watched": "no",
        },
    )  # fmt: skip
    assert (complaint.urgency, complaint.district_id, complaint.commune_id) == ("immediate", "1802", "180201")
    assert f"{timezone.localtime(complaint.received_at):%Y-%m-%d %H:%M}" == "2026-09-28 21:30"
    assert (complaint.number_low, complaint.number_reported, complaint.number_high) == (8, 9, 12)
    assert (complaint.province_id, complaint.province_of_report_id) == ("18", "12")
    assert complaint.forms == ["forced_labour", "debt_bondage"]
    people = [victim.person for victim in complaint.victims.order_by("reference")]
    assert {(person.sex, person.age, person.nationality) for person in people} >= {("female", 24, "VN")}
    assert len(people) == 2
    reporter = Reporter.objects.get(contact__complaint=complaint)
    assert (reporter.relation, open_sealed(reporter, "phone")) == ("family", "097 555 0184")
    assert '"code_word": "lotus"' in open_sealed(reporter, "safe_contact")


def test_a_reporter_who_says_nothing_leaves_the_relation_only(intake: Any, browser: Any) -> None:
    complaint = register(browser(intake), **{"reporter-relation": "anonymous"})
    reporter = Reporter.objects.get(contact__complaint=complaint)
    assert (reporter.relation, open_sealed(reporter, "name"), bool(reporter.phone)) == ("anonymous", "", False)


@pytest.mark.parametrize("typed", ["VN", "vn", "Viet Nam", "vietnam", "Vietnamese", "វៀតណាម"])
def test_a_nationality_is_read_as_people_write_it(intake: Any, browser: Any, typed: str) -> None:
    complaint = register(browser(intake), **{"people-0-name": "Lan", "people-0-nationality": typed})
    assert complaint.victims.get().person.nationality == "VN"


def test_an_unread_nationality_is_said_at_its_row_and_kept(intake: Any, browser: Any) -> None:
    answer = browser(intake).post(NEW, WORDS | {"people-4-name": "Lan", "people-4-nationality": "Atlantis"})
    assert answer.status_code == 400
    row = answer.context["intake"].people.forms[0]
    assert list(row.errors) == ["nationality"]
    assert 'href="#id_people-4-nationality"' in answer.content.decode()
    assert 'value="Atlantis"' in answer.content.decode()


def test_abroad_asks_for_the_country(intake: Any, browser: Any) -> None:
    client = browser(intake)
    answer = client.post(NEW, WORDS | {"province_of_incident": "abroad"})
    assert list(errors_of(answer)) == ["country_of_incident"]
    complaint = register(client, province_of_incident="abroad", country_of_incident="Myanmar")
    assert (complaint.country_of_incident, complaint.province_id) == ("MM", "00")


def test_a_site_chosen_from_the_list_gives_its_province(intake: Any, browser: Any) -> None:
    site = a_site(intake, "Jin Bei")
    complaint = register(browser(intake), site=f"Jin Bei · {site.reference}")
    assert (complaint.site, complaint.province_id) == (site, "18")


def test_a_site_may_be_named_by_any_of_its_names(intake: Any, browser: Any) -> None:
    site = a_site(intake, "Building K9", aliases=["អគារ K9"])
    assert register(browser(intake), site="អគារ k9", province_of_incident="18").site == site


def test_an_unknown_site_is_kept_as_the_exact_spot(intake: Any, browser: Any) -> None:
    complaint = register(browser(intake), site="Blue Tower", exact_spot="third floor")
    assert (complaint.site, complaint.exact_spot) == (None, "Blue Tower, third floor")


def test_a_site_of_the_same_name_elsewhere_is_not_taken(intake: Any, browser: Any) -> None:
    a_site(intake, "Golden Hotel", "12")
    complaint = register(browser(intake), site="Golden Hotel", province_of_incident="18")
    assert (complaint.site, complaint.exact_spot, complaint.province_id) == (None, "Golden Hotel", "18")


def test_several_sites_of_one_name_ask_which(intake: Any, browser: Any) -> None:
    a_site(intake, "Golden Hotel", "12")
    a_site(intake, "Golden Hotel", "18")
    answer = browser(intake).post(NEW, WORDS | {"site": "Golden Hotel"})
    assert errors_of(answer)["site"] == ["Several sites have this name. Choose one from the list."]


def test_a_reference_of_no_site_says_what_to_do(intake: Any, browser: Any) -> None:
    answer = browser(intake).post(NEW, WORDS | {"site": "ST-ZZZZZZZZ"})
    assert errors_of(answer)["site"] == ["This site is not known. Choose one from the list or leave it empty."]


@pytest.mark.parametrize(
    ("typed", "handling", "why"),
    [
        ({}, "provincial", "Nothing speaks against the province."),
        ({"not_local_police": "on"}, "national_led", "the local police must not know of it"),
        ({"names_official": "on"}, "sealed", "an official or a unit is named"),
        ({"official": "the police of village 4"}, "sealed", "an official or a unit is named"),
    ],
)
def test_handling_is_proposed_with_its_reason(intake: Any, browser: Any, typed: Any, handling: str, why: str) -> None:
    client = browser(intake)
    assert why in text_of(client.get(f"{NEW}proposal/", typed | {"province_of_incident": "18"}))
    register(client, province_of_incident="18", **typed)
    assert Complaint._base_manager.get().handling == handling


def test_a_led_site_is_proposed_to_the_ministry(intake: Any, browser: Any) -> None:
    site = a_site(intake, "Jin Bei", national_led=True)
    client = browser(intake)
    assert "the ministry leads" in text_of(client.get(f"{NEW}proposal/", {"site": site.reference}))
    assert register(client, site=site.reference).handling == "national_led"


def test_another_handling_may_be_chosen(intake: Any, browser: Any) -> None:
    assert register(browser(intake), not_local_police="on", handling="provincial").handling == "provincial"


def test_the_button_names_the_province_only_where_it_goes_there(intake: Any, browser: Any) -> None:
    client = browser(intake)
    for typed, label in (
        ({"province_of_incident": "18"}, "Register and send to Preah Sihanouk"),
        ({"province_of_incident": "18", "names_official": "on"}, "Register"),
        (
            {"province_of_incident": "18", "names_official": "on", "handling": "provincial"},
            "Register and send to Preah Sihanouk",
        ),
        ({"province_of_incident": "abroad"}, "Register"),
        ({}, "Register"),
    ):
        assert f'data-button="{label}"' in client.get(f"{NEW}proposal/", typed).content.decode()


def test_khmer_pages_show_the_form_in_khmer_digits(intake: Any, browser: Any) -> None:
    page = browser(intake, **{"accept-language": "km"}).get(NEW)
    assert '<html lang="km"' in page.content.decode()
    assert 'data-digits="០១២៣៤៥៦៧៨៩"' in page.content.decode()
