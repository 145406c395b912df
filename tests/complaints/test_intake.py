"""The form of a new complaint: what it takes, keeps, proposes, and where it ends."""

import re
from typing import Any
from uuid import uuid4

import pytest
from django.utils import timezone

from accounts.services import drafts
from complaints.models import Complaint, Reporter
from core.sealed import open_sealed
from tests.factories.places import a_site
from workflow.models import Submission

pytestmark = pytest.mark.django_db
NEW = "/complaints/new/"
WORDS = {"channel": "hotline", "narrative": "Nine workers held on the sixth floor. Passports taken."}


def text_of(answer: Any) -> str:
    """Return the page without its tags."""
    return " ".join(re.sub(r"<[^>]+>", " ", answer.content.decode()).split())


def register(client: Any, **typed: Any) -> Complaint:
    """Send the form and return what it made."""
    answer = client.post(NEW, WORDS | typed)
    assert answer.status_code == 302, answer.context["story"].errors.as_json()
    reference = answer.headers["Location"].rstrip("/").rsplit("/", 1)[-1]
    return Complaint.objects.get(reference=reference)


def errors_of(answer: Any) -> dict[str, list[str]]:
    """Return what the page says is wrong, by field."""
    assert answer.status_code == 400
    return {**answer.context["story"].errors, **answer.context["reporter"].errors}


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


def test_an_error_names_everything_and_keeps_everything(intake: Any, browser: Any) -> None:
    typed = {
        "narrative": "", "province_of_incident": "18", "district": "1802", "exact_spot": "Sixth <floor>", "number_reported": "many",
        "forms": ["servitude"], "names_official": "on", "official": "Captain So-and-so", "urgency": "high",
        "people-0-name": "Lan", "people-7-name": "Bảo", "people-7-age": "200",
        "reporter-relation": "friend", "reporter-name": "Planted", "reporter-phone": "012 345 678", "reporter-hours": "after 20:00",
        "reporter-code_word": "lotus", "idempotency_key": str(uuid4()),
    }  # fmt: skip
    answer = browser(intake).post(NEW, typed)
    assert set(errors_of(answer)) == {"narrative", "channel", "number_reported"}
    assert list(answer.context["intake"].people.forms[1].errors) == ["age"]
    page = answer.content.decode()
    for name in ("exact_spot", "number_reported", "official", "people-0-name", "people-7-name", "people-7-age", "reporter-name",
                 "reporter-phone", "reporter-hours", "reporter-code_word", "idempotency_key"):  # fmt: skip
        value = typed[name].replace("<", "&lt;").replace(">", "&gt;")
        assert re.search(f'name="{name}"[^>]*value="{value}"|value="{value}"[^>]*name="{name}"', page), name
    assert re.search(r'value="1802" selected', page)
    assert re.search(r'value="servitude" checked', page)
    assert re.search(r'name="reporter-relation" value="friend" checked', page)
    assert "Write down what is said." in page
    assert 'href="#id_narrative"' in page
    assert not Complaint.objects.exists()


def test_every_line_of_the_summary_leads_to_a_control(intake: Any, browser: Any) -> None:
    typed = {"received_at_0": "31/2/2026", "forms": "x", "urgency": "x", "people-3-sex": "x", "reporter-relation": "x"}
    page = browser(intake).post(NEW, typed).content.decode()
    targets = re.findall(r'<li><a href="#([^"]+)"', page)
    assert len(targets) == 7
    assert [target for target in targets if f'id="{target}"' not in page] == []


def test_a_row_is_added_and_taken_away_without_scripts(intake: Any, browser: Any) -> None:
    client, key = browser(intake), str(uuid4())
    answer = client.post(NEW, WORDS | {"idempotency_key": key, "people-0-name": "Lan", "act": "add"})
    assert answer.headers["Location"] == f"{NEW}?draft={key}#id_people-1-name"
    page = client.get(answer.headers["Location"])
    assert [row["name"].value() for row in page.context["intake"].people.forms] == ["Lan", ""]
    assert page.context["story"]["narrative"].value() == WORDS["narrative"]
    typed = WORDS | {"idempotency_key": key, "people-0-name": "Lan", "people-1-name": "Bảo", "act": "remove-0"}
    page = client.post(NEW, typed, follow=True)
    assert [row["name"].value() for row in page.context["intake"].people.forms] == ["Bảo"]


def test_districts_and_communes_are_shown_without_scripts(intake: Any, browser: Any) -> None:
    page = browser(intake).post(
        NEW, WORDS | {"province_of_incident": "18", "district": "1802", "act": "places"}, follow=True
    )
    assert '<option value="1801">' in page.content.decode()
    assert '<option value="180201">' in page.content.decode()
    assert not Complaint.objects.exists()


def test_saving_a_draft_without_scripts_shows_the_form_again(intake: Any, browser: Any) -> None:
    page = browser(intake).post(NEW, WORDS | {"act": "draft", "number_reported": "many"}, follow=True)
    assert "Draft saved" in text_of(page)
    assert page.context["story"]["number_reported"].value() == "many"
    assert "Write a number" not in text_of(page)
    assert drafts.list_for(intake).count() == 1


def test_registering_ends_the_draft_in_the_same_act(intake: Any, browser: Any) -> None:
    client, key = browser(intake), str(uuid4())
    client.post(NEW, WORDS | {"idempotency_key": key, "act": "draft"})
    complaint = register(client, idempotency_key=key)
    assert not drafts.list_for(intake)
    late = client.post(f"/drafts/{key}/", WORDS | {"draft_kind": "complaint"})
    assert late.status_code == 409
    assert not drafts.list_for(intake)
    assert client.get(f"{NEW}?draft={key}").headers["Location"] == f"{NEW}receipt/{complaint.reference}/"


def test_a_refused_form_keeps_its_draft(intake: Any, browser: Any) -> None:
    client, key = browser(intake), str(uuid4())
    client.post(NEW, WORDS | {"idempotency_key": key, "act": "draft"})
    assert client.post(NEW, {"idempotency_key": key}).status_code == 400
    assert drafts.list_for(intake).count() == 1


def test_words_sent_after_the_session_ended_come_back(intake: Any, browser: Any) -> None:
    client = browser()
    answer = client.post(NEW, WORDS | {"reporter-phone": "097 555 0184", "people-0-name": "Lan <b>"})
    page = answer.content.decode()
    assert answer.status_code == 401
    assert "Nothing was sent" in page
    assert WORDS["narrative"] in page
    assert '<input type="hidden" name="reporter-phone" value="097 555 0184">' in page
    assert 'value="Lan &lt;b&gt;"' in page
    assert "no-store" in answer.headers["Cache-Control"]
    assert client.post(NEW, {}).status_code == 302
    client.force_login(intake, backend="accounts.backends.ActiveUserBackend")
    kept = dict(re.findall(r'<input type="hidden" name="([a-z0-9_-]+)" value="([^"]*)">', page))
    assert kept["narrative"] == WORDS["narrative"]


def test_a_page_with_an_old_token_gives_its_words_back_to_our_own_page_only(intake: Any, browser: Any) -> None:
    client = browser(intake)
    client.handler.enforce_csrf_checks = True
    ours = client.post(NEW, WORDS, headers={"origin": "http://testserver"})
    foreign = client.post(NEW, WORDS, headers={"origin": "https://elsewhere.example"})
    assert (ours.status_code, foreign.status_code) == (403, 403)
    assert WORDS["narrative"] in ours.content.decode()
    assert WORDS["narrative"] not in foreign.content.decode()
    assert not Complaint.objects.exists()
    token = re.findall(r'name="csrfmiddlewaretoken" value="([^"]+)"', ours.content.decode())[-1]
    assert client.post(NEW, WORDS | {"csrfmiddlewaretoken": token}).status_code == 302


def test_the_receipt_says_who_has_it_and_until_when(intake: Any, officer_psh: Any, browser: Any) -> None:
    client = browser(intake)
    complaint = register(client, province_of_incident="18", urgency="immediate")
    page = client.get(f"{NEW}receipt/{complaint.reference}/")
    assert complaint.reference in text_of(page)
    assert "Sent to Preah Sihanouk" in text_of(page)
    assert f"Told: {officer_psh.name}" in text_of(page)
    assert "To be acknowledged by" in text_of(page)
    assert f'href="/complaints/{complaint.reference}/"' in page.content.decode()


def test_the_receipt_of_a_sealed_complaint_shows_the_reference_and_no_way_in(intake: Any, browser: Any) -> None:
    client = browser(intake)
    client.post(NEW, WORDS | {"province_of_incident": "18", "official": "the police of village 4"})
    reference = Submission.objects.get().reference
    page = client.get(f"{NEW}receipt/{reference}/")
    assert page.status_code == 200
    assert reference in text_of(page)
    assert f'href="/complaints/{reference}/"' not in page.content.decode()
    for word in ("Preah", "village", "Nine", "ealed", "Told"):
        assert word not in text_of(page).split("Registered")[1]


def test_an_officer_who_logs_for_another_province_gets_a_receipt(officer_pp: Any, browser: Any) -> None:
    client = browser(officer_pp)
    answer = client.post(NEW, WORDS | {"province_of_incident": "18"}, follow=True)
    assert "It is with those who handle it" in text_of(answer)
    assert client.get(f"/complaints/{answer.context['sent'].reference}/").status_code == 404


def test_a_receipt_is_only_for_who_sent_the_form(intake: Any, supervisor: Any, browser: Any) -> None:
    complaint = register(browser(intake), province_of_incident="18")
    assert browser(supervisor).get(f"{NEW}receipt/{complaint.reference}/").status_code == 404
    assert browser(supervisor).get(f"{NEW}receipt/KH-2026-NOTONE/").status_code == 404


def test_khmer_pages_show_the_form_in_khmer_digits(intake: Any, browser: Any) -> None:
    page = browser(intake, **{"accept-language": "km"}).get(NEW)
    assert '<html lang="km"' in page.content.decode()
    assert 'data-digits="០១២៣៤៥៦៧៨៩"' in page.content.decode()
